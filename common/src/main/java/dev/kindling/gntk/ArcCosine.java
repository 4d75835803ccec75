package dev.kindling.gntk;

/**
 * Arc-cosine kernels of a ReLU layer at correlation ρ.
 *
 * <p>κ₀(ρ) = (π − arccos ρ)/π and κ₁(ρ) = (ρ(π − arccos ρ) + √(1−ρ²))/π, Cho and Saul 2009, eq. 6.
 * ρ is clipped to [−1, 1]: rounding puts entries of a Gram matrix a few ulps outside.
 */
final class ArcCosine {
  private static final double INVERSE_PI = 1 / Math.PI;

  /**
   * arccos(x) / √(1−x) on [0, 1] in powers of u = 2x − 1: the degree-18 Chebyshev interpolant,
   * 2e-17 relative before rounding.
   */
  private static final double[] ACOS = {
    1.480960979386122,
    -0.0760160912346654,
    0.011029313317978552,
    -0.002149135858989634,
    0.0004820541005764209,
    -0.0001174125045895998,
    3.018716999184834e-05,
    -8.063536126055667e-06,
    2.216019758302968e-06,
    -6.225475446758364e-07,
    1.7797338327760117e-07,
    -5.1570659071542255e-08,
    1.5131804766903207e-08,
    -4.543226886430638e-09,
    1.3586330259282336e-09,
    -3.555938648200568e-10,
    1.0744638228659012e-10,
    -5.95055720852942e-11,
    1.8301166660387483e-11
  };

  private ArcCosine() {}

  /**
   * Replaces each σ and θ by their values after one ReLU layer (Du et al. 2019, eq. 9). Where a
   * standard deviation is zero the pair stays zero: the public implementation divides 0 by 0 there.
   *
   * @param sigma m×n covariances, column-major. Modified
   * @param theta m×n tangent kernels, column-major. Modified
   * @param rowNorm m standard deviations from {@code rowFrom} on, not negative. Not modified
   * @param colNorm n standard deviations from {@code colFrom} on, not negative. Not modified
   */
  static void layer(
      double[] sigma,
      double[] theta,
      double[] rowNorm,
      int rowFrom,
      int m,
      double[] colNorm,
      int colFrom,
      int n) {
    for (int j = 0, k = 0; j < n; j++) {
      double right = colNorm[colFrom + j];
      for (int i = 0; i < m; i++, k++) {
        double scale = rowNorm[rowFrom + i] * right;
        if (scale == 0) {
          continue;
        }
        double rho = Math.max(-1, Math.min(1, sigma[k] / scale));
        double angle = Math.PI - acos(rho);
        double kappa1 = (rho * angle + Math.sqrt((1 - rho) * (1 + rho))) * INVERSE_PI;
        theta[k] =
            theta[k] * (angle * INVERSE_PI) + scale * kappa1; // κ₀ from ρ, before σ is overwritten
        sigma[k] = scale * kappa1;
      }
    }
  }

  /**
   * arccos x for x in [−1, 1] to 1.4e-15 (3 ulps of π), 1e-15 relative near 1; several times faster
   * than Math.acos.
   */
  static double acos(double x) {
    double positive = Math.abs(x);
    double root = Math.sqrt(1 - positive) * polynomial(2 * positive - 1);
    return x < 0 ? Math.PI - root : root;
  }

  private static double polynomial(double u) {
    // Estrin's scheme by hand: four independent chains in u⁴ keep the pipeline full.
    double u2 = u * u;
    double u4 = u2 * u2;
    double a = ACOS[16] * u4 + ACOS[12];
    double b = ACOS[17] * u4 + ACOS[13];
    double c = ACOS[18] * u4 + ACOS[14];
    double d = ACOS[15];
    a = (a * u4 + ACOS[8]) * u4 + ACOS[4];
    b = (b * u4 + ACOS[9]) * u4 + ACOS[5];
    c = (c * u4 + ACOS[10]) * u4 + ACOS[6];
    d = (d * u4 + ACOS[11]) * u4 + ACOS[7];
    a = a * u4 + ACOS[0];
    b = b * u4 + ACOS[1];
    c = c * u4 + ACOS[2];
    d = d * u4 + ACOS[3];
    return (a + b * u) + (c + d * u) * u2;
  }
}
