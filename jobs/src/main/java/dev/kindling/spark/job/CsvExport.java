package dev.kindling.spark.job;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Result tables as CSV: a header, the shortest text of each double that reads back to the same
 * bits, {@code .} as decimal point, integers without a point, missing values empty, true/false.
 */
public final class CsvExport {
  private CsvExport() {}

  /**
   * Every flat table as one file of its name.
   *
   * @throws JobFailure if one cannot be written
   */
  static void tables(List<Table> tables, Path folder, Configuration conf) {
    try {
      for (Table table : tables) {
        if (table.schema().isFlat()) {
          table(conf, table.blocks(), table.schema(), new Path(folder, table.name() + ".csv"));
        }
      }
    } catch (IOException e) {
      throw new JobFailure("--export csv: " + RunDirectory.firstLine(e), e);
    }
  }

  /** One file from the blocks of a table, in order. Streams; the driver holds a row. */
  static void table(Configuration conf, List<Path> blocks, TableSchema schema, Path file)
      throws IOException {
    try (Writer out = writer(conf, file)) {
      out.write(
          schema.columns().stream().map(c -> text(c.name())).collect(Collectors.joining(",")));
      out.write('\n');
      for (Path block : blocks) {
        TableRows.read(conf, block, schema, row -> line(out, row));
      }
    }
  }

  /** A file to be written in UTF-8 with \n. */
  public static Writer writer(Configuration conf, Path file) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(file.getFileSystem(conf).create(file, true), StandardCharsets.UTF_8),
        1 << 16);
  }

  private static void line(Writer out, Object[] row) {
    try {
      for (int c = 0; c < row.length; c++) {
        if (c > 0) {
          out.write(',');
        }
        if (row[c] != null) {
          out.write(row[c] instanceof String string ? text(string) : row[c].toString());
        }
      }
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String value) {
    // An empty text is quoted, to differ from a missing one.
    return value.matches("[^\",\r\n]+") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
