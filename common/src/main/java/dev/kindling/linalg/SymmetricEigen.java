package dev.kindling.linalg;

import org.netlib.util.intW;

/**
 * A = V·diag(λ)·Vᵀ of a symmetric matrix.
 *
 * @param values λ, ascending
 * @param vectors V: column i belongs to λᵢ; orthonormal
 */
public record SymmetricEigen(double[] values, Matrix vectors) {
  /**
   * By divide and conquer, called directly: breeze's eigSym takes dsyev, which at n = 2000 is five
   * times as slow, and spends as much again on checking and copying.
   *
   * <p>About 4n³ flops and 3n² more doubles.
   *
   * @param a symmetric. Not modified.
   * @throws FactorisationException if it does not converge
   * @throws IllegalArgumentException if A is not symmetric, has an entry that is not finite, or is
   *     so large (n > 32,000) that LAPACK's workspace does not fit into one array
   */
  public static SymmetricEigen of(Matrix a) {
    a.requireSymmetric("eigenvalues");
    int n = a.rows();
    if (n == 0) {
      return new SymmetricEigen(new double[0], a);
    }
    if (1 + 6L * n + 2L * n * n > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "eigenvalues: the workspace of a " + a.shape() + " matrix does not fit into one array");
    }
    double[] v = a.values().clone();
    double[] lambda = new double[n];
    double[] work = new double[1 + 6 * n + 2 * n * n];
    int[] iwork = new int[3 + 5 * n];
    intW info = new intW(0);
    Blas.lapack().dsyevd("V", "L", n, v, n, lambda, work, work.length, iwork, iwork.length, info);
    LapackInfo.check(
        "dsyevd", info.val, "the eigenvalues do not converge (off-diagonal block code %d)");
    return new SymmetricEigen(lambda, Matrix.of(n, n, v));
  }
}
