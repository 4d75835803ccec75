package dev.kindling.gntk;

import java.util.Arrays;

/**
 * The nodes of some graphs one after the other, with the aggregation that is the same at every
 * level.
 *
 * @param tags one-hot tags by node, or none if the attributes alone are the features
 * @param features the attributes, attribute by attribute
 */
record StackedGraphs(
    int[] tags,
    double[][] features,
    SparseRows[] aggregation,
    SparseRows[] histograms,
    long[][] high,
    long[][] low) {

  static StackedGraphs of(Graph[] graphs, GntkParameters parameters) {
    int nodes = 0;
    int entries = 0;
    for (Graph graph : graphs) {
      nodes += graph.nodes();
      entries += graph.nodes() + 2 * graph.edges();
    }
    int levels = parameters.blocks() + 1;
    SparseRows aggregation = aggregation(graphs, nodes, entries, parameters.scale());
    SparseRows histogram = histogram(graphs, nodes);
    SparseRows[] aggregations = new SparseRows[levels];
    SparseRows[] histograms = new SparseRows[levels];
    long[][] high = new long[levels][nodes];
    long[][] low = new long[levels][nodes];
    for (int level = 0; level < levels; level++) {
      aggregations[level] = level == 0 ? null : aggregation;
      histograms[level] = histogram;
    }
    int first = 0;
    for (Graph graph : graphs) {
      ColorHash colors = ColorHash.of(graph);
      for (int level = 0; level < levels; level++) {
        colors = level == 0 ? colors : colors.aggregate(graph);
        System.arraycopy(colors.high, 0, high[level], first, graph.nodes());
        System.arraycopy(colors.low, 0, low[level], first, graph.nodes());
      }
      first += graph.nodes();
    }
    return new StackedGraphs(
        tags(graphs, nodes), features(graphs, nodes), aggregations, histograms, high, low);
  }

  private static SparseRows aggregation(
      Graph[] graphs, int nodes, int entries, GntkParameters.Scale scale) {
    int[] offsets = new int[nodes + 1];
    int[] columns = new int[entries];
    double[] values = new double[entries];
    int first = 0;
    int entry = 0;
    for (Graph graph : graphs) {
      for (int u = 0; u < graph.nodes(); u++) {
        int degree = graph.degree(u);
        double value = scale == GntkParameters.Scale.DEGREE ? 1.0 / (degree + 1) : 1;
        int k = 0;
        for (; k < degree && graph.neighbour(u, k) < u; k++) {
          columns[entry++] = first + graph.neighbour(u, k);
        }
        columns[entry++] = first + u;
        for (; k < degree; k++) {
          columns[entry++] = first + graph.neighbour(u, k);
        }
        Arrays.fill(values, entry - degree - 1, entry, value);
        offsets[first + u + 1] = entry;
      }
      first += graph.nodes();
    }
    return new SparseRows(offsets, columns, values);
  }

  private static SparseRows histogram(Graph[] graphs, int nodes) {
    int[] offsets = new int[graphs.length + 1];
    int[] columns = new int[nodes];
    double[] ones = new double[nodes];
    for (int g = 0; g < graphs.length; g++) {
      offsets[g + 1] = offsets[g] + graphs[g].nodes();
    }
    for (int u = 0; u < nodes; u++) {
      columns[u] = u;
      ones[u] = 1;
    }
    return new SparseRows(offsets, columns, ones);
  }

  private static int[] tags(Graph[] graphs, int nodes) {
    if (!graphs[0].tagged()) {
      return new int[0];
    }
    int[] tags = new int[nodes];
    int first = 0;
    for (Graph graph : graphs) {
      for (int u = 0; u < graph.nodes(); u++) {
        tags[first++] = graph.tag(u);
      }
    }
    return tags;
  }

  private static double[][] features(Graph[] graphs, int nodes) {
    double[][] features = new double[graphs[0].attributes()][nodes];
    int first = 0;
    for (Graph graph : graphs) {
      for (int u = 0; u < graph.nodes(); u++, first++) {
        for (int k = 0; k < features.length; k++) {
          features[k][first] = graph.attribute(u, k);
        }
      }
    }
    return features;
  }
}
