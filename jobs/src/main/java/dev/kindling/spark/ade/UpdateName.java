package dev.kindling.spark.ade;

import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What an update is called in the epoch that it makes. A run that is resumed keeps its name, and so
 * knows its own epoch: the same files given to a new run are a new update.
 */
final class UpdateName {
  private static final int LENGTH = 32;

  private UpdateName() {}

  static String of(Run run) {
    Path file = new Path(run.work(), "update-name");
    try {
      FileSystem fs = file.getFileSystem(run.hadoop());
      if (fs.exists(file)) {
        try (InputStream in = fs.open(file)) {
          String name = new String(in.readNBytes(LENGTH), StandardCharsets.US_ASCII);
          if (isOne(name)) {
            return name;
          }
        }
      }
      String name = random();
      try (OutputStream out = fs.create(file, true)) {
        out.write(name.getBytes(StandardCharsets.US_ASCII));
      }
      return name;
    } catch (IOException e) {
      throw new JobFailure(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static boolean isOne(String name) {
    return name.matches("[0-9a-f]{" + LENGTH + "}");
  }

  /**
   * Of a micro-batch of a stream.
   *
   * @param stream a {@link #random} name
   */
  static String ofBatch(String stream, long batch) {
    return stream + "-" + batch;
  }

  /** The last micro-batch of a stream that is in an index, or −1. */
  static long lastBatch(IndexManifest index, String stream) {
    return index.updates().stream()
        .filter(name -> name.matches(stream + "-\\d{1,18}"))
        .mapToLong(name -> Long.parseLong(name.substring(stream.length() + 1)))
        .max()
        .orElse(-1);
  }

  /**
   * Whether nothing will ask for a name again once another is there: a stream begins a micro-batch
   * when the one before is done.
   */
  static boolean isOver(String name, String next) {
    return next.length() > LENGTH && name.startsWith(next.substring(0, LENGTH + 1));
  }
}
