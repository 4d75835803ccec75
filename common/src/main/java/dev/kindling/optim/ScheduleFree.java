package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Averages instead of lowering the rate (Defazio et al. 2024): the gradient is taken at y = (1−β)z
 * + βx; z ← z − lr·u; x ← (1−c)x + cz with c = 1/(k+1) at step k = 0, 1, …, so that x is the mean
 * of the z after the start. x is what to evaluate and to keep, y what {@link #step} is given and
 * leaves.
 *
 * <p>u is the gradient, or Adam's direction without momentum, which β takes the place of. Memory
 * beside it: the weights three times. {@link #learningRate} is lr.
 */
final class ScheduleFree implements Schedule {
  static final double BETA = 0.9;
  private static final String TAG = "free";

  private final Optimizer optimizer;
  private final double rate;
  private final double[] u;
  private final double[] x;
  private final double[] z;
  private long k;

  /**
   * @param optimizer without momentum and decay
   */
  ScheduleFree(Optimizer optimizer, int size, double rate) {
    this.optimizer = optimizer;
    this.rate = rate;
    this.u = new double[size];
    this.x = new double[size];
    this.z = new double[size];
  }

  @Override
  public void step(double[] w, double[] g, double loss) {
    if (k == 0) {
      System.arraycopy(w, 0, x, 0, x.length);
      System.arraycopy(w, 0, z, 0, z.length);
    }
    optimizer.direction(g, u);
    double[] u = this.u;
    double[] x = this.x;
    double[] z = this.z;
    double rate = this.rate;
    double c = 1.0 / (k + 1);
    double rest = 1 - c;
    for (int i = 0; i < x.length; i++) {
      double fast = z[i] - rate * u[i];
      double mean = rest * x[i] + c * fast;
      z[i] = fast;
      x[i] = mean;
      w[i] = (1 - BETA) * fast + BETA * mean;
    }
    k++;
  }

  @Override
  public double[] weights(double[] w) {
    return k == 0 ? w : x;
  }

  @Override
  public double learningRate() {
    return rate;
  }

  @Override
  public Schedule copy() {
    ScheduleFree copy = new ScheduleFree(optimizer.copy(), x.length, rate);
    System.arraycopy(x, 0, copy.x, 0, x.length);
    System.arraycopy(z, 0, copy.z, 0, z.length);
    copy.k = k;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, x.length);
    out.writeLong(k);
    ArrayIo.writeDoubles(out, x);
    ArrayIo.writeDoubles(out, z);
    optimizer.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, x.length);
    k = Tag.count(in);
    ArrayIo.readDoubles(in, x, x.length);
    ArrayIo.readDoubles(in, z, z.length);
    optimizer.read(in);
  }
}
