package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * SGD at the distance over gradients, without a rate to give: r̄ = max(r̄, ‖w − w₀‖) from 1e-6·(1 +
 * ‖w₀‖) on, η = r̄/√(Σ‖g‖² + 1e-8) (Ivgi, Hinder and Carmon 2023, DoG).
 *
 * <p>Memory: the weights once. {@link #learningRate} is η.
 */
final class Dog implements Schedule {
  private static final double START = 1e-6;
  private static final double EPSILON = 1e-8;
  private static final String TAG = "dog";

  private final double[] origin;
  private boolean started;
  private double distance;
  private double squares;
  private double rate;

  Dog(int size) {
    origin = new double[size];
  }

  @Override
  public void step(double[] w, double[] g, double loss) {
    if (started) {
      distance = Math.max(distance, Sums.distance(w, origin));
    } else {
      System.arraycopy(w, 0, origin, 0, origin.length);
      distance = START * (1 + Math.sqrt(Sums.dot(w, w)));
      started = true;
    }
    squares += Sums.dot(g, g);
    double rate = distance / Math.sqrt(squares + EPSILON);
    for (int i = 0; i < w.length; i++) {
      w[i] -= rate * g[i];
    }
    this.rate = rate;
  }

  @Override
  public double learningRate() {
    return rate;
  }

  @Override
  public Schedule copy() {
    Dog copy = new Dog(origin.length);
    System.arraycopy(origin, 0, copy.origin, 0, origin.length);
    copy.started = started;
    copy.distance = distance;
    copy.squares = squares;
    copy.rate = rate;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, origin.length);
    out.writeBoolean(started);
    out.writeDouble(distance);
    out.writeDouble(squares);
    out.writeDouble(rate);
    ArrayIo.writeDoubles(out, origin);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, origin.length);
    started = Tag.flag(in);
    distance = Tag.number(in, 0, Double.POSITIVE_INFINITY);
    squares = Tag.number(in, 0, Double.POSITIVE_INFINITY);
    rate = Tag.number(in, 0, Double.POSITIVE_INFINITY);
    ArrayIo.readDoubles(in, origin, origin.length);
  }
}
