package dev.kindling.gntk;

import java.util.Arrays;

/** The kernel between two sets in floats. */
final class FloatPairKernel extends PairKernel<float[]> {
  private final FloatArcCosine arcCosine;
  private float[] half = {};
  private double[] products = {};

  FloatPairKernel(boolean signed) {
    arcCosine = new FloatArcCosine(signed);
  }

  @Override
  void addEqual(int[] rowTags, int[] columnTags) {
    float[] sigma = sigma();
    int rows = rows();
    for (int v = 0; v < columnTags.length; v++) {
      for (int u = 0; u < rows; u++) {
        sigma[v * rows + u] += rowTags[u] == columnTags[v] ? 1 : 0;
      }
    }
  }

  /** Rounded once: features may cancel. */
  @Override
  void addProducts(double[][] rowFeatures, double[][] columnFeatures) {
    if (rowFeatures.length == 0) {
      return;
    }
    float[] sigma = sigma();
    int rows = rows();
    products = ColorTile.memory(products, rows);
    for (int v = 0; v < columns(); v++) {
      Arrays.fill(products, 0, rows, 0);
      for (int k = 0; k < rowFeatures.length; k++) {
        double factor = columnFeatures[k][v];
        for (int u = 0; u < rows; u++) {
          products[u] += factor * rowFeatures[k][u];
        }
      }
      for (int u = 0; u < rows; u++) {
        sigma[v * rows + u] += (float) products[u];
      }
    }
  }

  @Override
  double sigma(int row, int column) {
    return sigma()[column * rows() + row];
  }

  /** The very product that the layers divide by. */
  @Override
  void equal(int row, int column, double rowNorm, double columnNorm) {
    sigma()[column * rows() + row] = (float) rowNorm * (float) columnNorm;
  }

  @Override
  void layers(int count, double[] rowNorms, double[] columnNorms) {
    arcCosine.layers(count, sigma(), theta(), floats(rowNorms), floats(columnNorms));
  }

  @Override
  void addTheta(double count, int column, double[] sums) {
    float[] theta = theta();
    int from = column * rows();
    int rows = rows();
    for (int u = 0; u < rows; u++) {
      sums[u] += count * theta[from + u];
    }
  }

  @Override
  float[] memory(float[] spare, int length) {
    return spare != null && spare.length >= length ? spare : new float[length];
  }

  @Override
  void clear(float[] values, int length) {
    Arrays.fill(values, 0, length, 0);
  }

  @Override
  void aggregate(float[] x, SparseRows rowSide, SparseRows columnSide, float[] whole) {
    int rows = rows();
    float[] rowFactors = floats(rowSide.values);
    float[] columnFactors = floats(columnSide.values);
    half = memory(half, rows);
    for (int v = 0; v < columnSide.rows(); v++) {
      Arrays.fill(half, 0, rows, 0);
      for (int k = columnSide.offsets[v]; k < columnSide.offsets[v + 1]; k++) {
        addScaled(columnFactors[k], x, columnSide.columns[k] * rows, half, rows);
      }
      gather(rowSide, rowFactors, half, whole, v * rowSide.rows());
    }
  }

  private static void gather(SparseRows by, float[] factors, float[] x, float[] into, int at) {
    for (int u = 0; u < by.rows(); u++) {
      float sum = 0;
      for (int k = by.offsets[u]; k < by.offsets[u + 1]; k++) {
        sum += factors[k] * x[by.columns[k]];
      }
      into[at + u] = sum;
    }
  }

  private static void addScaled(float factor, float[] x, int from, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] += factor * x[from + i];
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
