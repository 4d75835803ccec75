package dev.kindling.linalg;

import java.util.Optional;
import org.netlib.util.intW;

/** A = L·Lᵀ of a symmetric positive definite matrix; n³/3 flops, two more n×n matrices. */
public final class Cholesky {
  private final Matrix l;

  private Cholesky(Matrix l) {
    this.l = l;
  }

  /**
   * @param a symmetric. Not modified.
   * @throws FactorisationException naming the first leading minor that is not positive definite
   * @throws IllegalArgumentException if A is not symmetric, or has an entry that is not finite
   */
  public static Cholesky of(Matrix a) {
    a.requireSymmetric("Cholesky");
    if (a.rows() == 0) {
      return new Cholesky(a);
    }
    Optional<Matrix> l = Breeze.cholesky(a);
    if (l.isEmpty()) {
      // Breeze does not tell where; LAPACK does.
      intW info = new intW(0);
      Blas.lapack().dpotrf("L", a.rows(), a.copy().values(), a.rows(), info);
      LapackInfo.check(
          "dpotrf", info.val, "the leading minor of order %d is not positive definite");
      throw new FactorisationException("the matrix is not positive definite", 0);
    }
    return new Cholesky(l.get());
  }

  /** Lower triangular, zeros above. */
  public Matrix l() {
    return l;
  }

  /**
   * X with A·X = B.
   *
   * @param b not modified
   * @throws IllegalArgumentException if B has another number of rows
   */
  public Matrix solve(Matrix b) {
    if (b.rows() != l.rows()) {
      throw new IllegalArgumentException(
          "Cholesky: A is " + l.shape() + ", B is " + b.shape() + ": rows differ");
    }
    b.requireFinite("Cholesky, right-hand side");
    Matrix x = b.copy();
    if (x.values().length > 0) {
      intW info = new intW(0);
      Blas.lapack()
          .dpotrs("L", l.rows(), b.cols(), l.values(), l.rows(), x.values(), b.rows(), info);
      LapackInfo.check("dpotrs", info.val, "unexpected code %d");
    }
    return x;
  }

  /** log det A = 2·Σ log Lᵢᵢ. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < l.rows(); i++) {
      sum += Math.log(l.get(i, i));
    }
    return 2 * sum;
  }
}
