package dev.kindling.spark.gntk;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The kernel between a block of n graphs and the pieces of m others.
 *
 * @param parts by level that enters the kernel: m_p×n, a column a graph of the block
 * @param diagonal the kernel of each graph of the block with itself, all levels together
 */
record KernelColumns(Matrix[] parts, double[] diagonal) implements Serializable {
  /** 1/√K(g, g) of each graph, 0 for 0. */
  double[] scales() {
    return scales(diagonal);
  }

  static double[] scales(double[] diagonal) {
    double[] scales = new double[diagonal.length];
    for (int g = 0; g < scales.length; g++) {
      double length = Math.sqrt(diagonal[g]);
      scales[g] = length > 0 ? 1 / length : 0;
    }
    return scales;
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

  /** All levels together, which have the same width. */
  Matrix sum() {
    Matrix sum = parts[0].copy();
    for (int p = 1; p < parts.length; p++) {
      for (int k = 0; k < sum.values().length; k++) {
        sum.values()[k] += parts[p].values()[k];
      }
    }
    return sum;
  }

  /** Scales each column of a matrix in place. */
  static Matrix scaled(Matrix columns, double[] scales) {
    double[] values = columns.values();
    int rows = columns.rows();
    for (int g = 0; g < scales.length; g++) {
      for (int l = 0; l < rows; l++) {
        values[g * rows + l] *= scales[g];
      }
    }
    return columns;
  }
}
