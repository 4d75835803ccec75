package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * m ← μm + g; u = m (Polyak 1964), or for Nesterov u = g + μm (Sutskever et al. 2013, eq. 3–4, in
 * the point where the gradient is taken). Not damped: at a steady gradient u is g/(1 − μ).
 */
final class Momentum implements Optimizer {
  static final double MU = 0.9;

  private final double mu;
  private final boolean nesterov;
  private final double[] m;

  Momentum(int size, double mu, boolean nesterov) {
    this.mu = mu;
    this.nesterov = nesterov;
    this.m = new double[size];
  }

  @Override
  public void direction(double[] g, double[] u) {
    double[] m = this.m;
    double mu = this.mu;
    for (int i = 0; i < m.length; i++) {
      m[i] = mu * m[i] + g[i];
    }
    if (nesterov) {
      for (int i = 0; i < m.length; i++) {
        u[i] = g[i] + mu * m[i];
      }
    } else {
      System.arraycopy(m, 0, u, 0, m.length);
    }
  }

  @Override
  public double decay() {
    return 0;
  }

  @Override
  public double[][] moments() {
    return new double[][] {m};
  }

  @Override
  public Optimizer copy() {
    Momentum copy = new Momentum(m.length, mu, nesterov);
    System.arraycopy(m, 0, copy.m, 0, m.length);
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, tag(), m.length);
    ArrayIo.writeDoubles(out, m);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, tag(), m.length);
    ArrayIo.readDoubles(in, m, m.length);
  }

  private String tag() {
    return nesterov ? "nest" : "mome";
  }
}
