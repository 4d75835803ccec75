package dev.kindling.ade;

import dev.kindling.linalg.Matrix;

/**
 * Differences, and their squared lengths: these in four sums, which the compiler can keep in a
 * vector.
 */
public final class Differences {
  private Differences() {}

  /**
   * x − o of each point, new.
   *
   * @param points d×n, a point a column. Not modified
   * @param origin o, d numbers. Not modified
   * @throws IllegalArgumentException if it has another length
   */
  static Matrix from(double[] origin, Matrix points) {
    int d = origin.length;
    if (points.rows() != d) {
      throw new IllegalArgumentException(
          "an origin of " + d + " numbers for points of " + points.shape());
    }
    Matrix differences = points.copy();
    double[] values = differences.values();
    for (int at = 0; at < values.length; at += d) {
      for (int j = 0; j < d; j++) {
        values[at + j] -= origin[j];
      }
    }
    return differences;
  }

  /**
   * In double precision.
   *
   * @param x the one, from {@code at} on. Not modified
   * @param y the other, from {@code from} on. Not modified
   */
  public static double squared(double[] x, int at, double[] y, int from, int length) {
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

  /** In single precision, the four sums added in double. */
  static double squared(float[] x, int at, float[] y, int from, int length) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int t = 0;
    for (; t + 3 < length; t += 4) {
      float da = x[at + t] - y[from + t];
      float db = x[at + t + 1] - y[from + t + 1];
      float dc = x[at + t + 2] - y[from + t + 2];
      float dd = x[at + t + 3] - y[from + t + 3];
      a += da * da;
      b += db * db;
      c += dc * dc;
      d += dd * dd;
    }
    for (; t < length; t++) {
      float da = x[at + t] - y[from + t];
      a += da * da;
    }
    return (double) a + b + c + d;
  }
}
