package dev.kindling.data;

/**
 * Why a row or record cannot be used, on its way from a cursor to the end of its task.
 *
 * <p>It never leaves a task: Spark would run the task again and log each attempt. The survey turns
 * it into data, and the driver puts file and line before the message.
 */
public final class Rejected extends Exception {
  private final boolean wholeFile;

  public Rejected(String message) {
    this(message, false);
  }

  private Rejected(String message, boolean wholeFile) {
    super(message, null, false, false);
    this.wholeFile = wholeFile;
  }

  /** For a fault of the file that no line or row is to blame for. */
  public static Rejected ofFile(String message) {
    return new Rejected(message, true);
  }

  /** Whether no line or row is to blame. */
  public boolean wholeFile() {
    return wholeFile;
  }
}
