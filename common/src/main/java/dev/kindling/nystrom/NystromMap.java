package dev.kindling.nystrom;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.io.Serializable;

/**
 * Nyström's approximation K ≈ C W⁺ Cᵀ (Williams and Seeger 2001) of a kernel by its columns C at m
 * landmarks and their own kernel W, as features: K ≈ FᵀF with F = TᵀCᵀ and T = V S^{−1/2} from the
 * r eigenvalues S of W that are not zero. It is exact where W has the rank of K, and never more
 * than K: K − FᵀF is positive semidefinite.
 *
 * @param map T, m×r
 * @param spectrum eigenvalues of W, ascending, m
 */
public record NystromMap(Matrix map, double[] spectrum) implements Serializable {
  /**
   * Eigenvalues of W below this share of the largest are taken for zero. Landmarks that the kernel
   * cannot tell apart make some; a feature from rounding errors would be noise as large as any.
   */
  public static final double TOLERANCE = 1e-10;

  /**
   * Decomposes. 9 m³ flops, 5 m² doubles.
   *
   * @param landmarks W, m×m, symmetric, not all zero. Not modified
   * @throws IllegalArgumentException if no eigenvalue is positive
   */
  public static NystromMap of(Matrix landmarks) {
    SymmetricEigen eigen = SymmetricEigen.of(landmarks);
    int m = landmarks.rows();
    double[] values = eigen.values();
    double least = TOLERANCE * values[m - 1];
    int first = 0;
    while (first < m && !(values[first] > least)) {
      first++;
    }
    if (first == m) {
      throw new IllegalArgumentException("the kernel between the landmarks is zero");
    }
    Matrix map = Matrix.zeros(m, m - first);
    for (int k = 0; k < m - first; k++) {
      int column = m - 1 - k; // the largest first
      double scale = 1 / Math.sqrt(values[column]);
      for (int i = 0; i < m; i++) {
        map.set(i, k, eigen.vectors().get(i, column) * scale);
      }
    }
    return new NystromMap(map, values);
  }

  /** Number of features, r. */
  public int rank() {
    return map.cols();
  }

  /**
   * F of some rows of K.
   *
   * @param columns their kernel with the landmarks, m×n: a column a row of K. Not modified
   * @return r×n
   */
  public Matrix features(Matrix columns) {
    Matrix features = Matrix.zeros(rank(), columns.cols());
    Blas.gemm(true, false, 1, map, columns, 0, features);
    return features;
  }
}
