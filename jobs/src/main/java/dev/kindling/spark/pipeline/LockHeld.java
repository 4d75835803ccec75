package dev.kindling.spark.pipeline;

/** Another run of the pipeline is under way. The message says whose, since when, and how alive. */
final class LockHeld extends Exception {
  private static final long serialVersionUID = 1L;

  LockHeld(String message) {
    super(message);
  }
}
