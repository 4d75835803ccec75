package dev.kindling.gntk;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small random graphs: isolated nodes, single nodes, repeated edges and self loops included. */
final class RandomGraphs {
  private RandomGraphs() {}

  static List<Graph> of(long seed, int count, int mostNodes, int tags) {
    Random random = new Random(seed);
    List<Graph> graphs = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      int nodes = 1 + random.nextInt(mostNodes);
      int edges = random.nextInt(2 * nodes + 1);
      graphs.add(
          Graph.of(
              random.ints(nodes, 0, tags).toArray(),
              random.ints(edges, 0, nodes).toArray(),
              random.ints(edges, 0, nodes).toArray()));
    }
    return graphs;
  }

  /** The same graph with its nodes in another order. */
  static Graph relabelled(Graph graph, Random random) {
    int n = graph.nodes();
    int[] place = random.ints(0, n).distinct().limit(n).toArray();
    int[] tags = new int[n];
    int[] sources = new int[graph.edges()];
    int[] targets = new int[graph.edges()];
    int edge = 0;
    for (int u = 0; u < n; u++) {
      tags[place[u]] = graph.tag(u);
      for (int k = 0; k < graph.degree(u); k++) {
        int v = graph.neighbour(u, k);
        if (u < v) {
          sources[edge] = place[v];
          targets[edge++] = place[u];
        }
      }
    }
    return Graph.of(tags, sources, targets);
  }
}
