package dev.kindling.linalg;

import org.netlib.util.intW;

/** L⁻¹ of a lower triangular matrix; n³/3 flops, no memory. */
public final class TriangularInverse {
  private TriangularInverse() {}

  /**
   * @param l lower triangular, zeros above. Modified: becomes its inverse
   * @throws FactorisationException naming the first diagonal entry that is zero
   * @throws IllegalArgumentException if L is not square or has an entry that is not finite
   */
  public static void of(Matrix l) {
    l.requireSquare("inverse");
    l.requireFinite("inverse");
    if (l.rows() > 0) {
      intW info = new intW(0);
      Blas.lapack().dtrtri("L", "N", l.rows(), l.values(), l.rows(), info);
      LapackInfo.check("dtrtri", info.val, "diagonal entry %d is zero");
    }
  }
}
