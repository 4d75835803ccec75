package dev.kindling.gntk;

/**
 * Arc-cosine kernels of ReLU layers at correlation ρ, on columns of a tile.
 *
 * <p>κ₀(ρ) = (π − arccos ρ)/π and κ₁(ρ) = (ρ(π − arccos ρ) + √(1−ρ²))/π, Cho and Saul 2009, eq. 6.
 * ρ is clipped to [−1, 1]: rounding puts entries of a Gram matrix a few ulps outside.
 *
 * <p>Not for several threads at once: it holds two rows of numbers. The loops are short, without a
 * branch, and one after the other on what fits the first cache: so the compiler makes vectors of
 * them, which it does of no loop of more than some twenty operations.
 */
final class ArcCosine {
  private static final double INVERSE_PI = 1 / Math.PI;
  private static final int RUN = 512;

  /*
   * arccos(x) / √(1−x) on [0, 1] in powers of u = 2x − 1: the degree-18 Chebyshev interpolant, 2e-17
   * relative before rounding. Single numbers, since elements of an array are no constants.
   */
  private static final double C0 = 1.480960979386122;
  private static final double C1 = -0.0760160912346654;
  private static final double C2 = 0.011029313317978552;
  private static final double C3 = -0.002149135858989634;
  private static final double C4 = 0.0004820541005764209;
  private static final double C5 = -0.0001174125045895998;
  private static final double C6 = 3.018716999184834e-05;
  private static final double C7 = -8.063536126055667e-06;
  private static final double C8 = 2.216019758302968e-06;
  private static final double C9 = -6.225475446758364e-07;
  private static final double C10 = 1.7797338327760117e-07;
  private static final double C11 = -5.1570659071542255e-08;
  private static final double C12 = 1.5131804766903207e-08;
  private static final double C13 = -4.543226886430638e-09;
  private static final double C14 = 1.3586330259282336e-09;
  private static final double C15 = -3.555938648200568e-10;
  private static final double C16 = 1.0744638228659012e-10;
  private static final double C17 = -5.95055720852942e-11;
  private static final double C18 = 1.8301166660387483e-11;

  private final boolean signed;
  private final double[] rho = new double[RUN];
  private final double[] angle = new double[RUN];

  /**
   * @param signed whether covariances may be negative, as those of one-hot tags are not
   */
  ArcCosine(boolean signed) {
    this.signed = signed;
  }

  /**
   * Replaces each σ and θ by their values after some ReLU layers (Du et al. 2019, eq. 9). Where a
   * standard deviation is zero the pair stays zero: the public implementation divides 0 by 0 there.
   *
   * @param count R
   * @param sigma m×n covariances, column-major. Modified
   * @param theta m×n tangent kernels, column-major. Modified
   * @param rowNorm m standard deviations from {@code rowFrom} on, not negative. Not modified
   * @param colNorm n standard deviations from {@code colFrom} on, not negative. Not modified
   */
  void layers(
      int count,
      double[] sigma,
      double[] theta,
      double[] rowNorm,
      int rowFrom,
      int m,
      double[] colNorm,
      int colFrom,
      int n) {
    for (int j = 0; j < n; j++) {
      double right = colNorm[colFrom + j];
      for (int i = 0; i < m; i += RUN) {
        int length = Math.min(RUN, m - i);
        for (int layer = 0; layer < count; layer++) {
          correlate(sigma, j * m + i, rowNorm, rowFrom + i, right, rho, length);
          if (signed && layer == 0) {
            signedAngles(rho, angle, length);
          } else {
            angles(rho, angle, length);
          }
          apply(sigma, theta, j * m + i, rowNorm, rowFrom + i, right, rho, angle, length);
        }
      }
    }
  }

  private static void correlate(
      double[] sigma,
      int at,
      double[] rowNorm,
      int rowFrom,
      double right,
      double[] rho,
      int length) {
    for (int i = 0; i < length; i++) {
      rho[i] = sigma[at + i] / Math.max(rowNorm[rowFrom + i] * right, Double.MIN_NORMAL);
    }
    for (int i = 0; i < length; i++) {
      rho[i] = Math.max(-1, Math.min(1, rho[i]));
    }
  }

  /**
   * π − arccos ρ for ρ in [0, 1], to 1.4e-15 (3 ulps of π).
   *
   * @param angle the first {@code length} values. Modified
   */
  static void angles(double[] rho, double[] angle, int length) {
    polynomial(rho, angle, length);
    for (int i = 0; i < length; i++) {
      angle[i] = Math.PI - Math.sqrt(1 - rho[i]) * (angle[i] * (2 * rho[i] - 1) + C0);
    }
  }

  /** π − arccos ρ for ρ in [−1, 1]. */
  static void signedAngles(double[] rho, double[] angle, int length) {
    polynomial(rho, angle, length);
    for (int i = 0; i < length; i++) {
      double x = Math.abs(rho[i]);
      double arccos = Math.sqrt(1 - x) * (angle[i] * (2 * x - 1) + C0);
      angle[i] = rho[i] < 0 ? arccos : Math.PI - arccos;
    }
  }

  /** What stands above C₀, divided by u, at |x|. */
  private static void polynomial(double[] x, double[] p, int length) {
    for (int i = 0; i < length; i++) {
      double u = 2 * Math.abs(x[i]) - 1;
      p[i] = ((((C18 * u + C17) * u + C16) * u + C15) * u + C14) * u + C13;
    }
    for (int i = 0; i < length; i++) {
      double u = 2 * Math.abs(x[i]) - 1;
      double u2 = u * u;
      double u4 = u2 * u2;
      p[i] = p[i] * (u4 * u2) + ((C12 * u + C11) * u4 + (C10 * u + C9) * u2 + (C8 * u + C7));
    }
    for (int i = 0; i < length; i++) {
      double u = 2 * Math.abs(x[i]) - 1;
      double u2 = u * u;
      double u4 = u2 * u2;
      p[i] = p[i] * (u4 * u2) + ((C6 * u + C5) * u4 + (C4 * u + C3) * u2 + (C2 * u + C1));
    }
  }

  private static void apply(
      double[] sigma,
      double[] theta,
      int at,
      double[] rowNorm,
      int rowFrom,
      double right,
      double[] rho,
      double[] angle,
      int length) {
    for (int i = 0; i < length; i++) {
      double x = rho[i];
      double root = Math.sqrt((1 - x) * (1 + x));
      double value = rowNorm[rowFrom + i] * right * ((x * angle[i] + root) * INVERSE_PI);
      theta[at + i] = theta[at + i] * (angle[i] * INVERSE_PI) + value;
      sigma[at + i] = value;
    }
  }
}
