package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * The points that have a class, centred, so that squared distances may be taken by products.
 *
 * @param points d×n, one point a column
 * @param labels n class numbers
 */
@SuppressWarnings("ArrayRecordComponent") // inner to the learners, never compared
record Labelled(Matrix points, int[] labels) {
  /** Points of a block of pairs: with n = 100,000, 200 MB of squared distances. */
  static final int BLOCK = 256;

  /**
   * @param points d×n. Not modified
   * @param labels n class numbers; points of negative ones are left out. Not modified
   * @throws BadInput if there are not two classes, or a value is not finite
   * @throws IllegalArgumentException if there are not as many labels as points
   */
  static Labelled of(Matrix points, int[] labels) {
    if (labels.length != points.cols()) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + points.cols() + " points");
    }
    int classes = (int) Arrays.stream(labels).filter(label -> label >= 0).distinct().count();
    if (classes < 2) {
      throw BadInput.of("a metric from %s classes of rows; it needs two to tell apart", classes);
    }
    int d = points.rows();
    int n = (int) Arrays.stream(labels).filter(label -> label >= 0).count();
    Matrix some = Matrix.zeros(d, n);
    double[] y = some.values();
    int[] own = new int[n];
    double[] mean = new double[d];
    for (int j = 0, to = 0; j < labels.length; j++) {
      if (labels[j] >= 0) {
        own[to] = labels[j];
        for (int i = 0; i < d; i++) {
          double value = points.values()[i + j * d];
          if (!Double.isFinite(value)) {
            throw new BadInput("row " + j + ", column " + i + " is " + value + ", counted from 0");
          }
          y[i + to * d] = value;
          mean[i] += value / n;
        }
        to++;
      }
    }
    for (int j = 0, k = 0; j < n; j++) {
      for (int i = 0; i < d; i++, k++) {
        y[k] -= mean[i];
      }
    }
    return new Labelled(some, own);
  }

  /**
   * @param learner for the message
   * @throws BadInput if no class has two points
   */
  void requirePair(String learner) {
    if (Arrays.stream(labels).distinct().count() == labels.length) {
      throw BadInput.of(
          "%s: no class has two rows, each of the %,d rows is a class of its own; it learns from rows that belong together",
          learner, labels.length);
    }
  }

  int dimension() {
    return points.rows();
  }

  int count() {
    return labels.length;
  }

  /** |y|² of each column, new. */
  static double[] norms(Matrix y) {
    double[] norms = new double[y.cols()];
    for (int j = 0, k = 0; j < norms.length; j++) {
      for (int i = 0; i < y.rows(); i++, k++) {
        norms[j] += y.values()[k] * y.values()[k];
      }
    }
    return norms;
  }

  /**
   * |y_j − y_i|² of all columns j and those i from {@code from} on, by one product.
   *
   * @param norms of {@link #norms}. Not modified
   * @param squares n×{@link #BLOCK} or more. Modified: in its first {@code count} columns
   */
  static void squares(Matrix y, double[] norms, int from, int count, double[] squares) {
    int n = y.cols();
    int k = y.rows();
    double[] v = y.values();
    Blas.gemm(true, false, n, count, k, -2, v, 0, k, v, from * k, k, 0, squares, 0, n);
    for (int i = 0, at = 0; i < count; i++) {
      double norm = norms[from + i];
      for (int j = 0; j < n; j++, at++) {
        squares[at] = Math.max(0, squares[at] + (norm + norms[j]));
      }
    }
  }

  /** Room for {@link #squares}. */
  double[] block() {
    long size = (long) count() * Math.min(BLOCK, count());
    if (size > Integer.MAX_VALUE - 8) {
      throw BadInput.of(
          "%s rows are too many to learn a metric from in memory; take a sample", count());
    }
    return new double[(int) size];
  }
}
