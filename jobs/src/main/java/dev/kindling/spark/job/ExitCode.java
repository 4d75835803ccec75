package dev.kindling.spark.job;

/** What a command hands back to the shell. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Wrong usage or bad input; nothing was computed. */
  public static final int USAGE = 2;

  /** The job failed while running; what was finished is kept for {@code --resume}. */
  public static final int FAILED = 3;

  /** A check that was asked for did not hold. */
  public static final int CHECK_FAILED = 4;

  /** Stopped by Ctrl-C; resumable. */
  public static final int STOPPED = 130;

  private ExitCode() {}
}
