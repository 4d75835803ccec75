package dev.kindling.gntk;

/**
 * 128-bit colours of nodes, level by level: c₀(u) = tag, c_l(u) = the multiset of c_{l−1} over the
 * closed neighbourhood of u, itself not set apart.
 *
 * <p>A multiset is hashed by the sum of its members' mixed colours, so that no neighbourhood is
 * sorted. {@link ColorSet} checks that equal hashes stand for equal multisets.
 */
final class ColorHash {
  final long[] high;
  final long[] low;

  private ColorHash(int nodes) {
    high = new long[nodes];
    low = new long[nodes];
  }

  /** Colours of level 0: of equal features, tags and attributes. */
  static ColorHash of(Graph graph) {
    ColorHash colors = new ColorHash(graph.nodes());
    for (int u = 0; u < graph.nodes(); u++) {
      int tag = graph.tagged() ? graph.tag(u) : 0;
      long high = mix(tag ^ 0x9E3779B97F4A7C15L);
      long low = mix(tag ^ 0xC2B2AE3D27D4EB4FL);
      for (int k = 0; k < graph.attributes(); k++) {
        long bits = Double.doubleToLongBits(graph.attribute(u, k) + 0.0); // −0 is 0
        high = mix(high + bits * 0xD6E8FEB86659FD93L);
        low = mix(low + bits * 0xA0761D6478BD642FL + 1);
      }
      colors.high[u] = high;
      colors.low[u] = low;
    }
    return colors;
  }

  /** The colours of the next level. O(nodes + edges). */
  ColorHash aggregate(Graph graph) {
    int nodes = graph.nodes();
    long[] mixedHigh = new long[nodes];
    long[] mixedLow = new long[nodes];
    for (int u = 0; u < nodes; u++) {
      mixedHigh[u] = mix(high[u] + 0xD6E8FEB86659FD93L * low[u]);
      mixedLow[u] = mix(low[u] + 0xA0761D6478BD642FL * high[u] + 1);
    }
    ColorHash next = new ColorHash(nodes);
    for (int u = 0; u < nodes; u++) {
      long sumHigh = mixedHigh[u];
      long sumLow = mixedLow[u];
      for (int k = 0, degree = graph.degree(u); k < degree; k++) {
        int v = graph.neighbour(u, k);
        sumHigh += mixedHigh[v];
        sumLow += mixedLow[v];
      }
      next.high[u] = mix(sumHigh ^ 0xE7037ED1A0B428DBL);
      next.low[u] = mix(sumLow ^ 0x8EBC6AF09C88C6E3L);
    }
    return next;
  }

  /** The finaliser of SplitMix64 (Steele et al. 2014), a bijection. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
