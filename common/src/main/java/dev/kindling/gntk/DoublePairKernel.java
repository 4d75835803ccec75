package dev.kindling.gntk;

import java.util.Arrays;

/** The kernel between two sets in doubles. */
final class DoublePairKernel extends PairKernel<double[]> {
  private final ArcCosine arcCosine;
  private double[] half = {};

  DoublePairKernel(boolean signed) {
    arcCosine = new ArcCosine(signed);
  }

  @Override
  void addEqual(int[] rowTags, int[] columnTags) {
    double[] sigma = sigma();
    int rows = rows();
    for (int v = 0; v < columnTags.length; v++) {
      for (int u = 0; u < rows; u++) {
        sigma[v * rows + u] += rowTags[u] == columnTags[v] ? 1 : 0;
      }
    }
  }

  @Override
  void addProducts(double[][] rowFeatures, double[][] columnFeatures) {
    for (int v = 0; v < columns(); v++) {
      for (int k = 0; k < rowFeatures.length; k++) {
        addScaled(columnFeatures[k][v], rowFeatures[k], 0, sigma(), v * rows(), rows());
      }
    }
  }

  @Override
  double sigma(int row, int column) {
    return sigma()[column * rows() + row];
  }

  @Override
  void equal(int row, int column, double rowNorm, double columnNorm) {
    sigma()[column * rows() + row] = rowNorm * columnNorm;
  }

  @Override
  void layers(int count, double[] rowNorms, double[] columnNorms) {
    arcCosine.layers(count, sigma(), theta(), rowNorms, 0, rows(), columnNorms, 0, columns());
  }

  @Override
  void addTheta(double count, int column, double[] sums) {
    addScaled(count, theta(), column * rows(), sums, 0, rows());
  }

  @Override
  double[] memory(double[] spare, int length) {
    return ColorTile.memory(spare, length);
  }

  @Override
  void clear(double[] values, int length) {
    Arrays.fill(values, 0, length, 0);
  }

  @Override
  void aggregate(double[] x, SparseRows rowSide, SparseRows columnSide, double[] whole) {
    int rows = rows();
    half = ColorTile.memory(half, rows);
    for (int v = 0; v < columnSide.rows(); v++) {
      Arrays.fill(half, 0, rows, 0);
      for (int k = columnSide.offsets[v]; k < columnSide.offsets[v + 1]; k++) {
        addScaled(columnSide.values[k], x, columnSide.columns[k] * rows, half, 0, rows);
      }
      gather(rowSide, half, whole, v * rowSide.rows());
    }
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
}
