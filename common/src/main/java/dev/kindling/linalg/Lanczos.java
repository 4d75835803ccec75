package dev.kindling.linalg;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Extreme eigenvalues of a symmetric matrix that is known by its products alone (Lanczos 1950),
 * with full reorthogonalisation.
 *
 * <p>The Ritz values lie between the smallest and the largest eigenvalue, up to rounding: a
 * negative one shows that the matrix is not positive semidefinite; none in k steps is no proof that
 * it is.
 *
 * <p>k products, O(n k²) further time, 8 n k bytes.
 *
 * @param ritz ascending
 * @param steps k, fewer than asked for if the vectors span an invariant subspace before
 */
public record Lanczos(double[] ritz, int steps) {
  /** Below this share of the first product's norm a new direction is rounding. */
  private static final double EXHAUSTED = 1e-13;

  /**
   * @param n order of the matrix
   * @param product gives A x for an x of n values that it does not modify
   * @param most steps at most
   * @param seed of the first vector
   * @throws IllegalArgumentException if a product is not finite
   */
  public static Lanczos of(int n, UnaryOperator<double[]> product, int most, long seed) {
    int steps = Math.min(n, most);
    double[][] basis = new double[steps][];
    double[] diagonal = new double[steps];
    double[] below = new double[steps];
    SplittableRandom random = new SplittableRandom(seed);
    double[] next = random.doubles(n, -1, 1).toArray();
    double scale = 0;
    int k = 0;
    double norm = norm(next);
    while (k < steps) {
      basis[k] = scaled(next, 1 / norm);
      next = product.apply(basis[k]).clone();
      scale = Math.max(scale, norm(next));
      if (!Double.isFinite(scale)) {
        throw new IllegalArgumentException("a product is not finite");
      }
      diagonal[k] = dot(next, basis[k]);
      for (int pass = 0; pass < 2; pass++) { // twice is enough (Parlett 1980)
        for (int j = 0; j <= k; j++) {
          add(next, -dot(next, basis[j]), basis[j]);
        }
      }
      norm = norm(next);
      k++;
      if (!(norm > EXHAUSTED * scale)) {
        break;
      }
      if (k < steps) {
        below[k] = norm;
      }
    }
    Matrix tridiagonal = Matrix.zeros(k, k);
    for (int j = 0; j < k; j++) {
      tridiagonal.values()[j * k + j] = diagonal[j];
      if (j > 0) {
        tridiagonal.values()[j * k + j - 1] = below[j];
        tridiagonal.values()[(j - 1) * k + j] = below[j];
      }
    }
    double[] ritz = SymmetricEigen.of(tridiagonal).values().clone();
    Arrays.sort(ritz);
    return new Lanczos(ritz, k);
  }

  public double smallest() {
    return ritz[0];
  }

  public double largest() {
    return ritz[ritz.length - 1];
  }

  private static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double[] scaled(double[] x, double factor) {
    double[] scaled = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      scaled[i] = factor * x[i];
    }
    return scaled;
  }

  private static void add(double[] x, double factor, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += factor * y[i];
    }
  }
}
