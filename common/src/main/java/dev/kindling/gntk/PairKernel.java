package dev.kindling.gntk;

import dev.kindling.linalg.Precision;

/**
 * Σ^l and Θ^l between two sets of colours or nodes, column-major, taken from level to level: Σ = P
 * Σ P'ᵀ by gathers along the sparse rows of P and P', then R ReLU layers.
 *
 * <p>Memory: four times the largest rows × columns in the numbers of A. It may be started again for
 * another pair, which takes the same memory. A row's values do not depend on the other rows.
 *
 * @param <A> {@code double[]} or {@code float[]}: all loops over numbers are in the subclass
 */
abstract class PairKernel<A> {
  private int rows;
  private int columns;
  private A sigma;
  private A theta;
  private A spareSigma;
  private A spareTheta;

  /** Whether Θ still is Σ, as it is before the first block. */
  private boolean same;

  private int heldRows;
  private boolean heldSame;

  /**
   * @param signed whether covariances may be negative
   */
  static PairKernel<?> of(Precision precision, boolean signed) {
    return precision == Precision.FLOAT
        ? new FloatPairKernel(signed)
        : new DoublePairKernel(signed);
  }

  /** Level 0, all zero. */
  final void start(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
    int length = Math.multiplyExact(rows, columns);
    sigma = memory(sigma, length);
    clear(sigma, length);
    same = true;
  }

  final int rows() {
    return rows;
  }

  final int columns() {
    return columns;
  }

  /** rows × columns values, column-major, from its start on. */
  final A sigma() {
    return sigma;
  }

  /** rows × columns values, column-major, from its start on. */
  final A theta() {
    return same ? sigma : theta;
  }

  /** Σ = P Σ P'ᵀ, and Θ likewise. */
  final void aggregate(SparseRows rowSide, SparseRows columnSide) {
    int length = Math.multiplyExact(rowSide.rows(), columnSide.rows());
    spareSigma = memory(spareSigma, length);
    aggregate(sigma, rowSide, columnSide, spareSigma);
    A free = sigma;
    sigma = spareSigma;
    spareSigma = free;
    if (same) {
      theta = memory(theta, length);
      System.arraycopy(sigma, 0, theta, 0, length);
    } else {
      spareTheta = memory(spareTheta, length);
      aggregate(theta, rowSide, columnSide, spareTheta);
      free = theta;
      theta = spareTheta;
      spareTheta = free;
    }
    same = false;
    rows = rowSide.rows();
    columns = columnSide.rows();
  }

  /** Keeps this level, so that {@link #strip} can take columns of the next from it. */
  final void hold() {
    A free = sigma;
    sigma = spareSigma;
    spareSigma = free;
    free = theta;
    theta = spareTheta;
    spareTheta = free;
    heldRows = rows;
    heldSame = same;
  }

  /**
   * Some columns of P Σ P'ᵀ, and Θ likewise, of the level that is held.
   *
   * @param columnSide their rows of P'
   */
  final void strip(SparseRows rowSide, SparseRows columnSide) {
    rows = heldRows;
    int length = Math.multiplyExact(rowSide.rows(), columnSide.rows());
    sigma = memory(sigma, length);
    aggregate(spareSigma, rowSide, columnSide, sigma);
    theta = memory(theta, length);
    if (heldSame) {
      System.arraycopy(sigma, 0, theta, 0, length);
    } else {
      aggregate(spareTheta, rowSide, columnSide, theta);
    }
    same = false;
    rows = rowSide.rows();
    columns = columnSide.rows();
  }

  /** Level 0 of one-hot tags, if there are any: adds 1 where they are equal. */
  abstract void addEqual(int[] rowTags, int[] columnTags);

  /** Adds Σ_k x_k(u) y_k(v), the inner products of features that are given feature by feature. */
  abstract void addProducts(double[][] rowFeatures, double[][] columnFeatures);

  abstract double sigma(int row, int column);

  /**
   * Says, before the layers, that a row and a column are the same colour, so that ρ = 1 exactly:
   * rounding would turn it into an angle of 1e-8, with floats of 5e-4.
   */
  abstract void equal(int row, int column, double rowNorm, double columnNorm);

  /** The ReLU layers, in place. */
  abstract void layers(int count, double[] rowNorms, double[] columnNorms);

  /**
   * Adds {@code count} times a column of Θ.
   *
   * @param sums rows values from {@code at} on. Modified
   */
  abstract void addTheta(double count, int column, double[] sums, int at);

  /** The spare array if it is long enough, its values as they are; otherwise a new one. */
  abstract A memory(A spare, int length);

  abstract void clear(A values, int length);

  /**
   * P x P'ᵀ.
   *
   * @param x rows × columns. Not modified
   * @param whole as many as the two sides have rows. Modified
   */
  abstract void aggregate(A x, SparseRows rowSide, SparseRows columnSide, A whole);
}
