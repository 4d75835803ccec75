package dev.kindling.data.graph;

import java.io.Serializable;

/**
 * What a set of graphs holds.
 *
 * @param graphs number of graphs
 * @param nodes nodes of all graphs together
 * @param edges undirected edges of all graphs together
 * @param selfLoops edges from a node to itself, which were dropped
 * @param duplicates repeated mentions of an edge in one direction, which were collapsed
 * @param lowestTag smallest node tag
 * @param highestTag largest node tag
 * @param largest nodes of the largest graph
 * @param leastAttributes fewest attributes that the nodes of a graph have
 * @param mostAttributes most
 * @param skipped broken records that were left out, as the user wants
 * @param empty molecules without atoms, which were left out
 */
public record GraphSummary(
    long graphs,
    long nodes,
    long edges,
    long selfLoops,
    long duplicates,
    int lowestTag,
    int highestTag,
    int largest,
    int leastAttributes,
    int mostAttributes,
    long skipped,
    long empty)
    implements Serializable {

  /** Of nothing. */
  public static final GraphSummary NONE = none(0, 0);

  /** Of a broken record that is left out. */
  static final GraphSummary SKIPPED = none(1, 0);

  /** Of a molecule without atoms. */
  static final GraphSummary EMPTY = none(0, 1);

  /** Of both together. */
  public GraphSummary plus(GraphSummary other) {
    return new GraphSummary(
        graphs + other.graphs,
        nodes + other.nodes,
        edges + other.edges,
        selfLoops + other.selfLoops,
        duplicates + other.duplicates,
        Math.min(lowestTag, other.lowestTag),
        Math.max(highestTag, other.highestTag),
        Math.max(largest, other.largest),
        Math.min(leastAttributes, other.leastAttributes),
        Math.max(mostAttributes, other.mostAttributes),
        skipped + other.skipped,
        empty + other.empty);
  }

  /** Of one graph. */
  public static GraphSummary of(dev.kindling.gntk.Graph graph) {
    int lowest = Integer.MAX_VALUE;
    int highest = Integer.MIN_VALUE;
    for (int u = 0; u < graph.nodes(); u++) {
      lowest = Math.min(lowest, graph.tag(u));
      highest = Math.max(highest, graph.tag(u));
    }
    return new GraphSummary(
        1,
        graph.nodes(),
        graph.edges(),
        graph.selfLoops(),
        graph.duplicates(),
        lowest,
        highest,
        graph.nodes(),
        graph.attributes(),
        graph.attributes(),
        0,
        0);
  }

  private static GraphSummary none(long skipped, long empty) {
    return new GraphSummary(
        0,
        0,
        0,
        0,
        0,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0,
        Integer.MAX_VALUE,
        0,
        skipped,
        empty);
  }

  /** Records of which there is no graph. */
  public long leftOut() {
    return skipped + empty;
  }

  /** Whether the tags tell no node from another. */
  public boolean tagsAllEqual() {
    return lowestTag == highestTag;
  }
}
