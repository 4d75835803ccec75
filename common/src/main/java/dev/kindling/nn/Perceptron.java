package dev.kindling.nn;

import java.io.Serializable;

/** A perceptron with its weights, in double. Never changes; any thread may ask it. */
public final class Perceptron implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Architecture architecture;
  private final double[] weights;

  /**
   * @param weights copied
   * @throws IllegalArgumentException if there are more or fewer of them, or one is not finite
   */
  public Perceptron(Architecture architecture, double[] weights) {
    if (weights.length != architecture.weights()) {
      throw new IllegalArgumentException(
          weights.length + " weights; " + architecture + " has " + architecture.weights());
    }
    for (double w : weights) {
      if (!Double.isFinite(w)) {
        throw new IllegalArgumentException("the weight " + w);
      }
    }
    this.architecture = architecture;
    this.weights = weights.clone();
  }

  public Architecture architecture() {
    return architecture;
  }

  /** A copy. */
  public double[] weights() {
    return weights.clone();
  }

  /**
   * The outputs for one row, before any softmax; 2 flops a weight.
   *
   * @param features as many as the architecture has. Not modified
   */
  public double[] outputs(double[] features) {
    DoubleNumbers numbers = new DoubleNumbers();
    double[] h = features;
    for (int l = 0; l < architecture.layers(); l++) {
      int out = architecture.sizes()[l + 1];
      double[] z = new double[out];
      int k = architecture.first(l);
      System.arraycopy(weights, k + h.length * out, z, 0, out);
      for (double x : h) {
        if (x != 0) {
          for (int i = 0; i < out; i++) {
            z[i] += weights[k + i] * x;
          }
        }
        k += out;
      }
      if (l + 1 < architecture.layers()) {
        numbers.activate(architecture.activation(), z, new double[out], out);
      }
      h = z;
    }
    return h;
  }

  /**
   * @param outputs modified: their softmax
   */
  public static void softmax(double[] outputs) {
    double most = Double.NEGATIVE_INFINITY;
    for (double z : outputs) {
      most = Math.max(most, z);
    }
    double sum = 0;
    for (int c = 0; c < outputs.length; c++) {
      outputs[c] = Math.exp(outputs[c] - most);
      sum += outputs[c];
    }
    for (int c = 0; c < outputs.length; c++) {
      outputs[c] /= sum;
    }
  }
}
