package dev.kindling.spark.gntk;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The kernel between a block of n graphs and m others.
 *
 * @param parts by level that enters the kernel: m×n, a column a graph of the block
 * @param diagonal the kernel of each graph of the block with itself, all levels together
 */
record KernelColumns(Matrix[] parts, double[] diagonal) implements Serializable {
  /**
   * Makes it the cosine-normalised kernel, in place.
   *
   * @param scales 1/√ of the other graphs' kernel with themselves, 0 for 0
   */
  void normalize(double[] scales) {
    for (int g = 0; g < diagonal.length; g++) {
      double scale = scale(diagonal[g]);
      for (Matrix part : parts) {
        for (int l = 0; l < scales.length; l++) {
          part.set(l, g, part.get(l, g) * (scale * scales[l]));
        }
      }
      diagonal[g] = scale > 0 ? 1 : 0;
    }
  }

  /** Some graphs of the block. */
  KernelColumns only(int... graphs) {
    Matrix[] some = new Matrix[parts.length];
    for (int p = 0; p < some.length; p++) {
      int m = parts[p].rows();
      some[p] = Matrix.zeros(m, graphs.length);
      for (int i = 0; i < graphs.length; i++) {
        System.arraycopy(parts[p].values(), graphs[i] * m, some[p].values(), i * m, m);
      }
    }
    return new KernelColumns(some, Arrays.stream(graphs).mapToDouble(g -> diagonal[g]).toArray());
  }

  /** All levels together. */
  Matrix sum() {
    Matrix sum = parts[0].copy();
    for (int p = 1; p < parts.length; p++) {
      for (int k = 0; k < sum.values().length; k++) {
        sum.values()[k] += parts[p].values()[k];
      }
    }
    return sum;
  }

  static double scale(double own) {
    double length = Math.sqrt(own);
    return length > 0 ? 1 / length : 0;
  }
}
