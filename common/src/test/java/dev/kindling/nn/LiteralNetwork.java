package dev.kindling.nn;

/** The forward pass as its formulas stand, a row and a unit at a time. */
final class LiteralNetwork {
  private LiteralNetwork() {}

  static LossSum loss(Architecture a, double[] w, RowBlock block, Dropout dropout) {
    double loss = 0;
    double weights = 0;
    double right = 0;
    for (int r = 0; r < block.rows(); r++) {
      double[] h = new double[a.features()];
      for (int j = 0; j < h.length; j++) {
        h[j] = ((double[]) block.x())[r * h.length + j];
      }
      for (int l = 0; l < a.layers(); l++) {
        int out = a.sizes()[l + 1];
        double[] z = new double[out];
        for (int i = 0; i < out; i++) {
          z[i] = w[a.first(l) + out * h.length + i];
          for (int j = 0; j < h.length; j++) {
            z[i] += w[a.first(l) + j * out + i] * h[j];
          }
          if (l + 1 < a.layers()) {
            z[i] = activation(a.activation(), z[i]);
            if (dropout != null) {
              z[i] = dropout.keeps(l + 1, r, i) ? z[i] / (1 - dropout.rate()) : 0;
            }
          }
        }
        h = z;
      }
      double own = block.weight() == null ? 1 : block.weight()[r];
      double y = block.y()[r];
      weights += own;
      if (a.loss() == Loss.SQUARED) {
        loss += own * (h[0] - y) * (h[0] - y) / 2;
      } else {
        double sum = 0;
        int best = 0;
        for (int c = 0; c < h.length; c++) {
          sum += Math.exp(h[c]);
          best = h[c] > h[best] ? c : best;
        }
        loss -= own * Math.log(Math.exp(h[(int) y]) / sum);
        right += best == (int) y ? own : 0;
      }
    }
    return new LossSum(loss, weights, right);
  }

  private static double activation(Activation activation, double z) {
    return switch (activation) {
      case RELU -> Math.max(0, z);
      case TANH -> Math.tanh(z);
      case GELU -> 0.5 * z * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
    };
  }
}
