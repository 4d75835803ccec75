package dev.kindling.spark.job;

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

  static boolean is(Path file) {
    return file.getName().startsWith("_") && file.getName().endsWith(SUFFIX);
  }
}
