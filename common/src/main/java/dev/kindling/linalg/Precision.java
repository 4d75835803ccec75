package dev.kindling.linalg;

import java.util.Locale;

/** Which floating-point numbers a computation is done in. */
public enum Precision {
  DOUBLE(Double.BYTES),
  FLOAT(Float.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Of a number. */
  public int bytes() {
    return bytes;
  }

  /** As an option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
