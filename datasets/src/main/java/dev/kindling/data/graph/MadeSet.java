package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.gntk.Graph;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A set of graphs that is made, not read: each graph from the seed and its index alone, so that any
 * task can make any of them. O(nodes + edges) time and memory a graph.
 *
 * <p>With every tag equal, aggregation over cycles and complete graphs gives all nodes one colour,
 * and the kernel has a closed form. With R ReLU layers a block, factor 2 and s = 1 for mean
 * aggregation, else s = (closed degree in g)·(closed degree in h):
 *
 * <p>K(g, h) = 2·|g|·|h|·Σ_l s^l (1 + lR), l = 0 … blocks with jumping knowledge, else l = blocks.
 *
 * @param graphs how many
 * @param nodes of each graph; the most of a cycle or complete graph
 * @param degree expected number of neighbours in random graphs
 * @param tags random graphs have tags 0 to tags − 1, uniformly; the others 0
 * @param motif nodes of the clique that is planted
 */
public record MadeSet(
    Kind kind, long graphs, int nodes, double degree, int tags, int motif, long seed)
    implements Serializable {

  /** What is made. */
  public enum Kind {
    /** Erdős–Rényi: each pair of nodes is an edge with the same probability. No label. */
    random,
    /** Cycles of 3, 4, … nodes, then from 3 again; the label is the number of nodes. */
    cycles,
    /** Complete graphs of 1, 2, … nodes, then from 1 again; the label is the number of nodes. */
    complete,
    /**
     * Random graphs, of which every second one, in random order, has a clique planted (label 1);
     * the others (label 0) get as many edges more at random places.
     */
    motif
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * @throws BadInput for a value out of its range, naming it
   */
  public MadeSet {
    require(graphs >= 1 && graphs <= Integer.MAX_VALUE, "graphs", graphs, "from 1 to 2147483647");
    int fewest = kind == Kind.cycles ? 3 : 1;
    require(nodes >= fewest && nodes <= 1 << 20, "nodes", nodes, "from " + fewest + " to 1048576");
    require(tags >= 1, "tags", tags, "at least 1");
    boolean drawn = kind == Kind.random || kind == Kind.motif;
    require(
        !drawn || (degree >= 0 && degree <= nodes - 1),
        "degree",
        degree,
        "from 0 to " + (nodes - 1));
    require(
        kind != Kind.motif || (motif >= 2 && motif <= nodes), "motif", motif, "from 2 to " + nodes);
    long edges = kind == Kind.complete ? (long) nodes * (nodes - 1) / 2 : nodes;
    edges = drawn ? (long) (nodes * degree / 2) : edges;
    edges += kind == Kind.motif ? (long) motif * (motif - 1) / 2 : 0;
    require(edges <= 1 << 26, "nodes", nodes, "less: a graph would have about " + edges + " edges");
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw BadInput.of("%s: should be %s", SettingName.of(name, value), range);
    }
  }

  /** One of the graphs. */
  public GraphRecord graph(long index) {
    SplittableRandom random = new SplittableRandom(mix(seed * GOLDEN + index));
    String id = Long.toString(index);
    return switch (kind) {
      case cycles -> {
        int n = 3 + (int) (index % (nodes - 2));
        yield new GraphRecord(index, id, Integer.toString(n), cycle(n));
      }
      case complete -> {
        int n = 1 + (int) (index % nodes);
        yield new GraphRecord(index, id, Integer.toString(n), complete(n));
      }
      case random -> new GraphRecord(index, id, null, drawn(random, 0, 0));
      case motif -> {
        // Of each two neighbours in the set one has it; which one, their common random bit says.
        boolean flip = (mix(seed * GOLDEN + index / 2 + (1L << 62)) & 1) == 1;
        boolean planted = (index % 2 == 0) == flip;
        int more = motif * (motif - 1) / 2;
        yield new GraphRecord(
            index,
            id,
            planted ? "1" : "0",
            planted ? drawn(random, motif, 0) : drawn(random, 0, more));
      }
    };
  }

  /** Stafford's mix 13, as java.util.SplittableRandom has it: neighbours get unrelated seeds. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  private static Graph cycle(int n) {
    int[] targets = new int[n];
    Arrays.setAll(targets, u -> (u + 1) % n);
    int[] sources = new int[n];
    Arrays.setAll(sources, u -> u);
    return Graph.of(new int[n], sources, targets);
  }

  private static Graph complete(int n) {
    Edges edges = new Edges();
    for (int u = 0; u < n; u++) {
      for (int v = u + 1; v < n; v++) {
        edges.add(u, v);
      }
    }
    return edges.graph(new int[n]);
  }

  /** A random graph with a clique on random nodes, or with random edges more. */
  private Graph drawn(SplittableRandom random, int clique, int more) {
    int[] labels = new int[nodes];
    Arrays.setAll(labels, u -> random.nextInt(tags));
    Edges edges = new Edges();
    double p = nodes < 2 ? 0 : degree / (nodes - 1);
    // Batagelj and Brandes 2005: jumps over the pairs that are no edge, in O(nodes + edges).
    long v = -1;
    for (int u = 1; p > 0 && u < nodes; ) {
      v += 1 + skip(random, p);
      while (u < nodes && v >= u) {
        v -= u++;
      }
      if (u < nodes) {
        edges.add(u, (int) v);
      }
    }
    int[] order = new int[nodes];
    Arrays.setAll(order, u -> u);
    for (int i = 0; i < clique; i++) {
      int other = i + random.nextInt(nodes - i);
      int chosen = order[other];
      order[other] = order[i];
      order[i] = chosen;
      for (int j = 0; j < i; j++) {
        edges.add(order[j], chosen);
      }
    }
    for (int e = 0; e < more && nodes > 1; e++) {
      int u = random.nextInt(nodes);
      edges.add(u, (u + 1 + random.nextInt(nodes - 1)) % nodes);
    }
    return edges.graph(labels);
  }

  /** How many pairs are no edge before the next one that is. */
  private static long skip(SplittableRandom random, double p) {
    double skip = StrictMath.log(1 - random.nextDouble()) / StrictMath.log1p(-p);
    return p >= 1 ? 0 : (long) Math.min(skip, 1L << 60);
  }

  /** Ends of edges, as many as come. */
  private static final class Edges {
    private int[] sources = new int[64];
    private int[] targets = new int[64];
    private int count;

    void add(int u, int v) {
      if (count == sources.length) {
        sources = Arrays.copyOf(sources, 2 * count);
        targets = Arrays.copyOf(targets, 2 * count);
      }
      sources[count] = u;
      targets[count++] = v;
    }

    Graph graph(int[] tags) {
      return Graph.of(tags, Arrays.copyOf(sources, count), Arrays.copyOf(targets, count));
    }
  }
}
