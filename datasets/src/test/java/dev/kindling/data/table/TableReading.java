package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kindling.BadInput;
import dev.kindling.data.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the readers share: files to write, tables to read, refusals to quote. */
abstract class TableReading {
  static final TableOptions PLAIN = TableOptions.defaults();

  @TempDir Path folder;

  static SparkSession spark() {
    return LocalSpark.session();
  }

  Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  NumericTable read(Path path, TableOptions options) {
    return NumericTables.read(spark(), "file:" + path, options);
  }

  /** The message with which a table is refused. */
  String refusal(Path path, TableOptions options) {
    Throwable thrown = catchThrowable(() -> read(path, options));
    assertThat(thrown).isInstanceOf(BadInput.class);
    return thrown.getMessage();
  }

  /** All rows in the order of their numbers, which must be 0, 1, 2, … without a gap. */
  static List<Row> rows(NumericTable table) {
    List<Row> rows = table.rows().orderBy("row").collectAsList();
    assertThat(rows).hasSize((int) table.numRows());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).<Long>getAs("row")).isEqualTo(i);
    }
    return rows;
  }

  static double[][] features(NumericTable table) {
    return rows(table).stream()
        .map(row -> row.<Vector>getAs("features").toArray())
        .toArray(double[][]::new);
  }

  static <T> List<T> column(NumericTable table, String name) {
    return rows(table).stream().map(row -> row.<T>getAs(name)).toList();
  }
}
