package dev.kindling.gntk;

import dev.kindling.Words;
import dev.kindling.linalg.Precision;

/**
 * Norms of nodes' features whose kernels a precision can hold. Of a float's exponent, 2^±126, the
 * norms take less than half: σ is a product of two of them, and Θ up to 2^18 times that.
 */
record NormRange(Precision precision, double least, double most) {
  static NormRange of(Precision precision) {
    return precision == Precision.FLOAT
        ? new NormRange(precision, 0x1p-50, 0x1p55)
        : new NormRange(precision, 0, Double.MAX_VALUE);
  }

  /**
   * @param norm √Σ_uu of a node
   * @throws ArithmeticException if it is neither zero nor within the range
   */
  void require(double norm, int level) {
    if (norm != 0 && !(norm >= least && norm <= most)) {
      throw new ArithmeticException(
          Words.of(
              "a node's features at level %d have the norm %.2g, and %s takes %.2g to %.2g",
              level, norm, precision, least, most));
    }
  }
}
