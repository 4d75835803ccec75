package dev.kindling.nn;

import dev.kindling.linalg.Precision;

/** Weights on their way: rounded to a precision, little-endian. */
public final class WeightBytes {
  private WeightBytes() {}

  /** For {@link Network#weights(byte[])}. */
  public static byte[] encode(double[] w, Precision precision) {
    byte[] bytes = new byte[Math.multiplyExact(w.length, precision.bytes())];
    if (precision == Precision.FLOAT) {
      FloatNumbers numbers = new FloatNumbers();
      float[] rounded = numbers.create(w.length);
      numbers.round(w, rounded);
      numbers.encode(rounded, bytes, 0);
    } else {
      new DoubleNumbers().encode(w, bytes, 0);
    }
    return bytes;
  }
}
