package dev.kindling.sketch;

import dev.kindling.linalg.Matrix;

/** A random linear map Π: R^k → R^m with E|Πv|² = |v|² for every v. */
public interface Sketch {
  /** m. */
  int rows();

  /** k. */
  int columns();

  /**
   * Y = Π X. The last bits may depend on how many columns go through BLAS at once: whoever wants
   * the same bits gives the same blocks.
   *
   * @param x k×n. Not modified
   * @param y m×n. Overwritten
   * @throws IllegalArgumentException if the shapes do not fit
   */
  void apply(Matrix x, Matrix y);

  /**
   * Πv of one vector.
   *
   * @param v of length k. Not modified
   */
  default double[] apply(double[] v) {
    Matrix y = Matrix.zeros(rows(), 1);
    apply(Matrix.of(v.length, 1, v.clone()), y);
    return y.values();
  }
}
