package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * Up to so many points' images U x − centre: in single precision, coordinate by coordinate
 * (structure of arrays), for scans and GEMM; in double precision, point by point, for exact
 * distances.
 *
 * <p>Memory: 12·k + 16 bytes a point.
 */
public final class PointTile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Points of a full tile: a coordinate of all of them is 4 kB. */
  public static final int POINTS = 1024;

  private final int dimension;
  private final long[] ids;
  private final float[] coordinates;
  private final double[] images;
  private final float[] norms;

  /**
   * @param ids of the points. Kept
   * @param images U x, k×n, a point a column. Not modified
   * @param centre of length k, near the mean of the images: |a|² + |b|² − 2ab loses its digits
   *     where lengths are large beside differences. Not modified
   */
  public PointTile(long[] ids, Matrix images, double[] centre) {
    int n = ids.length;
    dimension = images.rows();
    if (images.cols() != n || centre.length != dimension) {
      throw new IllegalArgumentException(
          n + " ids and a centre of " + centre.length + " for " + images.shape());
    }
    this.ids = ids;
    this.images = images.values().clone();
    this.coordinates = new float[n * dimension];
    this.norms = new float[n];
    for (int i = 0; i < n; i++) {
      double square = 0;
      for (int c = 0; c < dimension; c++) {
        double value = this.images[i * dimension + c] - centre[c];
        this.images[i * dimension + c] = value;
        float rounded = (float) value;
        coordinates[c * n + i] = rounded;
        square += (double) rounded * rounded;
      }
      norms[i] = (float) square;
    }
  }

  /** Number of points. */
  public int count() {
    return ids.length;
  }

  /** k. */
  public int dimension() {
    return dimension;
  }

  /** Of point i. */
  public long id(int i) {
    return ids[i];
  }

  /** A number a coordinate and point, the points of a coordinate together. Not to be modified. */
  float[] coordinates() {
    return coordinates;
  }

  /** Squared lengths of the rounded images. Not to be modified. */
  float[] norms() {
    return norms;
  }

  /**
   * The squared distance of point i, in double precision.
   *
   * @param query holds a centred image from {@code at} on. Not modified
   */
  public double squared(int i, double[] query, int at) {
    return squared(images, i * dimension, query, at, dimension);
  }

  /** The part of it that coordinates {@code from} to {@code end} add. */
  double squared(int i, double[] query, int from, int end) {
    return squared(images, i * dimension + from, query, from, end - from);
  }

  /** In four sums, which the compiler can keep in a vector. */
  private static double squared(double[] x, int at, double[] y, int from, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int t = 0;
    for (; t + 3 < length; t += 4) {
      double da = x[at + t] - y[from + t];
      double db = x[at + t + 1] - y[from + t + 1];
      double dc = x[at + t + 2] - y[from + t + 2];
      double dd = x[at + t + 3] - y[from + t + 3];
      a += da * da;
      b += db * db;
      c += dc * dc;
      d += dd * dd;
    }
    for (; t < length; t++) {
      double da = x[at + t] - y[from + t];
      a += da * da;
    }
    return a + b + (c + d);
  }
}
