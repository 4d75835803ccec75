package dev.kindling.gntk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a block of graphs into chunks that a tile of the kernel is made of: graphs with many colours
 * in common next to each other, as many as {@link #NODES} nodes give.
 */
final class GraphChunks {
  /** Nodes a chunk, if a graph is not larger: two tiles of 8 MB and their copies. */
  static final int NODES = 1024;

  /** The dense engine shares no colours: a tile of 2 MB stays in the second cache. */
  static final int DENSE_NODES = 512;

  private static final int HASHES = 4;

  private GraphChunks() {}

  /**
   * @param byNodes whether colours are of no use, and the order so is that of the block
   * @return positions of the graphs, chunk by chunk
   */
  static List<int[]> of(Graph[] graphs, boolean byNodes) {
    return of(graphs, byNodes, byNodes ? DENSE_NODES : NODES);
  }

  /**
   * @param most nodes a chunk
   */
  static List<int[]> of(Graph[] graphs, boolean byNodes, int most) {
    int[] order = byNodes ? IntStream.range(0, graphs.length).toArray() : bySignature(graphs);
    List<int[]> chunks = new ArrayList<>();
    int from = 0;
    int nodes = 0;
    for (int i = 0; i < order.length; i++) {
      if (i > from && nodes + graphs[order[i]].nodes() > most) {
        chunks.add(Arrays.copyOfRange(order, from, i));
        from = i;
        nodes = 0;
      }
      nodes += graphs[order[i]].nodes();
    }
    chunks.add(Arrays.copyOfRange(order, from, order.length));
    return chunks;
  }

  /**
   * Min-hash signatures of the colours of level 1 (Broder 1997): two graphs agree in an entry with
   * the probability that their sets of colours overlap by.
   */
  private static int[] bySignature(Graph[] graphs) {
    long[][] signatures = new long[graphs.length][HASHES];
    for (int g = 0; g < graphs.length; g++) {
      ColorHash colors = ColorHash.of(graphs[g]).aggregate(graphs[g]);
      Arrays.fill(signatures[g], Long.MAX_VALUE);
      for (int u = 0; u < graphs[g].nodes(); u++) {
        for (int h = 0; h < HASHES; h++) {
          long hash = Long.rotateLeft(colors.high[u], 13 * h) * 0x9E3779B97F4A7C15L;
          signatures[g][h] = Math.min(signatures[g][h], hash);
        }
      }
    }
    return IntStream.range(0, graphs.length)
        .boxed()
        .sorted(Comparator.<Integer, long[]>comparing(g -> signatures[g], Arrays::compare))
        .mapToInt(g -> g)
        .toArray();
  }
}
