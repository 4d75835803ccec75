package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which columns of some points have more than one value. The variance does not tell: a mean is
 * rounded, and a column that is 0.1 everywhere differs from its mean.
 */
final class Varying implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Null before the first point. */
  private double[] first;

  private final boolean[] varies;

  Varying(int columns) {
    varies = new boolean[columns];
  }

  /**
   * @param x holds a point from {@code from} on. Not modified
   */
  void add(double[] x, int from) {
    if (first == null) {
      first = Arrays.copyOfRange(x, from, from + varies.length);
    }
    for (int i = 0; i < varies.length; i++) {
      varies[i] |= x[from + i] != first[i];
    }
  }

  /**
   * @param other not modified
   */
  void merge(Varying other) {
    if (other.first != null) {
      add(other.first, 0);
      mark(other);
    }
  }

  /** Lets vary what varies in another. */
  void mark(Varying other) {
    for (int i = 0; i < varies.length; i++) {
      varies[i] |= other.varies[i];
    }
  }

  boolean varies(int column) {
    return varies[column];
  }

  /**
   * Takes the rounding errors of a covariance away.
   *
   * @param covariance modified: rows and columns of what does not vary become 0
   */
  void clear(Matrix covariance) {
    for (int i = 0; i < varies.length; i++) {
      for (int j = 0; !varies[i] && j < varies.length; j++) {
        covariance.set(i, j, 0);
        covariance.set(j, i, 0);
      }
    }
  }
}
