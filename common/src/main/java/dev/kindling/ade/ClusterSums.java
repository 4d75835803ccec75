package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * What points add to a step of Lloyd's algorithm: their number and sum for each centre, and the sum
 * of squared distances. The order of merging decides the last bits: merge along a {@link
 * dev.kindling.block.FixedTree}. Memory: 8·(k + 1) bytes a centre.
 */
public final class ClusterSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] counts;
  private final Matrix sums;
  private double cost;

  private ClusterSums(int centres, int length) {
    counts = new long[centres];
    sums = Matrix.zeros(length, centres);
  }

  /**
   * Of a block.
   *
   * @param points what is summed, m×n; the points that were assigned, or others in their order
   * @param which centre each belongs to
   * @param squares their squared distances from it
   * @param centres how many there are
   */
  public static ClusterSums of(Matrix points, int[] which, double[] squares, int centres) {
    int m = points.rows();
    ClusterSums of = new ClusterSums(centres, m);
    double[] x = points.values();
    double[] into = of.sums.values();
    for (int i = 0; i < which.length; i++) {
      of.counts[which[i]]++;
      of.cost += squares[i];
      for (int r = 0; r < m; r++) {
        into[which[i] * m + r] += x[i * m + r];
      }
    }
    return of;
  }

  /** Adds the points after these, and returns this. */
  public ClusterSums merge(ClusterSums next) {
    for (int c = 0; c < counts.length; c++) {
      counts[c] += next.counts[c];
    }
    Blas.axpy(1, next.sums.values(), sums.values());
    cost += next.cost;
    return this;
  }

  /** Points of each centre; a copy. */
  public long[] counts() {
    return counts.clone();
  }

  /** The sum of squared distances from the centres. */
  public double cost() {
    return cost;
  }

  /**
   * The mean of each centre's points; where it has none, the column of {@code before}.
   *
   * @param before m×K. Not modified
   */
  public Matrix means(Matrix before) {
    Matrix means = before.copy();
    int m = sums.rows();
    for (int c = 0; c < counts.length; c++) {
      for (int r = 0; counts[c] > 0 && r < m; r++) {
        means.set(r, c, sums.get(r, c) / counts[c]);
      }
    }
    return means;
  }
}
