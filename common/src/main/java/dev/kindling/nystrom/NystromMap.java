package dev.kindling.nystrom;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.PivotedCholesky;
import dev.kindling.linalg.TriangularInverse;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Nyström's approximation K ≈ C W⁺ Cᵀ (Williams and Seeger 2001) of a kernel by its columns C at m
 * landmarks and their own kernel W, as features: K ≈ FᵀF with F = L⁻¹Cᵀ and the pivoted Cholesky
 * factor L of W. It is exact where W has the rank of K, and K − FᵀF is positive semidefinite.
 * Landmarks that the others explain are left out.
 *
 * <p>A kernel that is a sum of kernels is approximated part by part, K ≈ Σ_p C_p W_p⁺ C_pᵀ, with
 * the features of the parts one below the other. From the same landmarks this is never worse: C W⁺
 * Cᵀ is convex and homogeneous in (C, W) together, so that K ⪰ Σ_p C_p W_p⁺ C_pᵀ ⪰ C W⁺ Cᵀ for C =
 * Σ C_p and W = Σ W_p. Parts may have different landmarks. There are up to Σ m_p features, which
 * {@link #turned} makes fewer.
 */
public final class NystromMap implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A landmark of which the others leave less than this share of its own kernel is taken for a
   * combination of them: a feature from rounding errors would be noise as large as any.
   */
  public static final double TOLERANCE = 1e-10;

  private final int[] landmarks;

  /** By part: the landmarks that are kept, r_p. */
  private final int[][] kept;

  /** By part: M_p, so that M_p C_pᵀ at the landmarks that are kept are features, how many × r_p. */
  private final Matrix[] maps;

  /** By part: the first of the features that it adds to. */
  private final int[] first;

  private final int rank;

  private NystromMap(int[] landmarks, int[][] kept, Matrix[] maps, int[] first, int rank) {
    this.landmarks = landmarks;
    this.kept = kept;
    this.maps = maps;
    this.first = first;
    this.rank = rank;
  }

  /**
   * Decomposes. About m³ flops a part.
   *
   * @param landmarks W_p, m_p×m_p, symmetric. Modified: they are the map's memory
   * @throws IllegalArgumentException if all are zero
   */
  public static NystromMap of(Matrix... landmarks) {
    int parts = landmarks.length;
    int[] counts = Arrays.stream(landmarks).mapToInt(Matrix::rows).toArray();
    int[][] kept = new int[parts][];
    Matrix[] maps = new Matrix[parts];
    int[] first = new int[parts];
    int rank = 0;
    for (int part = 0; part < parts; part++) {
      double[] scales = scales(landmarks[part]);
      scale(landmarks[part], scales, scales);
      PivotedCholesky cholesky = PivotedCholesky.of(landmarks[part], TOLERANCE);
      kept[part] = cholesky.pivots();
      maps[part] = cholesky.l();
      TriangularInverse.of(maps[part]);
      double[] ones = new double[kept[part].length];
      Arrays.fill(ones, 1);
      scale(maps[part], ones, Arrays.stream(kept[part]).mapToDouble(i -> scales[i]).toArray());
      first[part] = rank;
      rank += kept[part].length;
    }
    if (rank == 0) {
      throw new IllegalArgumentException("the kernel between the landmarks is zero");
    }
    return new NystromMap(counts, kept, maps, first, rank);
  }

  /** 1/√W_ii, 0 for 0. */
  private static double[] scales(Matrix own) {
    double[] scales = new double[own.rows()];
    Arrays.setAll(scales, i -> own.get(i, i) > 0 ? 1 / Math.sqrt(own.get(i, i)) : 0);
    return scales;
  }

  private static void scale(Matrix a, double[] rows, double[] columns) {
    double[] values = a.values();
    for (int j = 0, k = 0; j < columns.length; j++) {
      for (int i = 0; i < rows.length; i++, k++) {
        values[k] *= rows[i] * columns[j];
      }
    }
  }

  /**
   * The features VᵀF in the place of F.
   *
   * @param directions V, r×k. Not modified
   */
  public NystromMap turned(Matrix directions) {
    Matrix[] turned = new Matrix[maps.length];
    for (int part = 0; part < maps.length; part++) {
      turned[part] = Matrix.zeros(directions.cols(), maps[part].cols());
      Blas.gemm(
          true,
          false,
          1,
          rows(directions, first[part], maps[part].rows()),
          maps[part],
          0,
          turned[part]);
    }
    return new NystromMap(landmarks, kept, turned, new int[maps.length], directions.cols());
  }

  private static Matrix rows(Matrix of, int first, int count) {
    Matrix rows = Matrix.zeros(count, of.cols());
    for (int c = 0; c < of.cols(); c++) {
      System.arraycopy(of.values(), c * of.rows() + first, rows.values(), c * count, count);
    }
    return rows;
  }

  /** Number of parts. */
  public int parts() {
    return maps.length;
  }

  /** Number of landmarks of a part, m_p. */
  public int landmarks(int part) {
    return landmarks[part];
  }

  /** How many of them are not combinations of the others. */
  public int rank(int part) {
    return kept[part].length;
  }

  /** Number of features of all parts, r. */
  public int rank() {
    return rank;
  }

  /**
   * F of some rows of K.
   *
   * @param columns C_pᵀ by part, m_p×n: a column a row of K. Not modified
   * @return r×n
   */
  public Matrix features(Matrix... columns) {
    int rows = columns[0].cols();
    Matrix features = Matrix.zeros(rank, rows);
    for (int part = 0; part < maps.length && rows > 0; part++) {
      Matrix map = maps[part];
      if (map.cols() > 0) {
        Matrix used = some(columns[part], kept[part]);
        Blas.gemm(
            false,
            false,
            map.rows(),
            rows,
            map.cols(),
            1,
            map.values(),
            0,
            map.rows(),
            used.values(),
            0,
            map.cols(),
            1,
            features.values(),
            first[part],
            rank);
      }
    }
    return features;
  }

  private static Matrix some(Matrix of, int[] rows) {
    Matrix some = Matrix.zeros(rows.length, of.cols());
    double[] from = of.values();
    double[] to = some.values();
    for (int c = 0, k = 0; c < of.cols(); c++) {
      for (int row : rows) {
        to[k++] = from[c * of.rows() + row];
      }
    }
    return some;
  }

  /**
   * A function that is linear in the features, as one that is linear in the kernel's columns.
   *
   * @param weights of the features, r×c. Not modified
   * @return M_pᵀ w_p by part, m_p×c
   */
  public Matrix[] coefficients(Matrix weights) {
    Matrix[] coefficients = new Matrix[maps.length];
    for (int part = 0; part < maps.length; part++) {
      Matrix some = Matrix.zeros(kept[part].length, weights.cols());
      Blas.gemm(true, false, 1, maps[part], rows(weights, first[part], maps[part].rows()), 0, some);
      coefficients[part] = Matrix.zeros(landmarks[part], weights.cols());
      for (int c = 0; c < weights.cols(); c++) {
        for (int k = 0; k < kept[part].length; k++) {
          coefficients[part].set(kept[part][k], c, some.get(k, c));
        }
      }
    }
    return coefficients;
  }
}
