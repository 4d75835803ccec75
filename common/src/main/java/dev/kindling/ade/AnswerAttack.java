package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * The attack of one who sees answers alone, a number each: of random directions v with answers d̃,
 * the sum Σ (d̃² − mean) v vᵀ leans towards what the sketch sees too large; its first and last
 * eigenvectors are the directions in which a fixed sketch is most wrong.
 *
 * <p>Memory: 8·k² bytes and a block of directions.
 */
public final class AnswerAttack {
  private static final int BLOCK = 256;

  private final int k;
  private final Matrix products;
  private final Matrix sums;
  private final Matrix block;
  private double squares;
  private int filled;
  private long answers;

  /**
   * @param k of the directions
   */
  public AnswerAttack(int k) {
    this.k = k;
    this.products = Matrix.zeros(k, k);
    this.sums = Matrix.zeros(k, k);
    this.block = Matrix.zeros(k, 2 * BLOCK);
  }

  /**
   * Takes an answer.
   *
   * @param v the direction that was asked for, of length k. Not modified
   * @param estimate of |v|
   */
  public void answered(double[] v, double estimate) {
    double[] values = block.values();
    for (int i = 0; i < k; i++) {
      values[filled * k + i] = v[i];
      values[(BLOCK + filled) * k + i] = estimate * estimate * v[i];
    }
    squares += estimate * estimate;
    answers++;
    filled++;
    if (filled == BLOCK) {
      flush();
    }
  }

  private void flush() {
    double[] values = block.values();
    Arrays.fill(values, filled * k, BLOCK * k, 0);
    Matrix plain = Matrix.of(k, BLOCK, Arrays.copyOf(values, BLOCK * k));
    Matrix weighted = Matrix.of(k, BLOCK, Arrays.copyOfRange(values, BLOCK * k, 2 * BLOCK * k));
    Arrays.fill(weighted.values(), filled * k, BLOCK * k, 0);
    Blas.gemm(false, true, 1, weighted, plain, 1, products);
    Blas.gemm(false, true, 1, plain, plain, 1, sums);
    filled = 0;
  }

  /** Answers so far. */
  public long answers() {
    return answers;
  }

  /** The directions, of length 1, that are seen too small and too large. */
  public double[][] directions() {
    flush();
    Matrix leaning = Matrix.zeros(k, k);
    double mean = squares / answers;
    for (int j = 0; j < k; j++) {
      for (int i = 0; i <= j; i++) {
        double value = products.get(i, j) - mean * sums.get(i, j);
        leaning.set(i, j, value);
        leaning.set(j, i, value);
      }
    }
    Matrix vectors = SymmetricEigen.of(leaning).vectors();
    return new double[][] {GramAttack.column(vectors, 0), GramAttack.column(vectors, k - 1)};
  }
}
