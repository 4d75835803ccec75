package dev.kindling.data.graph;

/** Why a record of a file of molecules cannot be used; it never leaves its task. */
final class BrokenRecord extends Exception {
  private final int line;

  /**
   * @param line which line of the record is to blame, from 0
   */
  BrokenRecord(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }
}
