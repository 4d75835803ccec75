package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * G ← G + g²; u = g/(√G + ε), each weight for itself (Duchi et al. 2011). ε = 1e-10 is there for
 * weights whose gradient was always 0.
 */
final class AdaGrad implements Optimizer {
  static final double EPSILON = 1e-10;
  private static final String TAG = "adag";

  private final double[] squares;

  AdaGrad(int size) {
    squares = new double[size];
  }

  @Override
  public void direction(double[] g, double[] u) {
    double[] squares = this.squares;
    for (int i = 0; i < squares.length; i++) {
      double sum = squares[i] + g[i] * g[i];
      squares[i] = sum;
      u[i] = g[i] / (Math.sqrt(sum) + EPSILON);
    }
  }

  @Override
  public double decay() {
    return 0;
  }

  @Override
  public double[][] moments() {
    return new double[][] {squares};
  }

  @Override
  public Optimizer copy() {
    AdaGrad copy = new AdaGrad(squares.length);
    System.arraycopy(squares, 0, copy.squares, 0, squares.length);
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, squares.length);
    ArrayIo.writeDoubles(out, squares);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, squares.length);
    Tag.numbers(in, squares, 0, Double.POSITIVE_INFINITY);
  }
}
