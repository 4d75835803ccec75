package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Learns the scale of any optimizer's updates, without a rate to give (Cutkosky, Defazio and Mehta
 * 2023, algorithm 1): D ← D + u, w = w₀ − (Σsᵢ)·D, and for each βᵢ = 1 − 10⁻ⁱ, i = 1…6, with h =
 * ⟨g, D⟩ for the D before this step: r ← βr + s·clip(h, −m, m); m ← max(βm, |h| + ε); v ← β²v + h²;
 * s = (s₀/6·m + max(0, r))/(√v + ε).
 *
 * <p>A decoupled decay λ goes into D: its update is u + λw. The paper's own decay is left out.
 * Memory beside the optimizer's: the weights three times. {@link #learningRate} is Σsᵢ.
 */
final class Mechanic implements Schedule {
  private static final int COUNT = 6;
  private static final double START = 1e-6;
  private static final double EPSILON = 1e-8;
  private static final double[] BETAS = {0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999};
  private static final String TAG = "mech";

  private final Optimizer optimizer;
  private final double[] u;
  private final double[] origin;
  private final double[] moved;
  private boolean started;

  private final double[] s = new double[COUNT];
  private final double[] r = new double[COUNT];
  private final double[] m = new double[COUNT];
  private final double[] v = new double[COUNT];

  Mechanic(Optimizer optimizer, int size) {
    this.optimizer = optimizer;
    this.u = new double[size];
    this.origin = new double[size];
    this.moved = new double[size];
  }

  @Override
  public void step(double[] w, double[] g, double loss) {
    if (!started) {
      System.arraycopy(w, 0, origin, 0, origin.length);
      started = true;
    }
    tune(Sums.dot(g, moved));
    optimizer.direction(g, u);
    double[] u = this.u;
    double[] origin = this.origin;
    double[] moved = this.moved;
    double scale = learningRate();
    double decay = optimizer.decay();
    for (int i = 0; i < w.length; i++) {
      double sum = moved[i] + (u[i] + decay * w[i]);
      moved[i] = sum;
      w[i] = origin[i] - scale * sum;
    }
  }

  private void tune(double h) {
    for (int i = 0; i < COUNT; i++) {
      double beta = BETAS[i];
      // Clipped by the greatest before this one, so that one product cannot win everything.
      r[i] = beta * r[i] + s[i] * Math.max(-m[i], Math.min(m[i], h));
      m[i] = Math.max(beta * m[i], Math.abs(h) + EPSILON);
      v[i] = beta * beta * v[i] + h * h;
      s[i] = (START / COUNT * m[i] + Math.max(0, r[i])) / (Math.sqrt(v[i]) + EPSILON);
    }
  }

  @Override
  public double learningRate() {
    double sum = 0;
    for (double scale : s) {
      sum += scale;
    }
    return sum;
  }

  @Override
  public Schedule copy() {
    Mechanic copy = new Mechanic(optimizer.copy(), u.length);
    System.arraycopy(origin, 0, copy.origin, 0, origin.length);
    System.arraycopy(moved, 0, copy.moved, 0, moved.length);
    copy.started = started;
    System.arraycopy(s, 0, copy.s, 0, COUNT);
    System.arraycopy(r, 0, copy.r, 0, COUNT);
    System.arraycopy(m, 0, copy.m, 0, COUNT);
    System.arraycopy(v, 0, copy.v, 0, COUNT);
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, u.length);
    out.writeBoolean(started);
    for (double[] array : new double[][] {s, r, m, v, origin, moved}) {
      ArrayIo.writeDoubles(out, array);
    }
    optimizer.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, u.length);
    started = Tag.flag(in);
    Tag.numbers(in, s, 0, Double.POSITIVE_INFINITY);
    ArrayIo.readDoubles(in, r, COUNT);
    Tag.numbers(in, m, 0, Double.POSITIVE_INFINITY);
    Tag.numbers(in, v, 0, Double.POSITIVE_INFINITY);
    ArrayIo.readDoubles(in, origin, origin.length);
    ArrayIo.readDoubles(in, moved, moved.length);
    optimizer.read(in);
  }
}
