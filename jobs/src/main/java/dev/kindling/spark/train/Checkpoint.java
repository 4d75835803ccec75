package dev.kindling.spark.train;

import dev.kindling.nn.Training;
import dev.kindling.spark.job.StateFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where a run under way stands: weights, optimizer, schedule, batches and history. From it the run
 * goes on bit for bit.
 */
final class Checkpoint {
  private static final int FORMAT = 0x4B54_0001;

  private final StateFile file;

  Checkpoint(Path file, Configuration conf) {
    this.file = new StateFile(file, FORMAT, conf);
  }

  void write(Training training, HistoryTable history) {
    file.write(
        out -> {
          training.write(out);
          history.write(out);
        });
  }

  /**
   * Goes on from it, if it is there.
   *
   * @return whether it was
   */
  boolean read(Training training, HistoryTable history) {
    return file.read(
        in -> {
          training.read(in);
          history.read(in);
        });
  }
}
