package dev.kindling.data;

import dev.kindling.BadInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files that a user calls Parquet. */
public final class ParquetFiles {
  /**
   * Spark's options to take names as they are: [1] and {a} are no patterns. The second keeps files
   * beside such a name from being listed twice.
   */
  public static final Map<String, String> NAMES =
      Map.of("__globPaths__", "false", "recursiveFileLookup", "true");

  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private ParquetFiles() {}

  /**
   * The rows of all files, lazily. Their heads and tails are looked at here, because Spark would
   * fail in a task.
   *
   * @throws BadInput when a file is not Parquet
   */
  public static Dataset<Row> open(SparkSession spark, Configuration conf, List<InputFile> files)
      throws IOException {
    List<String> uris = new ArrayList<>();
    for (InputFile file : files) {
      check(file, conf);
      uris.add(((StoredFile) file).uri());
    }
    return spark.read().options(NAMES).parquet(uris.toArray(String[]::new));
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
    if (!Arrays.equals(head, MAGIC) || !Arrays.equals(tail, MAGIC)) {
      throw BadInput.of(
          "%s is no Parquet file, or was cut short: it has %s bytes and not PAR1 at both ends",
          file.name(), file.length());
    }
  }
}
