package dev.kindling.nn;

/**
 * The gradient of Σ weight × loss over some rows, in the network's precision, with the sums of
 * losses beside it.
 */
public interface GradientSum {
  LossSum loss();

  /** Adds the gradient of other rows, which follow these, and returns this. */
  GradientSum plus(GradientSum other);

  /** g ← factor × the gradient. */
  void scaled(double factor, double[] g);

  /** For {@link #of}; 8 bytes a sum and those of the precision a weight. */
  byte[] bytes();

  /**
   * @throws IllegalArgumentException if there are more or fewer bytes than that
   */
  static GradientSum of(byte[] bytes, int weights, dev.kindling.linalg.Precision precision) {
    return GradientBytes.decode(bytes, weights, precision);
  }
}
