package dev.kindling.data;

import dev.kindling.BadInput;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.spark.SparkThrowable;

/**
 * What Spark throws while it reads a file, on the driver or in a task: it is the file that cannot
 * be used, unless a network, a remote file system or memory failed.
 */
public final class ReadFailure {
  private static final String READING = "FAILED_READ_FILE";
  private static final List<String> OUTAGES =
      List.of(
          "java.net.",
          "java.nio.channels.",
          "java.util.concurrent.",
          "java.lang.InterruptedException",
          "java.io.InterruptedIOException",
          "org.apache.hadoop.ipc.",
          "org.apache.hadoop.hdfs.");

  private ReadFailure() {}

  /**
   * The same as bad input that names the file, and the column or codec where one is to blame.
   *
   * @return empty if no file is to blame
   */
  public static Optional<BadInput> of(Throwable e) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = e; t != null && causes.size() < 100; t = t.getCause()) {
      causes.add(t);
    }
    boolean outage = causes.stream().anyMatch(ReadFailure::isOutage);
    return causes.stream()
        .filter(cause -> !outage && cause instanceof SparkThrowable)
        .map(SparkThrowable.class::cast)
        .filter(cause -> cause.getCondition() != null && cause.getCondition().startsWith(READING))
        .findFirst()
        .map(cause -> of(cause, causes.get(causes.size() - 1), e));
  }

  /**
   * For the end of a catch clause, before the exception is thrown on.
   *
   * @throws BadInput if a file is to blame
   */
  public static void check(Exception e) {
    Optional<BadInput> bad = of(e);
    if (bad.isPresent()) {
      throw bad.get();
    }
  }

  private static BadInput of(SparkThrowable reading, Throwable root, Throwable whole) {
    Map<String, String> facts = reading.getMessageParameters();
    String file = shown(facts.getOrDefault("path", "a file"));
    String kind = reading.getCondition();
    if (kind.endsWith(".PARQUET_COLUMN_DATA_TYPE_MISMATCH")) {
      return BadInput.of(
          whole,
          "%s: column %s holds %s, and %s in another file of the folder; write all files with the same types",
          file,
          facts.getOrDefault("column", "?").replaceAll("[\\[\\]]", ""),
          facts.get("actualType"),
          facts.get("expectedType"));
    }
    if (kind.endsWith(".FILE_NOT_EXIST")) {
      return BadInput.of(whole, "%s is gone, or was replaced after it was found", file);
    }
    if (root instanceof ClassNotFoundException || root instanceof UnsatisfiedLinkError) {
      String codec = String.valueOf(root.getMessage());
      return BadInput.of(
          whole,
          "%s: compressed by a codec that is not there: %s; write it with snappy, zstd or gzip",
          file,
          codec.substring(codec.lastIndexOf('.') + 1));
    }
    if (root instanceof ParquetCryptoRuntimeException) {
      return BadInput.of(
          whole, "%s is encrypted, or damaged: %s; decrypt it first", file, firstLine(root));
    }
    return BadInput.of(
        whole,
        "%s cannot be read: %s; is it damaged? Write it again",
        file,
        root == reading || root.getMessage() == null
            ? root == reading ? "its footer makes no sense" : root.getClass().getSimpleName()
            : firstLine(root));
  }

  private static boolean isOutage(Throwable e) {
    return e instanceof OutOfMemoryError
        || OUTAGES.stream().anyMatch(prefix -> e.getClass().getName().startsWith(prefix));
  }

  static String firstLine(Throwable e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.lines().findFirst().orElse("").strip();
  }

  /** Spark's path of a file, in which a blank is %20, as a user writes it. */
  private static String shown(String uri) {
    try {
      return InputPath.show(new Path(new URI(uri)));
    } catch (java.net.URISyntaxException | IllegalArgumentException e) {
      return uri;
    }
  }
}
