package dev.kindling.spark.train;

import dev.kindling.block.Moments;
import dev.kindling.nn.Architecture;
import dev.kindling.nn.Loss;
import java.io.Serializable;

/**
 * Features, and a target, as the network sees them: (x − mean)·scale.
 *
 * @param mean of each feature, then of the target
 * @param scale 1/standard deviation of each, 1 where it is 0
 */
record Scaling(double[] mean, double[] scale) implements Serializable {
  /** Nothing is changed. */
  static Scaling none(int features) {
    double[] ones = new double[features + 1];
    java.util.Arrays.fill(ones, 1);
    return new Scaling(new double[features + 1], ones);
  }

  /**
   * @param target whether the last column is a number to predict; a class is left alone
   */
  static Scaling of(Moments moments, int features, boolean target) {
    Scaling scaling = none(features);
    for (int j = 0; j < features + (target ? 1 : 0); j++) {
      double deviation = moments.standardDeviation(j);
      scaling.mean[j] = moments.mean(j);
      scaling.scale[j] = deviation > 0 ? 1 / deviation : 1;
    }
    return scaling;
  }

  double target(double y) {
    int last = mean.length - 1;
    return (y - mean[last]) * scale[last];
  }

  /** Standard deviation of the target. */
  double targetUnit() {
    return 1 / scale[scale.length - 1];
  }

  /** Weights of a network on what is scaled, as weights on what is not. */
  double[] unscaled(Architecture architecture, double[] weights) {
    double[] w = weights.clone();
    int out = architecture.sizes()[1];
    int features = architecture.features();
    for (int j = 0, k = 0; j < features; j++) {
      for (int i = 0; i < out; i++, k++) {
        w[k] *= scale[j];
        w[features * out + i] -= w[k] * mean[j];
      }
    }
    if (architecture.loss() == Loss.SQUARED) {
      for (int i = architecture.first(architecture.layers() - 1); i < w.length; i++) {
        w[i] *= targetUnit();
      }
      w[w.length - 1] += mean[features];
    }
    return w;
  }

  /** The way back, for training that goes on from a model. */
  double[] scaled(Architecture architecture, double[] weights) {
    double[] w = weights.clone();
    int out = architecture.sizes()[1];
    int features = architecture.features();
    if (architecture.loss() == Loss.SQUARED) {
      w[w.length - 1] -= mean[features];
      for (int i = architecture.first(architecture.layers() - 1); i < w.length; i++) {
        w[i] /= targetUnit();
      }
    }
    for (int j = 0, k = 0; j < features; j++) {
      for (int i = 0; i < out; i++, k++) {
        w[features * out + i] += w[k] * mean[j];
        w[k] /= scale[j];
      }
    }
    return w;
  }
}
