package dev.kindling.nystrom;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Nyström's approximation K ≈ C W⁺ Cᵀ (Williams and Seeger 2001) of a kernel by its columns C at m
 * landmarks and their own kernel W, as features: K ≈ FᵀF with F = TᵀCᵀ and T = V S^{−1/2} from the
 * r eigenvalues S of W that are not zero. It is exact where W has the rank of K, and K − FᵀF is
 * positive semidefinite.
 *
 * <p>A kernel that is a sum of kernels is approximated part by part, K ≈ Σ_p C_p W_p⁺ C_pᵀ, with
 * the features of the parts one below the other. From the same landmarks this is never worse: C W⁺
 * Cᵀ is convex and homogeneous in (C, W) together, so that K ⪰ Σ_p C_p W_p⁺ C_pᵀ ⪰ C W⁺ Cᵀ for C =
 * Σ C_p and W = Σ W_p. There are up to p·m features.
 *
 * @param maps T_p by part, m×r_p
 * @param spectra eigenvalues of W_p by part, ascending, m
 */
public record NystromMap(Matrix[] maps, double[][] spectra) implements Serializable {
  /**
   * Eigenvalues of W below this share of the largest are taken for zero. Landmarks that the kernel
   * cannot tell apart make some; a feature from rounding errors would be noise as large as any.
   */
  public static final double TOLERANCE = 1e-10;

  /**
   * Decomposes. 9 m³ flops a part, 5 m² doubles.
   *
   * @param landmarks W_p, m×m, symmetric. Not modified
   * @throws IllegalArgumentException if no part has a positive eigenvalue
   */
  public static NystromMap of(Matrix... landmarks) {
    Matrix[] maps = new Matrix[landmarks.length];
    double[][] spectra = new double[landmarks.length][];
    for (int part = 0; part < maps.length; part++) {
      SymmetricEigen eigen = SymmetricEigen.of(landmarks[part]);
      maps[part] = map(eigen);
      spectra[part] = eigen.values();
    }
    NystromMap map = new NystromMap(maps, spectra);
    if (map.rank() == 0) {
      throw new IllegalArgumentException("the kernel between the landmarks is zero");
    }
    return map;
  }

  private static Matrix map(SymmetricEigen eigen) {
    double[] values = eigen.values();
    int m = values.length;
    double least = Math.max(0, TOLERANCE * values[m - 1]);
    int rank = (int) Arrays.stream(values).filter(s -> s > least).count();
    Matrix map = Matrix.zeros(m, rank);
    for (int k = 0; k < rank; k++) {
      int column = m - 1 - k; // the largest first
      double scale = 1 / Math.sqrt(values[column]);
      for (int i = 0; i < m; i++) {
        map.set(i, k, eigen.vectors().get(i, column) * scale);
      }
    }
    return map;
  }

  /** Number of landmarks, m. */
  public int landmarks() {
    return maps[0].rows();
  }

  /** Number of features of all parts, r. */
  public int rank() {
    return Arrays.stream(maps).mapToInt(Matrix::cols).sum();
  }

  /**
   * F of some rows of K.
   *
   * @param columns C_pᵀ by part, m×n: a column a row of K. Not modified
   * @return r×n
   */
  public Matrix features(Matrix... columns) {
    int rank = rank();
    int rows = columns[0].cols();
    Matrix features = Matrix.zeros(rank, rows);
    int from = 0;
    for (int part = 0; part < maps.length; part++) {
      Matrix map = maps[part];
      if (map.cols() > 0 && rows > 0) {
        Blas.gemm(
            true,
            false,
            map.cols(),
            rows,
            map.rows(),
            1,
            map.values(),
            0,
            map.rows(),
            columns[part].values(),
            0,
            map.rows(),
            0,
            features.values(),
            from,
            rank);
      }
      from += map.cols();
    }
    return features;
  }

  /**
   * A function that is linear in the features, as one that is linear in the kernel's columns.
   *
   * @param weights of the features, r×c. Not modified
   * @return T_p w_p by part, m×c
   */
  public Matrix[] coefficients(Matrix weights) {
    Matrix[] coefficients = new Matrix[maps.length];
    int from = 0;
    for (int part = 0; part < maps.length; part++) {
      Matrix map = maps[part];
      Matrix own = Matrix.zeros(map.cols(), weights.cols());
      for (int c = 0; c < own.cols(); c++) {
        for (int k = 0; k < own.rows(); k++) {
          own.set(k, c, weights.get(from + k, c));
        }
      }
      coefficients[part] = Blas.times(map, own);
      from += map.cols();
    }
    return coefficients;
  }
}
