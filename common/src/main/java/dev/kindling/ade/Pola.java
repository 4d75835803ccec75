package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Svd;
import dev.kindling.linalg.SymmetricEigen;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Pseudo-metric online learning (Shalev-Shwartz, Singer and Ng 2004): points are taken for similar
 * when vᵀAv is below a threshold b, which is learnt too. With y = ±1 and the loss ℓ = max(0, y(vᵀAv
 * − b) + 1), α = ℓ/(|v|⁴ + 1): A ← A − yαvvᵀ, b ← max(1, b + yα), then A is projected to the
 * positive semidefinite matrices, by removing the one eigenvalue that may be negative.
 *
 * <p>Starts at A = 0 and b = 1. Every step, the projection included, is a change of rank one of U,
 * which must have at least d rows. A step with a loss factors a d×d matrix: about 20d³ flops and
 * 8d² doubles.
 */
public final class Pola implements OnlineMetricLearner {
  private double threshold = 1;

  /** All zeros: every pair is at distance 0. */
  @Override
  public Metric start(int dimension) {
    return Metric.factor(Matrix.zeros(dimension, dimension));
  }

  /** b: below this squared distance, points are taken for similar. */
  public double threshold() {
    return threshold;
  }

  /**
   * @param metric with at least d rows in its factor
   * @param target +1 for similar points, −1 for others
   * @return nothing without a loss, or where the projection takes back all of the step
   */
  @Override
  public Optional<RankOne> learn(Metric metric, int constraint, double[] v, double target) {
    State.requireSign(constraint, target);
    if (metric.rows() < metric.dimension()) {
      throw new IllegalArgumentException(
          "POLA needs a square factor, not " + metric.rows() + "×" + metric.dimension());
    }
    double[] w = metric.apply(v);
    double p = Blas.dot(w, w);
    double loss = Math.max(0, target * (p - threshold) + 1);
    double square = Blas.dot(v, v);
    double alpha = loss / (square * square + 1);
    threshold = Math.max(1, threshold + target * alpha);
    if (alpha == 0 || square == 0) {
      return Optional.empty();
    }
    return target > 0 ? shrunk(metric, v, square, alpha) : Optional.of(grown(metric, v, alpha));
  }

  /** A + αvvᵀ. */
  private static RankOne grown(Metric metric, double[] v, double alpha) {
    Svd svd = Svd.of(metric.factor());
    int last = svd.values().length - 1;
    if (svd.values()[last] <= svd.values().length * Math.ulp(1.0) * svd.values()[0]) {
      // Along a left null vector n of U the new row is free: Uᵀn = 0, so that (√α v)ᵀ just adds up.
      double root = Math.sqrt(alpha);
      double[] u = v.clone();
      Blas.scal(root, u);
      return new RankOne(column(svd.u(), last), u);
    }
    return inRange(svd, v, alpha);
  }

  /** The positive semidefinite part of A − αvvᵀ. */
  private static Optional<RankOne> shrunk(Metric metric, double[] v, double square, double alpha) {
    Matrix a = metric.matrix();
    Matrix column = Matrix.of(v.length, 1, v);
    Blas.syrk(false, -alpha, column, 1, a);
    SymmetricEigen eigen = SymmetricEigen.of(a);
    double[] values = eigen.values();
    double largest = Math.max(values[values.length - 1], 0) + alpha * square;
    double nu = values[0];
    if (nu >= -values.length * Math.ulp(1.0) * largest) {
      return Optional.of(inRange(Svd.of(metric.factor()), v, -alpha));
    }
    return projected(metric, v, alpha, nu, column(eigen.vectors(), 0));
  }

  /**
   * A − αvvᵀ − νeeᵀ for the eigenvalue ν < 0 of A − αvvᵀ with eigenvector e. The new U must take e
   * to zero, hence w = Ue and uᵀe = −1; u lies in the plane of v and e, u = av + be. With s = vᵀe,
   * q = |Ue|² = αs² + ν and r = √(−αν), comparing coefficients gives qa² + 2αsa + α = 0 and qb² +
   * 2νb + ν = 0; of the roots, those in which nothing cancels.
   */
  private static Optional<RankOne> projected(
      Metric metric, double[] v, double alpha, double nu, double[] e) {
    double[] w = metric.apply(e);
    double s = Blas.dot(v, e);
    double r = Math.sqrt(-alpha * nu);
    if (Blas.dot(w, w) == 0) {
      return Optional.empty(); // e is v, outside of A's range: the step goes there and back
    }
    double a = -alpha / (alpha * Math.abs(s) + r);
    double b = nu / (Math.abs(s) * r - nu);
    double[] u = e.clone();
    Blas.scal(b, u);
    Blas.axpy(s < 0 ? -a : a, v, u);
    return Optional.of(new RankOne(w, u));
  }

  /** A + αvvᵀ for v = Uᵀz: U' = U + γz(Uᵀz)ᵀ, γ = (√(1+α|z|²) − 1)/|z|². */
  private static RankOne inRange(Svd svd, double[] v, double alpha) {
    double[] s = svd.values();
    double[] z = new double[svd.u().rows()];
    double[] inner = new double[s.length];
    Blas.gemv(false, 1, svd.vt(), v, 0, inner);
    for (int i = 0; i < s.length; i++) {
      boolean zero = s[i] <= s.length * Math.ulp(1.0) * s[0];
      inner[i] = zero ? 0 : inner[i] / s[i];
    }
    Blas.gemv(false, 1, svd.u(), inner, 0, z);
    double p = Blas.dot(z, z);
    double gamma = alpha / (Math.sqrt(Math.max(0, 1 + alpha * p)) + 1);
    double[] u = v.clone();
    Blas.scal(gamma, u);
    return new RankOne(z, u);
  }

  private static double[] column(Matrix m, int j) {
    double[] column = new double[m.rows()];
    System.arraycopy(m.values(), j * m.rows(), column, 0, column.length);
    return column;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    State.writeTag(out, "pola");
    out.writeDouble(threshold);
  }

  @Override
  public void read(DataInput in) throws IOException {
    State.expectTag(in, "pola");
    double read = in.readDouble();
    State.check(read, 1, Double.MAX_VALUE);
    threshold = read;
  }
}
