package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²; u = m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ)
 * (Kingma and Ba 2015, algorithm 1). With a decay it is AdamW (Loshchilov and Hutter 2019).
 */
final class Adam implements Optimizer {
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;
  static final double DECAY = 0.01;
  private static final String TAG = "adam";

  private final double beta1;
  private final double decay;
  private final double[] m;
  private final double[] v;

  // β₁ᵗ and β₂ᵗ as running products: what pow gives differs between processors.
  private double power1 = 1;
  private double power2 = 1;

  /**
   * @param beta1 0 for no momentum
   */
  Adam(int size, double beta1, double decay) {
    this.beta1 = beta1;
    this.decay = decay;
    this.m = new double[size];
    this.v = new double[size];
  }

  @Override
  public void direction(double[] g, double[] u) {
    power1 *= beta1;
    power2 *= BETA2;
    double[] m = this.m;
    double[] v = this.v;
    double beta1 = this.beta1;
    double rest1 = 1 - beta1;
    double rest2 = 1 - BETA2;
    double correction1 = 1 - power1;
    double correction2 = 1 - power2;
    for (int i = 0; i < m.length; i++) {
      double first = beta1 * m[i] + rest1 * g[i];
      double second = BETA2 * v[i] + rest2 * (g[i] * g[i]);
      m[i] = first;
      v[i] = second;
      u[i] = first / correction1 / (Math.sqrt(second / correction2) + EPSILON);
    }
  }

  @Override
  public double decay() {
    return decay;
  }

  @Override
  public double[][] moments() {
    return new double[][] {m, v};
  }

  @Override
  public Optimizer copy() {
    Adam copy = new Adam(m.length, beta1, decay);
    System.arraycopy(m, 0, copy.m, 0, m.length);
    System.arraycopy(v, 0, copy.v, 0, v.length);
    copy.power1 = power1;
    copy.power2 = power2;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, m.length);
    out.writeDouble(power1);
    out.writeDouble(power2);
    ArrayIo.writeDoubles(out, m);
    ArrayIo.writeDoubles(out, v);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, m.length);
    power1 = Tag.number(in, 0, 1);
    power2 = Tag.number(in, 0, 1);
    ArrayIo.readDoubles(in, m, m.length);
    Tag.numbers(in, v, 0, Double.POSITIVE_INFINITY);
  }
}
