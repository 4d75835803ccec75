package dev.kindling.linalg;

import java.util.Optional;
import org.netlib.util.intW;

/** A·X = B with a square A, by LU with partial pivoting; 2n³/3 flops. */
public final class LinearSystem {
  private LinearSystem() {}

  /**
   * @param a n×n. Not modified.
   * @param b n×m. Not modified.
   * @return X, n×m
   * @throws FactorisationException if A is singular, naming the pivot that is exactly zero
   * @throws IllegalArgumentException if shapes do not fit or an entry is not finite
   */
  public static Matrix solve(Matrix a, Matrix b) {
    a.requireSquare("solve");
    if (a.rows() != b.rows()) {
      throw new IllegalArgumentException(
          "solve: A is " + a.shape() + ", B is " + b.shape() + ": rows differ");
    }
    a.requireFinite("solve, A");
    b.requireFinite("solve, B");
    if (b.values().length == 0) {
      return b.copy();
    }
    Optional<Matrix> x = Breeze.solve(a, b);
    if (x.isEmpty()) {
      int n = a.rows();
      intW info = new intW(0);
      Blas.lapack().dgetrf(n, n, a.copy().values(), n, new int[n], info);
      LapackInfo.check("dgetrf", info.val, "the matrix is singular: pivot %d is exactly zero");
      throw new FactorisationException("the matrix is singular", 0);
    }
    return x.get();
  }
}
