package dev.kindling.nn;

import dev.kindling.linalg.Blas;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** In double precision. */
final class DoubleNumbers implements Numbers<double[]> {
  private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBE = 0.044715;

  @Override
  public double[] create(int length) {
    return new double[length];
  }

  @Override
  public double[] copy(double[] values) {
    return values.clone();
  }

  @Override
  public void round(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i];
    }
  }

  @Override
  public void decode(byte[] from, int offset, double[] to) {
    ByteBuffer.wrap(from, offset, to.length * Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(to);
  }

  @Override
  public void encode(double[] from, byte[] to, int offset) {
    ByteBuffer.wrap(to, offset, from.length * Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .put(from);
  }

  @Override
  public void move(Object from, int fromOffset, double[] to, int toOffset, int length) {
    System.arraycopy((double[]) from, fromOffset, to, toOffset, length);
  }

  @Override
  public void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double[] a,
      int aOffset,
      int lda,
      double[] b,
      int ldb,
      double beta,
      double[] c,
      int cOffset,
      int ldc) {
    Blas.gemm(transA, transB, m, n, k, 1, a, aOffset, lda, b, 0, ldb, beta, c, cOffset, ldc);
  }

  @Override
  public void offsets(double[] w, int offset, int units, int rows, double[] z) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(w, offset, z, r * units, units);
    }
  }

  @Override
  public void activate(Activation activation, double[] z, double[] slope, int length) {
    switch (activation) {
      case RELU -> {
        for (int i = 0; i < length; i++) {
          slope[i] = z[i] > 0 ? 1 : 0;
          z[i] = Math.max(0, z[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < length; i++) {
          double h = tanh(z[i]);
          slope[i] = 1 - h * h;
          z[i] = h;
        }
      }
      case GELU -> {
        for (int i = 0; i < length; i++) {
          double x = z[i];
          double square = x * x;
          double t = tanh(GELU_SCALE * x * (1 + GELU_CUBE * square));
          slope[i] =
              0.5 * (1 + t) + 0.5 * x * (1 - t * t) * GELU_SCALE * (1 + 3 * GELU_CUBE * square);
          z[i] = 0.5 * x * (1 + t);
        }
      }
    }
  }

  /** 1 − 2/(e^2z + 1), which neither overflows nor loses more than a few ulps of 1. */
  private static double tanh(double z) {
    return (1 - 2 / (Math.exp(2 * z) + 1));
  }

  @Override
  public void times(double[] d, double[] slope, int length) {
    for (int i = 0; i < length; i++) {
      d[i] *= slope[i];
    }
  }

  @Override
  public void sums(double[] d, int units, int rows, double[] g, int offset) {
    Arrays.fill(g, offset, offset + units, 0);
    for (int r = 0, k = 0; r < rows; r++) {
      for (int u = 0; u < units; u++, k++) {
        g[offset + u] += d[k];
      }
    }
  }

  @Override
  public void drop(Dropout dropout, int layer, double[] h, double[] slope, int units, int rows) {
    double scale = (1 / (1 - dropout.rate()));
    for (int r = 0, k = 0; r < rows; r++) {
      for (int u = 0; u < units; u++, k++) {
        double factor = dropout.keeps(layer, r, u) ? scale : 0;
        h[k] *= factor;
        slope[k] *= factor;
      }
    }
  }

  @Override
  public LossSum crossEntropy(
      double[] z, int classes, int rows, double[] y, double[] weight, double[] d) {
    double loss = 0;
    double weights = 0;
    double right = 0;
    for (int r = 0; r < rows; r++) {
      int first = r * classes;
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = z[first + c] > z[first + best] ? c : best;
      }
      double most = z[first + best];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double e = Math.exp(z[first + c] - most);
        d[first + c] = e;
        sum += e;
      }
      int label = (int) y[r];
      double own = weight == null ? 1 : weight[r];
      double scale = (own / sum);
      for (int c = 0; c < classes; c++) {
        d[first + c] *= scale;
      }
      d[first + label] -= own;
      loss += own * (Math.log(sum) + most - z[first + label]);
      weights += own;
      right += best == label ? own : 0;
    }
    return new LossSum(loss, weights, right);
  }

  @Override
  public LossSum squared(double[] z, int rows, double[] y, double[] weight, double[] d) {
    double loss = 0;
    double weights = 0;
    for (int r = 0; r < rows; r++) {
      double own = weight == null ? 1 : weight[r];
      double error = z[r] - y[r];
      d[r] = (own * error);
      loss += own * 0.5 * error * error;
      weights += own;
    }
    return new LossSum(loss, weights, 0);
  }

  @Override
  public void widen(double[] from, double[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = from[i];
    }
  }

  @Override
  public void add(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
  }

  @Override
  public void scaled(double factor, double[] a, double[] g) {
    for (int i = 0; i < a.length; i++) {
      g[i] = factor * a[i];
    }
  }
}
