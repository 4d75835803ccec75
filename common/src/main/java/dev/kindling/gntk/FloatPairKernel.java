package dev.kindling.gntk;

import java.util.Arrays;

/** The kernel between two sets in floats. */
final class FloatPairKernel extends PairKernel<float[]> {
  /** Columns that are aggregated together. */
  private static final int STRIP = 8;

  private final FloatArcCosine arcCosine;
  private float[] half = {};
  private float[] strip = {};
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
  void addTheta(double count, int column, double[] sums, int at) {
    float[] theta = theta();
    int from = column * rows();
    int rows = rows();
    for (int u = 0; u < rows; u++) {
      sums[at + u] += count * theta[from + u];
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
    int columns = columnSide.rows();
    float[] rowFactors = floats(rowSide.values);
    float[] columnFactors = floats(columnSide.values);
    half = memory(half, rows);
    strip = memory(strip, Math.multiplyExact(rows, STRIP));
    for (int first = 0; first < columns; first += STRIP) {
      int width = Math.min(STRIP, columns - first);
      for (int j = 0; j < width; j++) {
        int v = first + j;
        Arrays.fill(half, 0, rows, 0);
        for (int k = columnSide.offsets[v]; k < columnSide.offsets[v + 1]; k++) {
          addScaled(columnFactors[k], x, columnSide.columns[k] * rows, half, rows);
        }
        for (int u = 0; u < rows; u++) {
          strip[u * STRIP + j] = half[u];
        }
      }
      gather(rowSide, rowFactors, strip, whole, first * rowSide.rows(), width);
    }
  }

  /**
   * P times a strip, into some columns of another array. The strip has its columns side by side in
   * each row, so that what a row is the sum of is looked up once for all of them.
   */
  private static void gather(
      SparseRows by, float[] factors, float[] strip, float[] into, int at, int width) {
    int rows = by.rows();
    for (int u = 0; u < rows; u++) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      float s4 = 0;
      float s5 = 0;
      float s6 = 0;
      float s7 = 0;
      for (int k = by.offsets[u]; k < by.offsets[u + 1]; k++) {
        float factor = factors[k];
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
