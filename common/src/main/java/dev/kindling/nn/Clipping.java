package dev.kindling.nn;

/** Shortens gradients that are too long (Pascanu, Mikolov and Bengio 2013). */
final class Clipping {
  private Clipping() {}

  /**
   * What to multiply a gradient by so that its length is {@code longest} at most.
   *
   * @param g not modified
   */
  static double factor(double[] g, double longest) {
    if (longest == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double squares = 0;
    for (double x : g) {
      squares += x * x;
    }
    double length = Math.sqrt(squares);
    return length > longest ? longest / length : 1;
  }
}
