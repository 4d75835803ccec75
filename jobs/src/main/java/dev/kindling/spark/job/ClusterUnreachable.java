package dev.kindling.spark.job;

/**
 * Nobody answers at the cluster's master; the run has not begun and leaves nothing. Exit code 3.
 */
final class ClusterUnreachable extends JobFailure {
  ClusterUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
