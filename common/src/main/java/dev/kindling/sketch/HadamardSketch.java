package dev.kindling.sketch;

import dev.kindling.block.Permutation;
import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * The subsampled randomised Hadamard transform, Π = 1/√m · S H D (Ailon and Chazelle 2009; Tropp
 * 2011): D random signs, H the Hadamard matrix of ±1 of order K, the least power of two that is at
 * least k, S the choice of m of its rows without replacement.
 *
 * <p>Memory: 8·K bytes and 4·m. Time: K log K operations a vector.
 */
final class HadamardSketch implements Sketch {
  private final int columns;
  private final int order;
  private final boolean[] negative;
  private final int[] chosen;

  /**
   * @throws IllegalArgumentException if there are more rows than K
   */
  HadamardSketch(int rows, int columns, long seed) {
    Shape.require(rows, columns);
    this.columns = columns;
    this.order = order(columns);
    if (order < columns || rows > order) {
      throw new IllegalArgumentException(
          rows + " rows of a Hadamard matrix for " + columns + " columns; there are " + order);
    }
    negative = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      negative[i] = RowKeys.key(seed, i) < 0;
    }
    Permutation shuffled = new Permutation(order, RowKeys.key(seed, -1));
    chosen = new int[rows];
    for (int i = 0; i < rows; i++) {
      chosen[i] = (int) shuffled.of(i);
    }
  }

  @Override
  public int rows() {
    return chosen.length;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    Shape.require(this, x, y);
    double[] from = x.values();
    double[] to = y.values();
    double[] z = new double[order];
    double scale = 1 / Math.sqrt(chosen.length);
    for (int j = 0; j < x.cols(); j++) {
      for (int i = 0; i < columns; i++) {
        double value = from[j * columns + i];
        z[i] = negative[i] ? -value : value;
      }
      Arrays.fill(z, columns, order, 0);
      transform(z);
      for (int i = 0; i < chosen.length; i++) {
        to[j * chosen.length + i] = scale * z[chosen[i]];
      }
    }
  }

  /** K for k columns. */
  static int order(int columns) {
    return columns == 1 ? 1 : Integer.highestOneBit(columns - 1) << 1;
  }

  /** H z for the Hadamard matrix in Sylvester's order. */
  static void transform(double[] z) {
    for (int half = 1; half < z.length; half *= 2) {
      for (int from = 0; from < z.length; from += 2 * half) {
        for (int i = from; i < from + half; i++) {
          double a = z[i];
          double b = z[i + half];
          z[i] = a + b;
          z[i + half] = a - b;
        }
      }
    }
  }
}
