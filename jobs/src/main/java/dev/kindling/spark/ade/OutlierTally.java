package dev.kindling.spark.ade;

import dev.kindling.sketch.ChiSquare;
import java.io.Serializable;

/**
 * How squared distances of points from their middle lie against the chi-square law of d degrees
 * that they follow if the points are normal.
 */
final class OutlierTally implements Serializable {
  /** Parts of equal probability under the law. */
  static final int PARTS = 50;

  private static final long serialVersionUID = 1L;

  private final int degrees;
  private final double cutOff;
  private final long[] counts = new long[PARTS];
  private long rows;
  private long outliers;
  private double greatest;
  private Object farthest;

  OutlierTally(int degrees, double cutOff) {
    this.degrees = degrees;
    this.cutOff = cutOff;
  }

  /**
   * Adds a point.
   *
   * @param name a Long or a String
   * @return whether it is an outlier
   */
  boolean add(Object name, double square) {
    int part = (int) Math.min(PARTS - 1, ChiSquare.cdf(square, degrees) * PARTS);
    counts[part]++;
    rows++;
    if (farthest == null || square > greatest) {
      greatest = square;
      farthest = name;
    }
    boolean outlier = square > cutOff;
    outliers += outlier ? 1 : 0;
    return outlier;
  }

  /** Adds the points after these, and returns this. */
  OutlierTally merge(OutlierTally next) {
    for (int i = 0; i < PARTS; i++) {
      counts[i] += next.counts[i];
    }
    rows += next.rows;
    outliers += next.outliers;
    if (farthest == null || next.greatest > greatest) {
      greatest = next.greatest;
      farthest = next.farthest;
    }
    return this;
  }

  long rows() {
    return rows;
  }

  long outliers() {
    return outliers;
  }

  double cutOff() {
    return cutOff;
  }

  /** The greatest squared distance. */
  double greatest() {
    return greatest;
  }

  /** Whose it is; the first of several. */
  Object farthest() {
    return farthest;
  }

  /** Share of the points that the law puts below the end of each part, and those that are. */
  double[][] shares() {
    double[][] shares = new double[2][PARTS + 1];
    long below = 0;
    for (int i = 0; i < PARTS; i++) {
      below += counts[i];
      shares[0][i + 1] = (i + 1.0) / PARTS;
      shares[1][i + 1] = (double) below / rows;
    }
    return shares;
  }
}
