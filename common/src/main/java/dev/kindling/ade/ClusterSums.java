package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * What points add to a step of Lloyd's algorithm: for each center their number and weighted sum,
 * and the cost of all.
 *
 * <p>With weights of 1 the weighted mean is the next center, and the cost is the sum of squared
 * distances. With 1/d, d the distance from the center, it is Weiszfeld's step (1937) towards the
 * geometric median, which never raises the sum of distances.
 *
 * <p>The order of merging decides the last bits: merge along a {@link
 * dev.kindling.block.FixedTree}. Memory: 8·(k + 2) bytes a center.
 */
public final class ClusterSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] counts;
  private final double[] weights;
  private final Matrix sums;
  private double cost;

  private ClusterSums(int centres, int length) {
    counts = new long[centres];
    weights = new double[centres];
    sums = Matrix.zeros(length, centres);
  }

  /** What a center is of its points, and what a clustering costs. */
  public enum Kind {
    /** Means: squared distances. */
    MEAN,
    /** Geometric medians: distances. */
    MEDIAN;

    /** What a point adds to the cost. */
    public double cost(double square) {
      return this == MEAN ? square : Math.sqrt(square);
    }
  }

  /**
   * Of a block.
   *
   * @param points what is summed, m×n; the points that were assigned, or others in their order
   * @param which center each belongs to
   * @param squares their squared distances from it
   * @param centres how many there are
   * @param kind what adds up to the cost
   * @param nearest a distance that weights take for those below it, above 0; infinite: all weights
   *     are 1
   */
  public static ClusterSums of(
      Matrix points, int[] which, double[] squares, int centres, Kind kind, double nearest) {
    int m = points.rows();
    ClusterSums of = new ClusterSums(centres, m);
    double[] x = points.values();
    double[] into = of.sums.values();
    for (int i = 0; i < which.length; i++) {
      double weight =
          kind == Kind.MEAN || nearest == Double.POSITIVE_INFINITY
              ? 1
              : 1 / Math.max(nearest, Math.sqrt(squares[i]));
      of.counts[which[i]]++;
      of.weights[which[i]] += weight;
      of.cost += kind.cost(squares[i]);
      for (int r = 0; r < m; r++) {
        into[which[i] * m + r] += weight * x[i * m + r];
      }
    }
    return of;
  }

  /** Adds the points after these, and returns this. */
  public ClusterSums merge(ClusterSums next) {
    for (int c = 0; c < counts.length; c++) {
      counts[c] += next.counts[c];
      weights[c] += next.weights[c];
    }
    Blas.axpy(1, next.sums.values(), sums.values());
    cost += next.cost;
    return this;
  }

  /** Points of each center; a copy. */
  public long[] counts() {
    return counts.clone();
  }

  /** The sum of squared distances from the centers, or of distances. */
  public double cost() {
    return cost;
  }

  /**
   * The weighted mean of each center's points; where it has none, the column of {@code before}.
   *
   * @param before m×K. Not modified
   */
  public Matrix means(Matrix before) {
    Matrix means = before.copy();
    int m = sums.rows();
    for (int c = 0; c < counts.length; c++) {
      for (int r = 0; counts[c] > 0 && r < m; r++) {
        means.set(r, c, sums.get(r, c) / weights[c]);
      }
    }
    return means;
  }
}
