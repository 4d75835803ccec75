package dev.kindling.spark.job;

/**
 * A job could not go on through no fault of its input. One line: what failed and what to do. Exit
 * code 3.
 */
public class JobFailure extends RuntimeException {
  public JobFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
