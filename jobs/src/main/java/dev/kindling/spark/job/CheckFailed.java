package dev.kindling.spark.job;

/**
 * A check that was asked for did not hold; its run is complete. One line: what, and what to do.
 * Exit code 4.
 */
public final class CheckFailed extends RuntimeException {
  public CheckFailed(String message) {
    super(message);
  }
}
