package dev.kindling.gntk;

/**
 * What {@link ArcCosine} does, in floats, by the same passes.
 *
 * <p>A ρ of 1 is off by an ulp or two after rounding, and the arccosine of that by 5e-4; and nodes
 * that differ have ρ = 1 often, as the neighbourhoods {a} and {a, a} have. So ρ within 2⁻²³ of ±1
 * is taken for ±1. From 2⁻²² on it is left as it is, and between the two it is monotone.
 *
 * <p>Not for several threads at once: it holds two rows of numbers.
 */
final class FloatArcCosine {
  private static final float PI = (float) Math.PI;
  private static final float INVERSE_PI = (float) (1 / Math.PI);
  private static final int RUN = 1024;

  /** Where ρ begins to be drawn to 1: beyond it, its distance from here doubles. */
  private static final float NEAR = 1 - 0x1p-22f;

  /*
   * arccos(x) / √(1−x) on [0, 1] in powers of u = 2x − 1: the degree-8 Chebyshev interpolant (its
   * values at the nine roots of T₉, by numpy's chebfit and cheb2poly), 5e-9 before rounding.
   */
  private static final float C0 = 1.480961f;
  private static final float C1 = -0.07601606f;
  private static final float C2 = 0.011029306f;
  private static final float C3 = -0.0021494878f;
  private static final float C4 = 0.00048215524f;
  private static final float C5 = -0.00011616667f;
  private static final float C6 = 2.9829398e-5f;
  private static final float C7 = -9.659769e-6f;
  private static final float C8 = 2.6739524e-6f;

  private final boolean signed;
  private final float[] rho = new float[RUN];
  private final float[] angle = new float[RUN];

  /**
   * @param signed whether covariances may be negative, as those of one-hot tags are not
   */
  FloatArcCosine(boolean signed) {
    this.signed = signed;
  }

  /**
   * Replaces each σ and θ by their values after some ReLU layers, as {@link ArcCosine#layers} does.
   *
   * @param count R
   * @param sigma m×n covariances, column-major. Modified
   * @param theta m×n tangent kernels, column-major. Modified
   * @param rowNorm m standard deviations, not negative. Not modified
   * @param colNorm n standard deviations, not negative. Not modified
   */
  void layers(int count, float[] sigma, float[] theta, float[] rowNorm, float[] colNorm) {
    int m = rowNorm.length;
    for (int j = 0; j < colNorm.length; j++) {
      for (int i = 0; i < m; i += RUN) {
        int length = Math.min(RUN, m - i);
        for (int layer = 0; layer < count; layer++) {
          correlate(sigma, j * m + i, rowNorm, i, colNorm[j], rho, length);
          if (signed && layer == 0) {
            signedAngles(rho, angle, length);
          } else {
            angles(rho, angle, length);
          }
          apply(sigma, theta, j * m + i, rowNorm, i, colNorm[j], rho, angle, length);
        }
      }
    }
  }

  private static void correlate(
      float[] sigma, int at, float[] rowNorm, int rowFrom, float right, float[] rho, int length) {
    for (int i = 0; i < length; i++) {
      rho[i] = sigma[at + i] / Math.max(rowNorm[rowFrom + i] * right, Float.MIN_NORMAL);
    }
    for (int i = 0; i < length; i++) {
      rho[i] += Math.max(0, rho[i] - NEAR) + Math.min(0, rho[i] + NEAR);
    }
    for (int i = 0; i < length; i++) {
      rho[i] = Math.max(-1, Math.min(1, rho[i]));
    }
  }

  /**
   * π − arccos ρ for ρ in [0, 1].
   *
   * @param angle the first {@code length} values. Modified
   */
  static void angles(float[] rho, float[] angle, int length) {
    polynomial(rho, angle, length);
    for (int i = 0; i < length; i++) {
      angle[i] = PI - (float) Math.sqrt(1 - rho[i]) * (angle[i] * (2 * rho[i] - 1) + C0);
    }
  }

  /** π − arccos ρ for ρ in [−1, 1]. */
  static void signedAngles(float[] rho, float[] angle, int length) {
    polynomial(rho, angle, length);
    for (int i = 0; i < length; i++) {
      float x = Math.abs(rho[i]);
      angle[i] = (float) Math.sqrt(1 - x) * (angle[i] * (2 * x - 1) + C0);
    }
    for (int i = 0; i < length; i++) {
      float sign = rho[i] / Math.max(Math.abs(rho[i]), Float.MIN_NORMAL); // no branch; 0 at 0
      angle[i] = PI * (0.5f + 0.5f * sign) - sign * angle[i];
    }
  }

  /** What stands above C₀, divided by u, at |x|. */
  private static void polynomial(float[] x, float[] p, int length) {
    for (int i = 0; i < length; i++) {
      float u = 2 * Math.abs(x[i]) - 1;
      float u2 = u * u;
      p[i] =
          ((C8 * u + C7) * u2 + (C6 * u + C5)) * (u2 * u2) + ((C4 * u + C3) * u2 + (C2 * u + C1));
    }
  }

  private static void apply(
      float[] sigma,
      float[] theta,
      int at,
      float[] rowNorm,
      int rowFrom,
      float right,
      float[] rho,
      float[] angle,
      int length) {
    for (int i = 0; i < length; i++) {
      float x = rho[i];
      float root = (float) Math.sqrt((1 - x) * (1 + x));
      float value = rowNorm[rowFrom + i] * right * ((x * angle[i] + root) * INVERSE_PI);
      theta[at + i] = theta[at + i] * (angle[i] * INVERSE_PI) + value;
      sigma[at + i] = value;
    }
  }
}
