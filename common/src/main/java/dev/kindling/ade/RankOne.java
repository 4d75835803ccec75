package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * A change U' = U + w·uᵀ of a metric's factor, and so Ux' = Ux + w·(u·x) of every stored image: the
 * one primitive of learning a metric online. Neither array is copied; whoever makes one lets go of
 * them.
 *
 * @param w k numbers
 * @param u d numbers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy would cost as much as the update
public record RankOne(double[] w, double[] u) implements Serializable {
  /**
   * The change to A' = A + β(Av)(Av)ᵀ: w = Uv, p = |w|² = vᵀAv and u = γ·Uᵀw with γ = (√(1+βp) −
   * 1)/p. No inverse; two products of a matrix and a vector. The new squared length of v is
   * p(1+βp).
   *
   * @param v d numbers. Not modified
   * @throws IllegalArgumentException if v is not of length d, or βp ≤ −1: A' would not be positive
   *     definite along v
   */
  public static RankOne along(Metric metric, double[] v, double beta) {
    double[] w = metric.apply(v);
    double p = Blas.dot(w, w);
    if (!(beta * p > -1) || Double.isInfinite(beta * p)) {
      throw new IllegalArgumentException(
          "A + β(Av)(Av)ᵀ with β = " + beta + " and vᵀAv = " + p + "; βvᵀAv must be above -1");
    }
    double gamma = beta / (Math.sqrt(1 + beta * p) + 1); // as above, and right for p = 0 too
    return scaled(metric, w, gamma);
  }

  /** γ·w(Uᵀw)ᵀ. */
  static RankOne scaled(Metric metric, double[] w, double gamma) {
    double[] u = metric.transposed(w);
    Blas.scal(gamma, u);
    return new RankOne(w, u);
  }

  /**
   * Moves one stored image along: Ux becomes U'x.
   *
   * @param x d numbers. Not modified
   * @param image k numbers, Ux. Modified
   * @throws IllegalArgumentException if a length does not fit
   */
  public void move(double[] x, double[] image) {
    Blas.axpy(Blas.dot(u, x), w, image);
  }

  /**
   * Moves n stored images along: UX becomes U'X. 2n(d + k) flops.
   *
   * @param points X, d×n, one point a column. Not modified
   * @param images UX, k×n. Modified
   * @throws IllegalArgumentException if a shape does not fit
   */
  public void move(Matrix points, Matrix images) {
    double[] c = new double[points.cols()];
    Blas.gemv(true, 1, points, u, 0, c);
    outer(c, images);
  }

  /**
   * @param factor U, k×d. Modified: becomes U'
   * @throws IllegalArgumentException if its shape is another
   */
  void addTo(Matrix factor) {
    outer(u, factor);
  }

  private void outer(double[] row, Matrix into) {
    Blas.gemm(false, true, 1, Matrix.of(w.length, 1, w), Matrix.of(row.length, 1, row), 1, into);
  }
}
