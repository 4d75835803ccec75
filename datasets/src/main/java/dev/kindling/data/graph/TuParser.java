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
 * DS_graph_labels.txt}, and {@code DS_node_labels.txt} where nodes carry tags. Where there are no
 * labels, a column of {@code DS_graph_attributes.txt} takes their place; without that, too, graphs
 * have none. All numbers are 1-based; edges may come in any order. {@code DS_node_attributes.txt}
 * is read where it is asked for, edge labels and attributes are not.
 *
 * <p>Memory: 12 bytes a node and 12 a line of {@code DS_A.txt}, since nothing says that a graph's
 * lines stand together.
 */
final class TuParser {
  private static final int NONE = -1;

  private final String set;
  private final Function<String, LineSource> open;
  private final GraphOptions options;

  /** Null where there are none. */
  private String[] labels;

  private String labelFile;

  private int graphs;
  private int[] graphOf = new int[1024];
  private int[] localIndex;
  private int[] firstNode;
  private int nodes;

  /**
   * @param set DS, the prefix of the files
   * @param open gives the lines of a file of the folder by its suffix ({@code _A.txt}); null for
   *     one that is not there
   * @param options the label's column, and whether the nodes' attributes are read
   */
  TuParser(String set, Function<String, LineSource> open, GraphOptions options) {
    this.options = options;
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
    NodeAttributes attributes = options.attributes() ? readAttributes() : null;
    int[][] edges = readEdges();
    int[] edgeStart = new int[graphs + 1];
    for (int source : edges[0]) {
      edgeStart[graphOf[source] + 1]++;
    }
    for (int g = 0; g < graphs; g++) {
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
    return IntStream.range(0, graphs)
        .mapToObj(
            g ->
                new GraphRecord(
                    g,
                    Integer.toString(g),
                    labels == null ? null : labels[g],
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
          set + suffix + ": no such file; a TU folder holds DS_A.txt and DS_graph_indicator.txt");
    }
    return lines;
  }

  private void readLabels() {
    labelFile = set + "_graph_labels.txt";
    LineSource lines = options.labelColumn() == null ? open.apply("_graph_labels.txt") : null;
    int column = NONE;
    if (lines == null) {
      labelFile = set + "_graph_attributes.txt";
      column = column();
      lines = open.apply("_graph_attributes.txt");
    }
    if (lines == null && options.labelColumn() != null) {
      throw BadInput.of("%s: no such file, and its column %s was asked for", labelFile, column);
    }
    if (lines == null) {
      return;
    }
    String[] read = new String[64];
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      if (graphs == read.length) {
        read = Arrays.copyOf(read, 2 * graphs);
      }
      read[graphs++] = column == NONE ? line.strip() : cell(lines, line, column);
    }
    if (graphs == 0) {
      throw lines.errorOfFile("the file is empty; at least one graph is needed");
    }
    labels = Arrays.copyOf(read, graphs);
  }

  private int column() {
    String wanted = options.labelColumn() == null ? "0" : options.labelColumn();
    if (!wanted.matches("[0-9]{1,9}")) {
      throw BadInput.of(
          "%s: no column %s; its columns have no names: give a number, counted from 0",
          labelFile, wanted);
    }
    return Integer.parseInt(wanted);
  }

  private static String cell(LineSource lines, String line, int column) {
    int from = 0;
    for (int i = 0; i < column; i++) {
      from = line.indexOf(',', from) + 1;
      if (from == 0) {
        throw lines.error(
            Words.of("no column %s, counted from 0; the line has %s of them", column, i + 1));
      }
    }
    int comma = line.indexOf(',', from);
    int to = comma < 0 ? line.length() : comma;
    lines.number(from, to, Words.of("column %s", column));
    return line.substring(from, to).strip();
  }

  private void readIndicator() {
    LineSource lines = require("_graph_indicator.txt");
    int most = 0;
    for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
      int graph = lines.integer("the graph of node " + (nodes + 1));
      if (graph < 1 || (labels != null && graph > graphs)) {
        throw lines.error(
            labels == null
                ? Words.of("node %s is in graph %s; graphs are counted from 1", nodes + 1, graph)
                : Words.of(
                    "node %s is in graph %s, but %s has labels for graphs 1 to %s",
                    nodes + 1, graph, labelFile, graphs));
      }
      if (nodes == graphOf.length) {
        graphOf = Arrays.copyOf(graphOf, 2 * nodes);
      }
      graphOf[nodes++] = graph - 1;
      most = Math.max(most, graph);
    }
    if (labels == null) {
      graphs = most;
      if (most == 0 || most > nodes) {
        throw lines.errorOfFile(
            Words.of("%s nodes in %s graphs; a graph has one node at least", nodes, most));
      }
    }
    number();
  }

  /** Numbers the nodes of each graph. */
  private void number() {
    firstNode = new int[graphs + 1];
    localIndex = new int[nodes];
    for (int u = 0; u < nodes; u++) {
      localIndex[u] = firstNode[graphOf[u] + 1]++;
    }
    for (int g = 1; g <= graphs; g++) {
      if (firstNode[g] == 0) {
        throw labels == null
            ? BadInput.of(
                "%s_graph_indicator.txt: graphs up to %s, but no node is in graph %s",
                set, graphs, g)
            : BadInput.of(
                "%s:%s: a label for graph %s, but no line of %s_graph_indicator.txt puts a node into it",
                labelFile, g, g, set);
      }
      firstNode[g] += firstNode[g - 1];
    }
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
