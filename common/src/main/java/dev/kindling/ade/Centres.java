package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * Some points of R^k that others are assigned to: each to the nearest, of several the first.
 *
 * <p>Memory: 8·k bytes a centre.
 */
public final class Centres implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Matrix centres;
  private final double[] norms;

  /**
   * @param centres k×K, a centre a column. Not modified, kept
   */
  public Centres(Matrix centres) {
    this.centres = centres;
    this.norms = norms(centres);
  }

  /** K. */
  public int count() {
    return centres.cols();
  }

  /**
   * Where points belong: by |y|² + |c|² − 2yᵀc and BLAS 3; the squared distance to the nearest by
   * differences, so that it is exactly 0 for a point that is a centre. 2nkK flops.
   *
   * @param points k×n, near the origin as far as centres are. Not modified
   * @param which n places; overwritten
   * @param squares n places; overwritten
   */
  public void nearest(Matrix points, int[] which, double[] squares) {
    int k = centres.rows();
    int n = points.cols();
    if (points.rows() != k || which.length != n || squares.length != n) {
      throw new IllegalArgumentException(
          points.shape() + " and " + which.length + " places for centres " + centres.shape());
    }
    Matrix products = Matrix.zeros(count(), n);
    Blas.gemm(true, false, -2, centres, points, 0, products);
    double[] y = points.values();
    double[] c = centres.values();
    for (int i = 0, at = 0; i < n; i++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < norms.length; j++, at++) {
        double square = products.values()[at] + norms[j];
        if (square < least) {
          least = square;
          best = j;
        }
      }
      double sum = 0;
      for (int r = 0; r < k; r++) {
        double difference = y[i * k + r] - c[best * k + r];
        sum += difference * difference;
      }
      which[i] = best;
      squares[i] = sum;
    }
  }

  private static double[] norms(Matrix points) {
    double[] norms = new double[points.cols()];
    double[] values = points.values();
    for (int i = 0, at = 0; i < norms.length; i++) {
      for (int r = 0; r < points.rows(); r++, at++) {
        norms[i] += values[at] * values[at];
      }
    }
    return norms;
  }
}
