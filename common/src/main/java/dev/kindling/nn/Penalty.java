package dev.kindling.nn;

/** ½λ|W|² over the matrices of all layers; offsets are free. */
record Penalty(Architecture architecture, double lambda) {
  double value(double[] w) {
    double squares = 0;
    for (int l = 0; l < architecture.layers(); l++) {
      for (int i = architecture.first(l); i < offsets(l); i++) {
        squares += w[i] * w[i];
      }
    }
    return 0.5 * lambda * squares;
  }

  /**
   * Adds its gradient.
   *
   * @param w not modified
   * @param g modified
   * @return its value
   */
  double add(double[] w, double[] g) {
    for (int l = 0; l < architecture.layers(); l++) {
      for (int i = architecture.first(l); i < offsets(l); i++) {
        g[i] += lambda * w[i];
      }
    }
    return value(w);
  }

  /** Where the offsets of a layer begin. */
  private int offsets(int layer) {
    return architecture.first(layer)
        + architecture.sizes()[layer] * architecture.sizes()[layer + 1];
  }
}
