package dev.kindling.nystrom;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.io.Serializable;

/**
 * Ridge leverage scores ℓ_i(λ) = (K (K + λI)⁻¹)_ii, approximated from p pilot columns drawn evenly
 * (one step of Musco and Musco 2017, arXiv 1605.07583, algorithm 3): ℓ_i ≈ (K_ii − k_iᵀ (K_pp + λ
 * p/n I)⁻¹ k_i)/λ, at most 1. Rows that the pilot explains badly score high.
 *
 * <p>λ is such that the pilot's spectrum, as that of K, has effective dimension half the number of
 * landmarks: then so many columns, drawn by their scores, leave little out.
 *
 * @param lambda λ
 * @param root M, p×p, with (K_pp + λ p/n I)⁻¹ = M Mᵀ
 */
public record LeverageScores(double lambda, Matrix root) implements Serializable {
  private static final int BISECTIONS = 200;

  /**
   * Prepares the scores.
   *
   * @param pilot K_pp, symmetric, not all zero. Not modified
   * @param rows n
   * @param landmarks how many are to be drawn
   */
  public static LeverageScores of(Matrix pilot, long rows, int landmarks) {
    SymmetricEigen eigen = SymmetricEigen.of(pilot);
    int p = pilot.rows();
    double grown = (double) rows / p;
    double lambda = lambda(eigen.values(), grown, landmarks / 2.0);
    Matrix root = Matrix.zeros(p, p);
    for (int k = 0; k < p; k++) {
      double scale = 1 / Math.sqrt(Math.max(0, eigen.values()[k]) + lambda / grown);
      for (int i = 0; i < p; i++) {
        root.set(i, k, eigen.vectors().get(i, k) * scale);
      }
    }
    return new LeverageScores(lambda, root);
  }

  /** Where Σ s/(s + λ) is the dimension, or 1e-10 of the largest s if it is lower everywhere. */
  private static double lambda(double[] spectrum, double grown, double dimension) {
    double high = grown * spectrum[spectrum.length - 1] * spectrum.length;
    double low = 1e-10 * grown * spectrum[spectrum.length - 1];
    for (int step = 0; step < BISECTIONS && high > low * (1 + 1e-12); step++) {
      double middle = Math.sqrt(low * high);
      double sum = 0;
      for (double s : spectrum) {
        double value = grown * Math.max(0, s);
        sum += value / (value + middle);
      }
      if (sum > dimension) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The scores of some rows.
   *
   * @param columns their kernel with the pilot, p×n: a column a row of K. Not modified
   * @param diagonal K_ii, n. Not modified
   * @return n, each between 0 and 1
   */
  public double[] of(Matrix columns, double[] diagonal) {
    Matrix projected = Matrix.zeros(root.cols(), columns.cols());
    Blas.gemm(true, false, 1, root, columns, 0, projected);
    double[] scores = new double[columns.cols()];
    for (int i = 0; i < scores.length; i++) {
      double explained = 0;
      for (int k = 0; k < projected.rows(); k++) {
        explained += projected.get(k, i) * projected.get(k, i);
      }
      scores[i] = Math.min(1, Math.max(0, (diagonal[i] - explained) / lambda));
    }
    return scores;
  }
}
