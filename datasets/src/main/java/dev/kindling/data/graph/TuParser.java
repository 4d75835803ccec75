package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.gntk.Graph;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads a folder in the format of the TU collection (Morris et al. 2020): {@code DS_A.txt} with an
 * edge a line, {@code DS_graph_indicator.txt} with the graph of each node, {@code
 * DS_graph_labels.txt}, and {@code DS_node_labels.txt} where nodes carry tags. All numbers are
 * 1-based; edges may come in any order. {@code DS_node_attributes.txt} is read where it is asked
 * for, edge labels and attributes are not.
 *
 * <p>Memory: 12 bytes a node and 12 a line of {@code DS_A.txt}, since nothing says that a graph's
 * lines stand together.
 */
final class TuParser {
  private final String set;
  private final Function<String, LineSource> open;
  private final boolean withAttributes;

  private String[] labels;
  private int[] graphOf = new int[1024];
  private int[] localIndex;
  private int[] firstNode;
  private int nodes;

  /**
   * @param set DS, the prefix of the files
   * @param open gives the lines of a file of the folder by its suffix ({@code _A.txt}); null for
   *     one that is not there
   * @param withAttributes whether the nodes' attributes are read
   */
  TuParser(String set, Function<String, LineSource> open, boolean withAttributes) {
    this.withAttributes = withAttributes;
    this.set = set;
    this.open = open;
  }

  /**
   * @throws BadInput for a malformed line, with file and number
   */
  Iterator<GraphRecord> parse() {
    readLabels();
    readIndicator();
    int[] tags = readTags();
    NodeAttributes attributes = withAttributes ? readAttributes() : null;
    int[][] edges = readEdges();
    int[] edgeStart = new int[labels.length + 1];
    for (int source : edges[0]) {
      edgeStart[graphOf[source] + 1]++;
    }
    for (int g = 0; g < labels.length; g++) {
      edgeStart[g + 1] += edgeStart[g];
    }
    int[] next = edgeStart.clone();
    int[] sources = new int[edges[0].length];
    int[] targets = new int[sources.length];
    for (int e = 0; e < sources.length; e++) {
      int at = next[graphOf[edges[0][e]]]++;
      sources[at] = localIndex[edges[0][e]];
      targets[at] = localIndex[edges[1][e]];
    }
    int[] byGraph = new int[nodes];
    int[] nodeAt = new int[nodes];
    for (int u = 0; u < nodes; u++) {
      int at = firstNode[graphOf[u]] + localIndex[u];
      byGraph[at] = tags[u];
      nodeAt[at] = u;
    }
    return IntStream.range(0, labels.length)
        .mapToObj(
            g ->
                new GraphRecord(
                    g,
                    Integer.toString(g),
                    labels[g],
                    attributed(
                        Graph.of(
                            Arrays.copyOfRange(byGraph, firstNode[g], firstNode[g + 1]),
                            Arrays.copyOfRange(sources, edgeStart[g], edgeStart[g + 1]),
                            Arrays.copyOfRange(targets, edgeStart[g], edgeStart[g + 1])),
                        attributes,
                        nodeAt,
                        firstNode[g])))
        .iterator();
  }

  private static Graph attributed(Graph graph, NodeAttributes attributes, int[] nodeAt, int first) {
    if (attributes == null) {
      return graph;
    }
    int width = attributes.width();
    double[] values = new double[Math.multiplyExact(graph.nodes(), width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = attributes.get(nodeAt[first + i / width], i % width);
    }
    return graph.withAttributes(values);
  }

  private NodeAttributes readAttributes() {
    LineSource lines = open.apply("_node_attributes.txt");
    if (lines == null) {
      throw BadInput.of(
          "%s_node_attributes.txt: no such file, and node attributes were asked for", set);
    }
    NodeAttributes attributes = new NodeAttributes();
    int count = 0;
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      if (count++ == nodes) {
        throw lines.error(
            Words.of(
                "attributes of node %s, but %s_graph_indicator.txt has %s nodes",
                count, set, nodes));
      }
      for (int from = 0; from <= line.length(); ) {
        int comma = line.indexOf(',', from);
        int to = comma < 0 ? line.length() : comma;
        attributes.add(lines.number(from, to, "an attribute"));
        from = to + 1;
      }
      attributes.endNode(lines);
    }
    if (count < nodes) {
      throw lines.errorOfFile(
          Words.of(
              "the file ends after the attributes of %s nodes; %s_graph_indicator.txt has %s; is it truncated?",
              count, set, nodes));
    }
    return attributes;
  }

