package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.gntk.Graph;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads the text format of GIN (Xu et al. 2019) and of GNTK's authors, one graph at a time: the
 * number of graphs; per graph a line {@code n label}, then n lines {@code tag degree neighbours…}.
 * What follows the neighbours on a line, the node's attributes, is read where it is asked for.
 *
 * <p>Memory: the current graph. No number in the file is trusted before its lines have been read.
 */
final class GinTextParser implements Iterator<GraphRecord> {
  private final LineSource lines;
  private final LineSource ids;
  private final boolean withAttributes;
  private final int graphs;
  private int read;
  private String current;
  private int[] starts = new int[8];
  private int[] ends = new int[8];

  /**
   * @param ids one name a line, or null
   * @param withAttributes whether the nodes' attributes are read; each node must have as many then
   * @throws BadInput if the file does not begin with a positive number of graphs
   */
  GinTextParser(LineSource lines, LineSource ids, boolean withAttributes) {
    this.withAttributes = withAttributes;
    this.lines = lines;
    this.ids = ids;
    if (lines.next() == null) {
      throw lines.errorOfFile("the file is empty; its first line should be the number of graphs");
    }
    graphs = lines.integer("the number of graphs");
    if (graphs < 1) {
      throw lines.error("the file announces " + graphs + " graphs; at least one is needed");
    }
  }

  @Override
  public boolean hasNext() {
    if (read < graphs) {
      return true;
    }
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        throw lines.error(
            "a line in no graph: line 1 announces " + graphs + " graphs and all of them are read");
      }
    }
    if (ids != null && ids.nextFilled() != null) {
      throw ids.error("more ids than the " + graphs + " graphs");
    }
    return false;
  }

  /**
   * @throws BadInput for a malformed line, with its number
   */
  @Override
  public GraphRecord next() {
    if (read == graphs) {
      throw new NoSuchElementException("all " + graphs + " graphs are read");
    }
    if (tokens() != 2) {
      throw lines.error("a graph starts with its number of nodes and its label, two words");
    }
    int nodes = lines.integer(starts[0], ends[0], "the number of nodes");
    if (nodes < 1) {
      throw lines.error("graph " + read + " has " + nodes + " nodes; at least one is needed");
    }
    String label = word(1);
    int[] tags = new int[16];
    int[] sources = new int[64];
    int[] targets = new int[64];
    NodeAttributes attributes = withAttributes ? new NodeAttributes() : null;
    int edges = 0;
    for (int node = 0; node < nodes; node++) {
      int words = tokens();
      if (words < 2) {
        throw lines.error(
            "a node is its tag, its degree and its neighbors; this line has " + words + " words");
      }
      int degree = lines.integer(starts[1], ends[1], "the degree");
      if (degree < 0 || degree > words - 2) {
        throw lines.error(
            "degree " + degree + ", but " + (words - 2) + " neighbors follow it on the line");
      }
      if (node == tags.length) {
        tags = Arrays.copyOf(tags, 2 * node);
      }
      tags[node] = lines.integer(starts[0], ends[0], "the tag");
      if (edges + degree > sources.length) {
        int longer = Math.max(2 * sources.length, edges + degree);
        sources = Arrays.copyOf(sources, longer);
        targets = Arrays.copyOf(targets, longer);
      }
      for (int k = 0; k < degree; k++) {
        int neighbour = lines.integer(starts[2 + k], ends[2 + k], "a neighbor");
        if (neighbour < 0 || neighbour >= nodes) {
          throw lines.error(
              Words.of(
                  "edge to node %s, but the nodes of graph %s are 0 to %s",
                  neighbour, read, nodes - 1));
        }
        sources[edges] = node;
        targets[edges++] = neighbour;
      }
      for (int k = 2 + degree; withAttributes && k < words; k++) {
        attributes.add(lines.number(starts[k], ends[k], "an attribute"));
      }
      if (withAttributes) {
        attributes.endNode(lines);
      }
    }
    Graph graph =
        Graph.of(
            Arrays.copyOf(tags, nodes),
            Arrays.copyOf(sources, edges),
            Arrays.copyOf(targets, edges));
    if (withAttributes) {
      graph = attributes.on(graph);
    }
    GraphRecord record = new GraphRecord(read, id(), label, graph);
    read++;
    return record;
  }

  private String id() {
    if (ids == null) {
      return Integer.toString(read);
    }
    String id = ids.nextFilled();
    if (id == null) {
      throw ids.errorOfFile(
          "the file ends after " + read + " ids; there are " + graphs + " graphs");
    }
    return id.strip();
  }

  private String word(int k) {
    return current.substring(starts[k], ends[k]);
  }

  /** Splits the next line at white space into {@link #starts} and {@link #ends}. */
  private int tokens() {
    current = lines.next();
    if (current == null) {
      throw lines.error(
          Words.of(
              "the file ends in graph %s of the %s that line 1 announces; is it truncated?",
              read, graphs));
    }
    int count = 0;
    int length = current.length();
    for (int at = 0; at < length; ) {
      while (at < length && current.charAt(at) <= ' ') {
        at++;
      }
      if (at == length) {
        break;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      starts[count] = at;
      while (at < length && current.charAt(at) > ' ') {
        at++;
      }
      ends[count++] = at;
    }
    return count;
  }
}
