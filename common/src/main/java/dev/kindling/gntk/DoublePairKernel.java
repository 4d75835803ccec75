package dev.kindling.gntk;

import java.util.Arrays;

/** The kernel between two sets in doubles. */
final class DoublePairKernel extends PairKernel<double[]> {
  /** Columns that are aggregated together. */
  private static final int STRIP = 8;

  private final ArcCosine arcCosine;
  private double[] half = {};
  private double[] strip = {};

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
  void addTheta(double count, int column, double[] sums, int at) {
    addScaled(count, theta(), column * rows(), sums, at, rows());
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
    int columns = columnSide.rows();
    half = ColorTile.memory(half, rows);
    strip = ColorTile.memory(strip, Math.multiplyExact(rows, STRIP));
    for (int first = 0; first < columns; first += STRIP) {
      int width = Math.min(STRIP, columns - first);
      for (int j = 0; j < width; j++) {
        int v = first + j;
        Arrays.fill(half, 0, rows, 0);
        for (int k = columnSide.offsets[v]; k < columnSide.offsets[v + 1]; k++) {
          addScaled(columnSide.values[k], x, columnSide.columns[k] * rows, half, 0, rows);
        }
        for (int u = 0; u < rows; u++) {
          strip[u * STRIP + j] = half[u];
        }
      }
      gather(rowSide, rowSide.values, strip, whole, first * rowSide.rows(), width);
    }
  }

  /**
   * P times a strip, into some columns of another array. The strip has its columns side by side in
   * each row, so that what a row is the sum of is looked up once for all of them.
   */
  private static void gather(
      SparseRows by, double[] factors, double[] strip, double[] into, int at, int width) {
    int rows = by.rows();
    for (int u = 0; u < rows; u++) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      double s4 = 0;
      double s5 = 0;
      double s6 = 0;
      double s7 = 0;
      for (int k = by.offsets[u]; k < by.offsets[u + 1]; k++) {
        double factor = factors[k];
        int from = by.columns[k] * STRIP;
        s0 += factor * strip[from];
        s1 += factor * strip[from + 1];
        s2 += factor * strip[from + 2];
        s3 += factor * strip[from + 3];
        s4 += factor * strip[from + 4];
        s5 += factor * strip[from + 5];
        s6 += factor * strip[from + 6];
        s7 += factor * strip[from + 7];
      }
      int to = at + u;
      into[to] = s0;
      if (width > 1) {
        into[to + rows] = s1;
      }
      if (width > 2) {
        into[to + 2 * rows] = s2;
      }
      if (width > 3) {
        into[to + 3 * rows] = s3;
      }
      if (width > 4) {
        into[to + 4 * rows] = s4;
      }
      if (width > 5) {
        into[to + 5 * rows] = s5;
      }
      if (width > 6) {
        into[to + 6 * rows] = s6;
      }
      if (width > 7) {
        into[to + 7 * rows] = s7;
      }
    }
  }

  private static void addScaled(
      double factor, double[] x, int xFrom, double[] y, int yFrom, int length) {
    for (int i = 0; i < length; i++) {
      y[yFrom + i] += factor * x[xFrom + i];
    }
  }
}
