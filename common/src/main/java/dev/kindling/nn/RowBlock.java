package dev.kindling.nn;

import java.io.Serializable;

/**
 * Rows packed for BLAS.
 *
 * @param features number of features
 * @param rows number of rows
 * @param x features×rows, column-major: row after row, in the network's precision: float[] or
 *     double[]
 * @param y class of each row as a whole number, or its target
 * @param weight of each row, or null where all are 1
 */
public record RowBlock(int features, int rows, Object x, double[] y, double[] weight)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if a length does not fit
   */
  public RowBlock {
    long values = x instanceof float[] f ? f.length : ((double[]) x).length;
    if (values != (long) features * rows) {
      throw new IllegalArgumentException(rows + " rows of " + features + " features: " + values);
    }
    if (y.length != rows || (weight != null && weight.length != rows)) {
      throw new IllegalArgumentException(rows + " rows, " + y.length + " labels or targets");
    }
  }
}
