package dev.kindling.data;

import dev.kindling.BadInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;

/** Files that a user calls Parquet. */
public final class ParquetFiles {
  /**
   * Spark's options to take names as they are: [1] and {a} are no patterns. The second keeps files
   * beside such a name from being listed twice.
   */
  public static final Map<String, String> NAMES =
      Map.of("__globPaths__", "false", "recursiveFileLookup", "true");

  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final byte[] ENCRYPTED = {'P', 'A', 'R', 'E'};

  private ParquetFiles() {}

  /**
   * The rows of all files, lazily. Their heads and tails are looked at here, because Spark would
   * fail in a task.
   *
   * @throws BadInput when a file is not Parquet, or has columns that Spark cannot have
   */
  public static Dataset<Row> open(SparkSession spark, Configuration conf, List<InputFile> files)
      throws IOException {
    List<String> uris = new ArrayList<>();
    for (InputFile file : files) {
      check(file, conf);
      uris.add(((StoredFile) file).uri());
    }
    try {
      return spark.read().options(NAMES).parquet(uris.toArray(String[]::new));
    } catch (Exception e) { // Scala throws checked exceptions that no signature names
      ReadFailure.check(e);
      if (e instanceof AnalysisException) {
        checkColumns(spark, conf, files);
        String names = InputPath.some(files.stream().map(InputFile::name).toList());
        throw BadInput.of(e, "%s: cannot be read: %s", names, ReadFailure.firstLine(e));
      }
      throw e;
    }
  }

  /** Says which column of which file Spark cannot have. */
  private static void checkColumns(SparkSession spark, Configuration conf, List<InputFile> files)
      throws IOException {
    ParquetToSparkSchemaConverter converter =
        new ParquetToSparkSchemaConverter(spark.sessionState().conf());
    for (InputFile file : files) {
      Map<String, String> seen = new HashMap<>();
      for (Type column : schema(file, conf).getFields()) {
        String other = seen.put(column.getName().toLowerCase(Locale.ROOT), column.getName());
        if (other != null) {
          throw BadInput.of(
              "%s: columns %s and %s differ in upper and lower case only, or not at all; rename one of them",
              file.name(), other, column.getName());
        }
        try {
          converter.convert(new MessageType("one", column));
        } catch (Exception e) { // as above
          throw BadInput.of(
              e,
              "%s: column %s has a type that Spark does not read, %s; write it with another, or leave it out",
              file.name(),
              column.getName(),
              type(column));
        }
      }
    }
  }

  private static String type(Type column) {
    return String.valueOf(
        column.getLogicalTypeAnnotation() != null || !column.isPrimitive()
            ? column.getLogicalTypeAnnotation()
            : column.asPrimitiveType().getPrimitiveTypeName());
  }

  private static MessageType schema(InputFile file, Configuration conf) throws IOException {
    Path path = new Path(((StoredFile) file).uri());
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, conf))) {
      return reader.getFileMetaData().getSchema();
    }
  }

  private static void check(InputFile file, Configuration conf) throws IOException {
    byte[] head = new byte[MAGIC.length];
    byte[] tail = new byte[MAGIC.length];
    if (file.length() >= 3 * MAGIC.length) {
      try (FSDataInputStream in = file.open(conf)) {
        in.readFully(0, head);
        in.readFully(file.length() - tail.length, tail);
      }
    }
    if (Arrays.equals(tail, ENCRYPTED)) {
      throw BadInput.of("%s is encrypted Parquet; decrypt it first", file.name());
    }
    if (!Arrays.equals(head, MAGIC) || !Arrays.equals(tail, MAGIC)) {
      throw BadInput.of(
          "%s is no Parquet file, or was cut short: it has %s bytes and not PAR1 at both ends",
          file.name(), file.length());
    }
  }
}
