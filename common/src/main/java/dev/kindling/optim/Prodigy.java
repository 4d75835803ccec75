package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An Adam that estimates its own rate d, the distance to the solution (Mishchenko and Defazio 2024,
 * algorithm 4): m ← β₁m + (1−β₁)dg, v ← β₂v + (1−β₂)d²g²; with β₃ = √β₂, p ← β₃p + (d/d₀)d⟨g, w₀ −
 * w⟩ and s ← β₃s + (d/d₀)dg; d ← max(d, p/‖s‖₁); w ← w − d·m/(√v + dε).
 *
 * <p>d₀ = 1e-6, the rest as Adam's; no correction of the start. Memory: the weights four times.
 * {@link #learningRate} is d.
 */
final class Prodigy implements Schedule {
  private static final double START = 1e-6;
  private static final double BETA3 = Math.sqrt(Adam.BETA2);
  private static final String TAG = "prod";

  private final double[] origin;
  private final double[] m;
  private final double[] v;
  private final double[] s;
  private boolean started;
  private double d = START;
  private double numerator;

  Prodigy(int size) {
    origin = new double[size];
    m = new double[size];
    v = new double[size];
    s = new double[size];
  }

  @Override
  public void step(double[] w, double[] g, double loss) {
    if (!started) {
      System.arraycopy(w, 0, origin, 0, origin.length);
      started = true;
    }
    double weight = d / START * d;
    numerator = BETA3 * numerator + weight * Sums.dotDifference(g, origin, w);
    average(g, d, weight);
    double length = Sums.absolute(s);
    if (length > 0) {
      d = Math.max(d, numerator / length);
    }
    move(w, d);
  }

  private void average(double[] g, double d, double weight) {
    double[] m = this.m;
    double[] v = this.v;
    double[] s = this.s;
    for (int i = 0; i < m.length; i++) {
      double scaled = d * g[i];
      m[i] = Adam.BETA1 * m[i] + (1 - Adam.BETA1) * scaled;
      v[i] = Adam.BETA2 * v[i] + (1 - Adam.BETA2) * (scaled * scaled);
      s[i] = BETA3 * s[i] + weight * g[i];
    }
  }

  private void move(double[] w, double d) {
    double[] m = this.m;
    double[] v = this.v;
    double epsilon = d * Adam.EPSILON;
    for (int i = 0; i < m.length; i++) {
      w[i] -= d * m[i] / (Math.sqrt(v[i]) + epsilon);
    }
  }

  @Override
  public double learningRate() {
    return d;
  }

  @Override
  public Schedule copy() {
    Prodigy copy = new Prodigy(m.length);
    System.arraycopy(origin, 0, copy.origin, 0, m.length);
    System.arraycopy(m, 0, copy.m, 0, m.length);
    System.arraycopy(v, 0, copy.v, 0, m.length);
    System.arraycopy(s, 0, copy.s, 0, m.length);
    copy.started = started;
    copy.d = d;
    copy.numerator = numerator;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, m.length);
    out.writeBoolean(started);
    out.writeDouble(d);
    out.writeDouble(numerator);
    for (double[] array : new double[][] {origin, m, s, v}) {
      ArrayIo.writeDoubles(out, array);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, m.length);
    started = Tag.flag(in);
    d = Tag.number(in, START, Double.POSITIVE_INFINITY);
    numerator = in.readDouble();
    ArrayIo.readDoubles(in, origin, m.length);
    ArrayIo.readDoubles(in, m, m.length);
    ArrayIo.readDoubles(in, s, m.length);
    Tag.numbers(in, v, 0, Double.POSITIVE_INFINITY);
  }
}
