package dev.kindling.gntk;

import java.util.Locale;

/** What Σ and Θ are held in by the engines tiles and dense. Sums over graphs are always doubles. */
public enum Precision {
  DOUBLE(0, Double.MAX_VALUE),

  /**
   * Half the memory and twice as many numbers in a vector, for about six digits of the kernel. Of
   * an exponent's 2^±126 the norms take less than half: σ is a product of two of them, and Θ up to
   * 2^18 times that.
   */
  FLOAT(0x1p-50, 0x1p55);

  private final double least;
  private final double most;

  Precision(double least, double most) {
    this.least = least;
    this.most = most;
  }

  /**
   * @param norm √Σ_uu of a node
   * @throws ArithmeticException if it is neither zero nor within the range
   */
  void requireRange(double norm, int level) {
    if (norm != 0 && !(norm >= least && norm <= most)) {
      throw new ArithmeticException(
          String.format(
              Locale.ROOT,
              "a node's features at level %d have the norm %.2g, and %s takes %.2g to %.2g",
              level,
              norm,
              this,
              least,
              most));
    }
  }

  /** As an option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
