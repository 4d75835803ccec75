package dev.kindling.linalg;

import dev.kindling.Words;

/**
 * The reduced singular value decomposition A = U·diag(s)·Vᵀ, A m×n and k = min(m, n).
 *
 * @param u m×k with orthonormal columns
 * @param values s, descending, not negative
 * @param vt k×n with orthonormal rows
 */
public record Svd(Matrix u, double[] values, Matrix vt) {
  /**
   * By divide and conquer (LAPACK dgesdd).
   *
   * @param a not modified
   * @throws FactorisationException if it does not converge, which finite input hardly ever does
   * @throws IllegalArgumentException if A is empty or has an entry that is not finite
   */
  public static Svd of(Matrix a) {
    a.requireEntries("SVD");
    if (a.rows() > a.cols()) {
      // netlib 3.2.0 checks the reduced U of a tall matrix as if it were m×m, and refuses it.
      Svd wide = of(a.transpose());
      return new Svd(wide.vt.transpose(), wide.values, wide.u.transpose());
    }
    Breeze.SvdTriple t =
        Breeze.svd(a)
            .orElseThrow(
                () ->
                    new FactorisationException(
                        Words.of(
                            "the singular values of a %s matrix do not converge (LAPACK dgesdd, info > 0)",
                            a.shape()),
                        0));
    return new Svd(t.u(), t.s(), t.vt());
  }
}
