package dev.kindling.gntk;

import java.util.Arrays;

/**
 * Σ^l and Θ^l between two sets of colours or nodes, column-major, taken from level to level: Σ = P
 * Σ P'ᵀ by gathers along the sparse rows of P and P', then R ReLU layers.
 *
 * <p>Memory: 8 bytes times five times the largest rows × columns. It may be started again for
 * another pair, which takes the same memory. A row's values do not depend on the other rows.
 */
final class PairKernel {
  private final ArcCosine arcCosine;
  private int rows;
  private int columns;
  private double[] sigma = {};
  private double[] theta = {};
  private double[] spareSigma = {};
  private double[] spareTheta = {};
  private double[] half = {};

  /** Whether Θ still is Σ, as it is before the first block. */
  private boolean same;

  /**
   * @param signed whether covariances may be negative
   */
  PairKernel(boolean signed) {
    arcCosine = new ArcCosine(signed);
  }

  /** Level 0, all zero. */
  void start(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
    sigma = ColorTile.memory(sigma, Math.multiplyExact(rows, columns));
    Arrays.fill(sigma, 0, rows * columns, 0);
    same = true;
  }

  /** Level 0 of one-hot tags, if there are any: adds 1 where they are equal. */
  void addEqual(int[] rowTags, int[] columnTags) {
    for (int v = 0; v < columnTags.length; v++) {
      for (int u = 0; u < rows; u++) {
        sigma[v * rows + u] += rowTags[u] == columnTags[v] ? 1 : 0;
      }
    }
  }

  /** Adds Σ_k x_k(u) y_k(v), the inner products of features that are given feature by feature. */
  void addProducts(double[][] rowFeatures, double[][] columnFeatures) {
    for (int v = 0; v < columns; v++) {
      for (int k = 0; k < rowFeatures.length; k++) {
        addScaled(columnFeatures[k][v], rowFeatures[k], 0, sigma, v * rows, rows);
      }
    }
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  double sigma(int row, int column) {
    return sigma[column * rows + row];
  }

  /** rows × columns values, column-major, from its start on. */
  double[] theta() {
    return same ? sigma : theta;
  }

  /** Σ = P Σ P'ᵀ, and Θ likewise. */
  void aggregate(SparseRows rowSide, SparseRows columnSide) {
    spareSigma = aggregate(sigma, rowSide, columnSide, spareSigma);
    double[] free = sigma;
    sigma = spareSigma;
    spareSigma = free;
    if (same) {
      theta = ColorTile.memory(theta, rowSide.rows() * columnSide.rows());
      System.arraycopy(sigma, 0, theta, 0, rowSide.rows() * columnSide.rows());
    } else {
      spareTheta = aggregate(theta, rowSide, columnSide, spareTheta);
      free = theta;
      theta = spareTheta;
      spareTheta = free;
    }
    same = false;
    rows = rowSide.rows();
    columns = columnSide.rows();
  }

  private double[] aggregate(
      double[] x, SparseRows rowSide, SparseRows columnSide, double[] memory) {
    int newColumns = columnSide.rows();
    int newRows = rowSide.rows();
    half = ColorTile.memory(half, rows);
    double[] whole = ColorTile.memory(memory, Math.multiplyExact(newRows, newColumns));
    for (int v = 0; v < newColumns; v++) {
      Arrays.fill(half, 0, rows, 0);
      for (int k = columnSide.offsets[v]; k < columnSide.offsets[v + 1]; k++) {
        addScaled(columnSide.values[k], x, columnSide.columns[k] * rows, half, 0, rows);
      }
      gather(rowSide, half, whole, v * newRows);
    }
    return whole;
  }

  private static void gather(SparseRows by, double[] x, double[] into, int at) {
    for (int u = 0; u < by.rows(); u++) {
      double sum = 0;
      for (int k = by.offsets[u]; k < by.offsets[u + 1]; k++) {
        sum += by.values[k] * x[by.columns[k]];
      }
      into[at + u] = sum;
    }
  }

  private static void addScaled(
      double factor, double[] x, int xFrom, double[] y, int yFrom, int length) {
    for (int i = 0; i < length; i++) {
      y[yFrom + i] += factor * x[xFrom + i];
    }
  }

  /**
   * Says, before the layers, that a row and a column are the same colour, so that ρ = 1 exactly:
   * rounding would turn it into an angle of 1e-8.
   */
  void equal(int row, int column, double rowNorm, double columnNorm) {
    sigma[column * rows + row] = rowNorm * columnNorm;
  }

  /** The ReLU layers, in place. */
  void layers(int count, double[] rowNorms, double[] columnNorms) {
    arcCosine.layers(count, sigma, theta, rowNorms, 0, rows, columnNorms, 0, columns);
  }
}
