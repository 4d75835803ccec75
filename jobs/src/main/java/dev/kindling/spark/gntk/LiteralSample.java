package dev.kindling.spark.gntk;

import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.gntk.LiteralKernel;

/** Pairs of graphs, evenly spread over the upper triangle, with their kernel as it is written. */
final class LiteralSample {
  private final Graph[] graphs;
  private final LiteralKernel kernel;
  private final long stride;
  private final long pairs;

  /**
   * @param share of all pairs with each other and with themselves, above 0 and at most 1
   */
  LiteralSample(Graph[] graphs, GntkParameters parameters, double share) {
    this.graphs = graphs;
    this.kernel = new LiteralKernel(parameters);
    this.stride = Math.max(1, Math.round(1 / share));
    this.pairs = (long) graphs.length * (graphs.length + 1) / 2;
  }

  /** Compares a pair's kernel. */
  interface Visitor {
    void visit(int i, int j, double value);
  }

  /** How many times as many pairs there are. */
  double scale() {
    return (double) pairs / ((pairs + stride - 1) / stride);
  }

  /** Computes the pairs on this thread; the norms of a graph once. */
  void forEach(Visitor visitor) {
    double[][][] norms = new double[graphs.length][][];
    int i = 0;
    int j = 0;
    for (long pair = 0; pair < pairs; pair += stride) {
      if (pair > 0) {
        for (j += (int) stride; j >= graphs.length; ) {
          j += ++i - graphs.length; // row i begins on the diagonal
        }
      }
      norms[i] = norms[i] == null ? kernel.norms(graphs[i]) : norms[i];
      norms[j] = norms[j] == null ? kernel.norms(graphs[j]) : norms[j];
      visitor.visit(i, j, kernel.value(graphs[i], graphs[j], norms[i], norms[j]));
    }
  }
}
