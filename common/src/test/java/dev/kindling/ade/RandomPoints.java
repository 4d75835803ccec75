package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.SplittableRandom;

/** Points and matrices from a seed that a failing test prints, and plain loops to compare with. */
final class RandomPoints {
  private final SplittableRandom random;

  RandomPoints(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  double[] vector(int n) {
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      v[i] = random.nextGaussian();
    }
    return v;
  }

  Matrix matrix(int rows, int cols) {
    return Matrix.of(rows, cols, vector(rows * cols));
  }

  /** BᵀB + I/10. */
  Matrix positiveDefinite(int d) {
    Matrix a = Matrix.identity(d);
    Blas.syrk(true, 1, matrix(d, d), 0.1, a);
    return a;
  }

  /** BᵀB of a B with so many rows. */
  Matrix ofRank(int rank, int d) {
    Matrix a = Matrix.zeros(d, d);
    Blas.syrk(true, 1, matrix(rank, d), 0, a);
    return a;
  }

  static double[] column(Matrix m, int j) {
    double[] column = new double[m.rows()];
    for (int i = 0; i < column.length; i++) {
      column[i] = m.get(i, j);
    }
    return column;
  }

  /** vᵀAv. */
  static double form(Matrix a, double[] v) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < v.length; j++) {
        sum += v[i] * a.get(i, j) * v[j];
      }
    }
    return sum;
  }

  /** Av. */
  static double[] times(Matrix a, double[] v) {
    double[] product = new double[a.rows()];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < v.length; j++) {
        product[i] += a.get(i, j) * v[j];
      }
    }
    return product;
  }

  /** A + βvvᵀ, new. */
  static Matrix plus(Matrix a, double beta, double[] v) {
    Matrix sum = a.copy();
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < v.length; j++) {
        sum.set(i, j, sum.get(i, j) + beta * v[i] * v[j]);
      }
    }
    return sum;
  }

  /** The largest difference of two entries over the largest entry of the second. */
  static double error(Matrix found, Matrix expected) {
    if (found.rows() != expected.rows() || found.cols() != expected.cols()) {
      throw new AssertionError(found.shape() + " and " + expected.shape());
    }
    double largest = 0;
    double error = 0;
    for (int k = 0; k < expected.values().length; k++) {
      largest = Math.max(largest, Math.abs(expected.values()[k]));
      error = Math.max(error, Math.abs(found.values()[k] - expected.values()[k]));
      if (!Double.isFinite(found.values()[k])) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return error / Math.max(largest, Double.MIN_NORMAL);
  }
}
