package dev.kindling.optim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** u = g. No state. */
final class Sgd implements Optimizer {
  private static final String TAG = "sgd";

  private final int size;

  Sgd(int size) {
    this.size = size;
  }

  @Override
  public void direction(double[] g, double[] u) {
    System.arraycopy(g, 0, u, 0, size);
  }

  @Override
  public double decay() {
    return 0;
  }

  @Override
  public double[][] moments() {
    return new double[0][];
  }

  @Override
  public Optimizer copy() {
    return new Sgd(size);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, size);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, size);
  }
}
