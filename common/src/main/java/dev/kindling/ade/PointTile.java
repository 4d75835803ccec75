package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Up to so many points' images U(x − o): in single precision, coordinate by coordinate (structure
 * of arrays), for scans and GEMM; in double precision, point by point, for exact distances.
 *
 * <p>Memory: 12·k + 16 bytes a point.
 */
public final class PointTile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Points of a full tile: a coordinate of all of them is 4 kB. */
  public static final int POINTS = 1024;

  /**
   * Floats of a cache line, which as many points fill in a coordinate; half as many are doubles.
   */
  private static final int LINE = 16;

  private static final int HALF_LINE = 8;

  private final int dimension;
  private final long[] ids;
  private final float[] coordinates;
  private final double[] images;
  private final float[] norms;

  /**
   * @param ids of the points. Kept
   * @param images U(x − o), k×n, a point a column, o near most points: |a|² + |b|² − 2ab loses its
   *     digits where lengths are large beside differences. Kept
   */
  public PointTile(long[] ids, Matrix images) {
    this(ids, images.rows(), images.values());
    if (images.cols() != ids.length) {
      throw new IllegalArgumentException(ids.length + " ids for " + images.shape());
    }
    round(0, ids.length);
  }

  /** All images 0. */
  PointTile(long[] ids, int dimension) {
    this(ids, dimension, new double[Math.multiplyExact(ids.length, dimension)]);
  }

  private PointTile(long[] ids, int dimension, double[] images) {
    this.dimension = dimension;
    this.ids = ids;
    this.images = images;
    this.coordinates = new float[images.length];
    this.norms = new float[ids.length];
  }

  /**
   * Sets images in double precision alone.
   *
   * @param from the first of the points
   * @param values of their images, one after the other. Not modified
   */
  void put(int from, double[] values) {
    System.arraycopy(values, 0, images, from * dimension, values.length);
  }

  /** Makes coordinates and norms of points {@code from} to {@code end} those of their images. */
  void round(int from, int end) {
    int n = ids.length;
    double[] squares = new double[LINE];
    for (int first = from; first < end; first += LINE) {
      int last = Math.min(end, first + LINE);
      Arrays.fill(squares, 0);
      for (int begin = 0; begin < dimension; begin += HALF_LINE) {
        int stop = Math.min(dimension, begin + HALF_LINE);
        for (int i = first; i < last; i++) {
          double square = squares[i - first];
          for (int c = begin, at = i * dimension + begin, to = begin * n + i; c < stop; c++) {
            float rounded = (float) images[at++];
            coordinates[to] = rounded;
            to += n;
            square += (double) rounded * rounded;
          }
          squares[i - first] = square;
        }
      }
      for (int i = first; i < last; i++) {
        norms[i] = (float) squares[i - first];
      }
    }
  }

  /**
   * Adds to one coordinate of some points, and keeps up with their squared lengths.
   *
   * @param from the first of them
   * @param changes from {@code at} on, one every {@code step}. Not modified
   * @param squares of all points: sums over rounded coordinates. Modified
   * @param doubts grow by what the sums may be off. Modified
   */
  void add(
      int coordinate,
      int from,
      int count,
      double[] changes,
      int at,
      int step,
      double[] squares,
      double[] doubts) {
    int row = coordinate * ids.length;
    for (int i = from, c = at; i < from + count; i++, c += step) {
      double value = images[i * dimension + coordinate] + changes[c];
      images[i * dimension + coordinate] = value;
      float before = coordinates[row + i];
      float rounded = (float) value;
      coordinates[row + i] = rounded;
      double square = squares[i];
      double now = square + ((double) rounded * rounded - (double) before * before);
      squares[i] = now;
      doubts[i] += Math.max(square, now) * 0x1p-52;
    }
  }

  /**
   * @param squares of all points: sums over rounded coordinates. Overwritten
   */
  void sum(double[] squares) {
    Arrays.fill(squares, 0);
    for (int c = 0, at = 0; c < dimension; c++) {
      for (int i = 0; i < squares.length; i++, at++) {
        squares[i] += (double) coordinates[at] * coordinates[at];
      }
    }
  }

  /** Takes these for squared lengths. */
  void norms(double[] squares) {
    for (int i = 0; i < squares.length; i++) {
      norms[i] = (float) squares[i];
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

  /** The images in double precision, point by point. */
  double[] images() {
    return images;
  }

  /** Squared lengths of the rounded images. Not to be modified. */
  float[] norms() {
    return norms;
  }

  /**
   * The squared distance of point i, in double precision.
   *
   * @param query holds an image, taken from the same o, from {@code at} on. Not modified
   */
  public double squared(int i, double[] query, int at) {
    return Differences.squared(images, i * dimension, query, at, dimension);
  }

  /** The part of it that coordinates {@code from} to {@code end} add. */
  double squared(int i, double[] query, int from, int end) {
    return Differences.squared(images, i * dimension + from, query, from, end - from);
  }
}
