package dev.kindling.nn;

import dev.kindling.linalg.Blas;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** In single precision. */
final class FloatNumbers implements Numbers<float[]> {
  private static final float GELU_SCALE = (float) Math.sqrt(2 / Math.PI);
  private static final float GELU_CUBE = 0.044715f;

  @Override
  public float[] create(int length) {
    return new float[length];
  }

  @Override
  public float[] copy(float[] values) {
    return values.clone();
  }

  @Override
  public void round(double[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) from[i];
    }
  }

  @Override
  public void decode(byte[] from, int offset, float[] to) {
    ByteBuffer.wrap(from, offset, to.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(to);
  }

  @Override
  public void encode(float[] from, byte[] to, int offset) {
    ByteBuffer.wrap(to, offset, from.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(from);
  }

  @Override
  public void move(Object from, int fromOffset, float[] to, int toOffset, int length) {
    System.arraycopy((float[]) from, fromOffset, to, toOffset, length);
  }

  @Override
  public void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int ldb,
      double beta,
      float[] c,
      int cOffset,
      int ldc) {
    Blas.gemm(
        transA, transB, m, n, k, 1, a, aOffset, lda, b, 0, ldb, (float) beta, c, cOffset, ldc);
  }

  @Override
  public void offsets(float[] w, int offset, int units, int rows, float[] z) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(w, offset, z, r * units, units);
    }
  }

  @Override
  public void activate(Activation activation, float[] z, float[] slope, int length) {
    switch (activation) {
      case RELU -> {
        for (int i = 0; i < length; i++) {
          slope[i] = z[i] > 0 ? 1 : 0;
          z[i] = Math.max(0, z[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < length; i++) {
          float h = tanh(z[i]);
          slope[i] = 1 - h * h;
          z[i] = h;
        }
      }
      case GELU -> {
        for (int i = 0; i < length; i++) {
          float x = z[i];
          float square = x * x;
          float t = tanh(GELU_SCALE * x * (1 + GELU_CUBE * square));
          slope[i] =
              0.5f * (1 + t) + 0.5f * x * (1 - t * t) * GELU_SCALE * (1 + 3 * GELU_CUBE * square);
          z[i] = 0.5f * x * (1 + t);
        }
      }
    }
  }

  /** 1 − 2/(e^2z + 1), which neither overflows nor loses more than a few ulps of 1. */
  private static float tanh(float z) {
    return (float) (1 - 2 / (Math.exp(2 * z) + 1));
  }

  @Override
  public void times(float[] d, float[] slope, int length) {
    for (int i = 0; i < length; i++) {
      d[i] *= slope[i];
    }
  }

  @Override
  public void sums(float[] d, int units, int rows, float[] g, int offset) {
    Arrays.fill(g, offset, offset + units, 0);
    for (int r = 0, k = 0; r < rows; r++) {
      for (int u = 0; u < units; u++, k++) {
        g[offset + u] += d[k];
      }
    }
  }

  @Override
  public void drop(Dropout dropout, int layer, float[] h, float[] slope, int units, int rows) {
    float scale = (float) (1 / (1 - dropout.rate()));
    for (int r = 0, k = 0; r < rows; r++) {
      for (int u = 0; u < units; u++, k++) {
        float factor = dropout.keeps(layer, r, u) ? scale : 0;
        h[k] *= factor;
        slope[k] *= factor;
      }
    }
  }

  @Override
  public LossSum crossEntropy(
      float[] z, int classes, int rows, double[] y, double[] weight, float[] d) {
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
        d[first + c] = (float) e;
        sum += e;
      }
      int label = (int) y[r];
      double own = weight == null ? 1 : weight[r];
      float scale = (float) (own / sum);
      for (int c = 0; c < classes; c++) {
        d[first + c] *= scale;
      }
      d[first + label] -= (float) own;
      loss += own * (Math.log(sum) + most - z[first + label]);
      weights += own;
      right += best == label ? own : 0;
    }
    return new LossSum(loss, weights, right);
  }

  @Override
  public LossSum squared(float[] z, int rows, double[] y, double[] weight, float[] d) {
    double loss = 0;
    double weights = 0;
    for (int r = 0; r < rows; r++) {
      double own = weight == null ? 1 : weight[r];
      double error = z[r] - y[r];
      d[r] = (float) (own * error);
      loss += own * 0.5 * error * error;
      weights += own;
    }
    return new LossSum(loss, weights, 0);
  }

  @Override
  public void widen(float[] from, double[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = from[i];
    }
  }

  @Override
  public void add(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
  }

  @Override
  public void scaled(double factor, float[] a, double[] g) {
    for (int i = 0; i < a.length; i++) {
      g[i] = factor * a[i];
    }
  }
}
