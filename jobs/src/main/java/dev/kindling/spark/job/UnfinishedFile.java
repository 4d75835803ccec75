package dev.kindling.spark.job;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * The name a file has while it is written: hidden beside the final one, and of its own for each
 * attempt of a task, since two attempts at a block may run at once. What a killed attempt leaves is
 * swept when the run directory is put in place.
 */
public final class UnfinishedFile {
  private static final String SUFFIX = ".writing";

  private UnfinishedFile() {}

  public static Path of(Path file) {
    TaskContext task = TaskContext.get();
    String attempt = task == null ? "" : "." + task.taskAttemptId();
    return new Path(file.getParent(), "_" + file.getName() + attempt + SUFFIX);
  }

  /** Removes what killed attempts have left in a folder that nobody else writes now. */
  public static void sweep(Path folder, Configuration conf) throws IOException {
    FileSystem fs = PlainFiles.of(folder, conf);
    for (FileStatus file : fs.listStatus(folder)) {
      if (is(file.getPath())) {
        fs.delete(file.getPath(), false);
      }
    }
  }

  static boolean is(Path file) {
    return file.getName().startsWith("_") && file.getName().endsWith(SUFFIX);
  }
}
