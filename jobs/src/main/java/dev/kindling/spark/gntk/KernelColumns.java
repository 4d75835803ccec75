package dev.kindling.spark.gntk;

import dev.kindling.linalg.Matrix;

/**
 * The kernel between a block of n graphs and m others.
 *
 * @param values m×n: a column a graph of the block
 * @param diagonal the kernel of each graph of the block with itself
 */
record KernelColumns(Matrix values, double[] diagonal) {
  /**
   * Makes it the cosine-normalised kernel, in place.
   *
   * @param scales 1/√ of the other graphs' kernel with themselves, 0 for 0
   */
  void normalize(double[] scales) {
    for (int g = 0; g < diagonal.length; g++) {
      double scale = scale(diagonal[g]);
      for (int l = 0; l < scales.length; l++) {
        values.set(l, g, values.get(l, g) * (scale * scales[l]));
      }
      diagonal[g] = scale > 0 ? 1 : 0;
    }
  }

  static double scale(double own) {
    double length = Math.sqrt(own);
    return length > 0 ? 1 / length : 0;
  }
}
