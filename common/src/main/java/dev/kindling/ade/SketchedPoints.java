package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * Some points' sketches S_j = Π_j U X, for every j: what distances to a query are estimated from,
 * and what follows the metric and the points as they change.
 *
 * <p>Memory: 4·L·m bytes a point.
 */
public final class SketchedPoints {
  private final Sketches sketches;
  private final int count;

  /** By sketch; the m numbers of a point stand together. */
  private final float[][] s;

  /**
   * @param images U X, k×n, a point a column. Not modified
   */
  public SketchedPoints(Sketches sketches, Matrix images) {
    this.sketches = sketches;
    this.count = images.cols();
    int m = sketches.rows();
    this.s = new float[sketches.count()][Math.multiplyExact(count, m)];
    Matrix y = Matrix.zeros(m, count);
    for (int j = 0; j < s.length; j++) {
      sketches.get(j).apply(images, y);
      for (int i = 0; i < s[j].length; i++) {
        s[j][i] = (float) y.values()[i];
      }
    }
  }

  /** Number of points. */
  public int count() {
    return count;
  }

  /**
   * UpdateU: the metric's U becomes U + w uᵀ, and so S_j += (Π_j w) cᵀ.
   *
   * <p>Rounds to single precision each time: after some hundred updates make them anew.
   *
   * @param c Xᵀ u, one of each point. Not modified
   * @param sketched Π_j w of every j, m×L. Not modified
   */
  public void update(double[] c, Matrix sketched) {
    int m = sketches.rows();
    if (c.length != count || sketched.rows() != m || sketched.cols() != s.length) {
      throw new IllegalArgumentException(
          c.length + " factors and " + sketched.shape() + " for " + count + " points");
    }
    double[] w = sketched.values();
    for (int j = 0; j < s.length; j++) {
      float[] of = s[j];
      for (int i = 0; i < count; i++) {
        if (c[i] != 0) {
          for (int r = 0; r < m; r++) {
            of[i * m + r] = (float) (of[i * m + r] + c[i] * w[j * m + r]);
          }
        }
      }
    }
  }

  /**
   * UpdateX: point i becomes another.
   *
   * @param image U z, of length k. Not modified
   */
  public void replace(int i, double[] image) {
    int m = sketches.rows();
    for (int j = 0; j < s.length; j++) {
      double[] y = sketches.get(j).apply(image);
      for (int r = 0; r < m; r++) {
        s[j][i * m + r] = (float) y[r];
      }
    }
  }

  /**
   * QueryAll: for each point the median over the drawn j of |Π_j U q − S_j|.
   *
   * @param drawn the j, an odd number of them
   * @param sketched {@link Sketches#apply} of them and U q, m×r. Not modified
   * @param estimates of each point. Overwritten
   */
  public void estimate(int[] drawn, Matrix sketched, double[] estimates) {
    int m = sketches.rows();
    if (drawn.length % 2 == 0) {
      throw new IllegalArgumentException(drawn.length + " draws have no median of their own");
    }
    if (sketched.rows() != m || sketched.cols() != drawn.length || estimates.length != count) {
      throw new IllegalArgumentException(
          sketched.shape() + " and " + estimates.length + " places for " + count + " points");
    }
    float[] query = new float[m * drawn.length];
    for (int i = 0; i < query.length; i++) {
      query[i] = (float) sketched.values()[i];
    }
    double[] squares = new double[drawn.length];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < drawn.length; c++) {
        squares[c] = squared(s[drawn[c]], i * m, query, c * m, m);
      }
      Arrays.sort(squares);
      estimates[i] = Math.sqrt(squares[drawn.length / 2]);
    }
  }

  /** QueryPair: the median over the drawn j of |S_j[a] − S_j[b]|. */
  public double pair(int[] drawn, int a, int b) {
    int m = sketches.rows();
    double[] squares = new double[drawn.length];
    for (int c = 0; c < drawn.length; c++) {
      squares[c] = squared(s[drawn[c]], a * m, s[drawn[c]], b * m, m);
    }
    Arrays.sort(squares);
    return Math.sqrt(squares[drawn.length / 2]);
  }

  /** In four sums of floats, which the compiler can keep in a vector. */
  private static double squared(float[] x, int at, float[] y, int from, int m) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int r = 0;
    for (; r + 3 < m; r += 4) {
      float da = x[at + r] - y[from + r];
      float db = x[at + r + 1] - y[from + r + 1];
      float dc = x[at + r + 2] - y[from + r + 2];
      float dd = x[at + r + 3] - y[from + r + 3];
      a += da * da;
      b += db * db;
      c += dc * dc;
      d += dd * dd;
    }
    for (; r < m; r++) {
      float da = x[at + r] - y[from + r];
      a += da * da;
    }
    return (double) a + b + c + d;
  }
}