  private LineSource require(String suffix) {
    LineSource lines = open.apply(suffix);
    if (lines == null) {
      throw new BadInput(
          set
              + suffix
              + ": no such file; a TU folder holds DS_A.txt, DS_graph_indicator.txt and DS_graph_labels.txt");
    }
    return lines;
  }

  private void readLabels() {
    LineSource lines = require("_graph_labels.txt");
    String[] read = new String[64];
    int count = 0;
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      if (count == read.length) {
        read = Arrays.copyOf(read, 2 * count);
      }
      read[count++] = line.strip();
    }
    if (count == 0) {
      throw lines.errorOfFile("the file is empty; at least one graph is needed");
    }
    labels = Arrays.copyOf(read, count);
  }

  private void readIndicator() {
    LineSource lines = require("_graph_indicator.txt");
    int[] sizes = new int[labels.length + 1];
    int[] local = new int[1024];
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      int graph = lines.integer("the graph of node " + (nodes + 1));
      if (graph < 1 || graph > labels.length) {
        throw lines.error(
            Words.of(
                "node %s is in graph %s, but %s_graph_labels.txt has labels for graphs 1 to %s",
                nodes + 1, graph, set, labels.length));
      }
      if (nodes == graphOf.length) {
        graphOf = Arrays.copyOf(graphOf, 2 * nodes);
        local = Arrays.copyOf(local, 2 * nodes);
      }
      graphOf[nodes] = graph - 1;
      local[nodes++] = sizes[graph]++;
    }
    for (int g = 1; g <= labels.length; g++) {
      if (sizes[g] == 0) {
        throw BadInput.of(
            "%s_graph_labels.txt:%s: a label for graph %s, but no line of %s_graph_indicator.txt puts a node into it",
            set, g, g, set);
      }
      sizes[g] += sizes[g - 1];
    }
    firstNode = sizes;
    localIndex = local;
  }

  private int[] readTags() {
    int[] tags = new int[nodes];
    LineSource lines = open.apply("_node_labels.txt");
    if (lines == null) {
      return tags;
    }
    int count = 0;
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      if (count == nodes) {
        throw lines.error(
            Words.of(
                "a label for node %s, but %s_graph_indicator.txt has %s nodes",
                count + 1, set, nodes));
      }
      tags[count++] = lines.integer("the label of node " + count);
    }
    if (count < nodes) {
      throw lines.errorOfFile(
          Words.of(
              "the file ends after %s labels; %s_graph_indicator.txt has %s nodes; is it truncated?",
              count, set, nodes));
    }
    return tags;
  }

  /** Sources and targets as 0-based nodes of the whole set. */
  private int[][] readEdges() {
    LineSource lines = require("_A.txt");
    int[] sources = new int[1024];
    int[] targets = new int[1024];
    int count = 0;
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      int comma = line.indexOf(',');
      if (comma < 0) {
        throw lines.error("an edge is two nodes with a comma between them");
      }
      if (count == sources.length) {
        sources = Arrays.copyOf(sources, 2 * count);
        targets = Arrays.copyOf(targets, 2 * count);
      }
      sources[count] = node(lines, line, 0, comma);
      targets[count] = node(lines, line, comma + 1, line.length());
      if (graphOf[sources[count]] != graphOf[targets[count]]) {
        throw lines.error(
            Words.of(
                "an edge between graphs %s and %s",
                graphOf[sources[count]] + 1, graphOf[targets[count]] + 1));
      }
      count++;
    }
    return new int[][] {Arrays.copyOf(sources, count), Arrays.copyOf(targets, count)};
  }

  private int node(LineSource lines, String line, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && line.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && line.charAt(end - 1) <= ' ') {
      end--;
    }
    int node = lines.integer(start, end, "a node");
    if (node < 1 || node > nodes) {
      throw lines.error(
          "edge to node " + node + ", but " + set + "_graph_indicator.txt has nodes 1 to " + nodes);
    }
    return node - 1;
  }
}
