package dev.kindling.gntk;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An undirected graph with an integer tag on every node, as compressed sparse rows. Immutable by
 * convention: the arrays are shared, not copied. 4 bytes a node for the tag, 4 for the row, 8 an
 * edge.
 */
public final class Graph implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] tags;
  private final int[] offsets;
  private final int[] neighbours;
  private final int selfLoops;
  private final int duplicates;
  private final boolean tagged;

  /** Node after node, {@code width} values each. */
  private final double[] attributes;

  private final int width;

  private Graph(int[] tags, int[] offsets, int[] neighbours, int selfLoops, int duplicates) {
    this(tags, offsets, neighbours, selfLoops, duplicates, true, new double[0], 0);
  }

  private Graph(
      int[] tags,
      int[] offsets,
      int[] neighbours,
      int selfLoops,
      int duplicates,
      boolean tagged,
      double[] attributes,
      int width) {
    this.tagged = tagged;
    this.attributes = attributes;
    this.width = width;
    this.tags = tags;
    this.offsets = offsets;
    this.neighbours = neighbours;
    this.selfLoops = selfLoops;
    this.duplicates = duplicates;
  }

  /**
   * Builds a graph from its edges, in any order and either or both directions. Self loops are
   * dropped and counted (the kernel's closed neighbourhood holds the node itself once already); an
   * edge that is given more than once collapses.
   *
   * @param tags one tag a node, at least one node. Not modified
   * @param sources one end of each edge, 0-based. Not modified
   * @param targets the other end. Not modified
   * @throws IllegalArgumentException if there is no node, the ends differ in number, or an end is
   *     not a node
   */
  public static Graph of(int[] tags, int[] sources, int[] targets) {
    int nodes = tags.length;
    if (nodes == 0) {
      throw new IllegalArgumentException("a graph needs at least one node");
    }
    if (sources.length != targets.length) {
      throw new IllegalArgumentException(
          sources.length + " edge sources but " + targets.length + " edge targets");
    }
    long[] directed = new long[2 * sources.length];
    long[] given = new long[sources.length];
    int kept = 0;
    int selfLoops = 0;
    for (int e = 0; e < sources.length; e++) {
      int u = sources[e];
      int v = targets[e];
      if (u < 0 || u >= nodes || v < 0 || v >= nodes) {
        throw new IllegalArgumentException(
            "edge " + u + "–" + v + ", but the graph's nodes are 0 to " + (nodes - 1));
      }
      if (u == v) {
        selfLoops++;
        continue;
      }
      given[kept / 2] = ((long) u << 32) | v;
      directed[kept++] = ((long) u << 32) | v;
      directed[kept++] = ((long) v << 32) | u;
    }
    Arrays.sort(directed, 0, kept);
    int[] offsets = new int[nodes + 1];
    int[] neighbours = new int[kept];
    int distinct = 0;
    for (int e = 0; e < kept; e++) {
      if (e > 0 && directed[e] == directed[e - 1]) {
        continue;
      }
      neighbours[distinct++] = (int) directed[e];
      offsets[(int) (directed[e] >>> 32) + 1]++;
    }
    for (int u = 0; u < nodes; u++) {
      offsets[u + 1] += offsets[u];
    }
    return new Graph(
        tags.clone(),
        offsets,
        Arrays.copyOf(neighbours, distinct),
        selfLoops,
        repeats(given, kept / 2));
  }

  private static int repeats(long[] given, int count) {
    Arrays.sort(given, 0, count);
    int repeats = 0;
    for (int e = 1; e < count; e++) {
      if (given[e] == given[e - 1]) {
        repeats++;
      }
    }
    return repeats;
  }

  /** The same graph with each node's degree as its tag, for graphs whose nodes carry none. */
  public Graph taggedByDegree() {
    int[] degrees = new int[nodes()];
    for (int u = 0; u < degrees.length; u++) {
      degrees[u] = degree(u);
    }
    return new Graph(degrees, offsets, neighbours, selfLoops, duplicates);
  }

  /**
   * The same graph whose nodes have continuous features.
   *
   * @param values node after node, as many each. Not modified
   * @throws IllegalArgumentException if the values are none, do not divide by the nodes or are not
   *     finite
   */
  public Graph withAttributes(double[] values) {
    if (values.length == 0 || values.length % nodes() != 0) {
      throw new IllegalArgumentException(
          values.length + " attributes for " + nodes() + " nodes: each needs as many");
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("an attribute is " + value);
      }
    }
    return new Graph(
        tags,
        offsets,
        neighbours,
        selfLoops,
        duplicates,
        tagged,
        values.clone(),
        values.length / nodes());
  }

  /** The same graph whose tags are no features: its attributes alone are. */
  public Graph untagged() {
    return new Graph(tags, offsets, neighbours, selfLoops, duplicates, false, attributes, width);
  }

  /** Whether the one-hot tags are features. */
  public boolean tagged() {
    return tagged;
  }

  /** Continuous features a node; 0 if there are none. */
  public int attributes() {
    return width;
  }

  /** The {@code k}-th continuous feature of a node. */
  public double attribute(int node, int k) {
    return attributes[node * width + k];
  }

  public int nodes() {
    return tags.length;
  }

  /** Undirected edges, each counted once. */
  public int edges() {
    return neighbours.length / 2;
  }

  public int tag(int node) {
    return tags[node];
  }

  /** Neighbours of {@code node}, itself not counted. */
  public int degree(int node) {
    return offsets[node + 1] - offsets[node];
  }

  /** The {@code k}-th neighbour of {@code node}; ascending in {@code k}. */
  public int neighbour(int node, int k) {
    return neighbours[offsets[node] + k];
  }

  /**
   * Each undirected edge once, ascending by its lower end.
   *
   * @return the lower ends and the upper ends
   */
  public int[][] edgeList() {
    int[][] ends = new int[2][edges()];
    int edge = 0;
    for (int u = 0; u < nodes(); u++) {
      for (int k = 0; k < degree(u); k++) {
        if (u < neighbour(u, k)) {
          ends[0][edge] = u;
          ends[1][edge++] = neighbour(u, k);
        }
      }
    }
    return ends;
  }

  /** Edges from a node to itself that {@link #of} dropped. */
  public int selfLoops() {
    return selfLoops;
  }

  /** Repeated mentions of an edge in the same direction that {@link #of} collapsed. */
  public int duplicates() {
    return duplicates;
  }
}
