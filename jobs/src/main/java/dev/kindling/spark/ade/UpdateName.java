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
          if (name.matches("[0-9a-f]{32}")) {
            return name;
          }
        }
      }
      String name = UUID.randomUUID().toString().replace("-", "");
      try (OutputStream out = fs.create(file, true)) {
        out.write(name.getBytes(StandardCharsets.US_ASCII));
      }
      return name;
    } catch (IOException e) {
      throw new JobFailure(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
