package dev.kindling.nn;

import dev.kindling.block.RowKeys;

/**
 * First weights: normal, of variance 2/in before ReLU and GELU (He et al. 2015), 2/(in + out)
 * before tanh and the outputs (Glorot and Bengio 2010); offsets 0. A linear model begins at 0.
 */
public final class Initialization {
  private Initialization() {}

  /** Drawn by seed, layer and place: the same whatever is drawn beside them. */
  public static double[] weights(Architecture architecture, long seed) {
    double[] w = new double[architecture.weights()];
    for (int l = 0; l < architecture.layers() && architecture.layers() > 1; l++) {
      int in = architecture.sizes()[l];
      int out = architecture.sizes()[l + 1];
      boolean he = l + 1 < architecture.layers() && architecture.activation() != Activation.TANH;
      double deviation = Math.sqrt(2.0 / (he ? in : in + out));
      long key = RowKeys.key(seed, l);
      for (int i = 0; i < in * out; i++) {
        w[architecture.first(l) + i] = deviation * normal(key, i);
      }
    }
    return w;
  }

  /** Box and Muller 1958. */
  private static double normal(long key, int i) {
    double radius = Math.sqrt(-2 * Math.log(RowKeys.even(key, 2L * i)));
    return radius * Math.cos(2 * Math.PI * RowKeys.even(key, 2L * i + 1));
  }
}
