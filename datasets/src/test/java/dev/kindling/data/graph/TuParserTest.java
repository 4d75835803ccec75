package dev.kindling.data.graph;

import static dev.kindling.data.graph.Texts.refusal;
import static dev.kindling.data.graph.Texts.show;
import static dev.kindling.data.graph.Texts.tu;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuParserTest {
  private static final long SEED = 29;

  /** Graph 1 has the nodes 1, 3 and 5, graph 2 the nodes 2 and 4. */
  private static final Map<String, String> MIXED =
      Map.of(
          "_graph_labels.txt", "1\n-1\n",
          "_graph_indicator.txt", "1\n2\n1\n2\n1\n",
          "_node_labels.txt", "10\n20\n11\n21\n12\n",
          "_A.txt", "1, 3\n2, 4\n3, 5\n4, 2\n3, 1\n5, 3\n");

  @Test
  void nodesOfAGraphNeedNotStandTogether() {
    List<GraphRecord> graphs = tu(MIXED);
    assertThat(graphs).extracting(GraphRecord::index).containsExactly(0L, 1L);
    assertThat(graphs).extracting(GraphRecord::id).containsExactly("0", "1");
    assertThat(graphs).extracting(GraphRecord::label).containsExactly("1", "-1");
    assertThat(graphs)
        .extracting(record -> show(record.graph()))
        .containsExactly("[10, 11, 12] 0-1 1-2", "[20, 21] 0-1");
  }

  @Test
  void edgesMayComeInAnyOrder() {
    List<String> edges = new ArrayList<>(MIXED.get("_A.txt").lines().toList());
    Collections.shuffle(edges, new Random(SEED));
    assertThat(tu(with("_A.txt", String.join("\n", edges))))
        .as("seed %d", SEED)
        .usingRecursiveComparison()
        .isEqualTo(tu(MIXED));
  }

  @Test
  void lineEndsOfWindowsAndEmptyLastLinesDoNotCount() {
    Map<String, String> windows = new HashMap<>();
    MIXED.forEach((suffix, text) -> windows.put(suffix, text.replace("\n", "\r\n") + "\r\n\r\n"));
    assertThat(tu(windows)).usingRecursiveComparison().isEqualTo(tu(MIXED));
  }

  @Test
  void nodesWithoutLabelsAreAllTaggedZero() {
    Map<String, String> files = new HashMap<>(MIXED);
    files.remove("_node_labels.txt");
    assertThat(tu(files))
        .extracting(record -> show(record.graph()))
        .containsExactly("[0, 0, 0] 0-1 1-2", "[0, 0] 0-1");
  }

  @Test
  void numbersOfGraphsTakeThePlaceOfLabels() {
    Map<String, String> files = with("_graph_attributes.txt", "0.5, 1.25\n-3.75,1e-3\n");
    assertThat(tu(files)).extracting(GraphRecord::label).containsExactly("1", "-1");
    assertThat(tu(files, labelled("1")))
        .extracting(GraphRecord::label)
        .containsExactly("1.25", "1e-3");
    files.remove("_graph_labels.txt");
    assertThat(tu(files)).extracting(GraphRecord::label).containsExactly("0.5", "-3.75");
    assertThat(tu(files, labelled("1")))
        .extracting(GraphRecord::label)
        .containsExactly("1.25", "1e-3");
    files.put("_graph_attributes.txt", "1\n");
    assertThat(refusal(() -> tu(files)))
        .isEqualTo(
            "DS_graph_indicator.txt:2: node 2 is in graph 2, but DS_graph_attributes.txt has labels for graphs 1 to 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2|DS_graph_attributes.txt:1: no column 2, counted from 0; the line has 2 of them",
        "1|DS_graph_attributes.txt:2: no column 1, counted from 0; the line has 1 of them",
        "0|DS_graph_attributes.txt:2: column 0 'NA' is not a finite number",
        "size|DS_graph_attributes.txt: no column size; its columns have no names: give a number, counted from 0",
      })
  void aColumnThatHoldsNoNumbersIsRefused(String column, String message) {
    Map<String, String> files = with("_graph_attributes.txt", "0.5, 1.25\nNA\n");
    assertThat(refusal(() -> tu(files, labelled(column)))).isEqualTo(message);
  }

  @Test
  void aColumnOfNoFileIsRefused() {
    assertThat(refusal(() -> tu(MIXED, labelled("1"))))
        .isEqualTo("DS_graph_attributes.txt: no such file, and its column 1 was asked for");
  }

  @Test
  void graphsNeedNoLabels() {
    Map<String, String> files = new HashMap<>(MIXED);
    files.remove("_graph_labels.txt");
    assertThat(tu(files)).extracting(GraphRecord::label).containsExactly(null, null);
    assertThat(tu(files))
        .extracting(record -> show(record.graph()))
        .containsExactly("[10, 11, 12] 0-1 1-2", "[20, 21] 0-1");
    files.put("_graph_indicator.txt", "1\n3\n1\n3\n1\n");
    assertThat(refusal(() -> tu(files)))
        .isEqualTo("DS_graph_indicator.txt: graphs up to 3, but no node is in graph 2");
    files.put("_graph_indicator.txt", "1\n0\n");
    assertThat(refusal(() -> tu(files)))
        .isEqualTo("DS_graph_indicator.txt:2: node 2 is in graph 0; graphs are counted from 1");
    files.put("_graph_indicator.txt", "1\n2000000000\n");
    assertThat(refusal(() -> tu(files)))
        .isEqualTo(
            "DS_graph_indicator.txt: 2 nodes in 2000000000 graphs; a graph has one node at least");
  }

  @Test
  void graphsWithoutEdgesAreGraphs() {
    assertThat(tu(with("_A.txt", "")))
        .extracting(record -> show(record.graph()))
        .containsExactly("[10, 11, 12]", "[20, 21]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "_graph_labels.txt|''|DS_graph_labels.txt: the file is empty; at least one graph is needed",
        "_graph_labels.txt|1;;-1;|DS_graph_labels.txt:2: an empty line",
        "_graph_labels.txt|1;|DS_graph_indicator.txt:2: node 2 is in graph 2, but DS_graph_labels.txt has labels for graphs 1 to 1",
        "_graph_labels.txt|1;2;3;|DS_graph_labels.txt:3: a label for graph 3, but no line of DS_graph_indicator.txt puts a node into it",
        "_graph_indicator.txt|''|DS_graph_labels.txt:1: a label for graph 1, but no line of DS_graph_indicator.txt puts a node into it",
        "_graph_indicator.txt|1;0;|DS_graph_indicator.txt:2: node 2 is in graph 0, but DS_graph_labels.txt has labels for graphs 1 to 2",
        "_graph_indicator.txt|1;x;|DS_graph_indicator.txt:2: the graph of node 2 'x' is not a whole number",
        "_node_labels.txt|1;2;3;|DS_node_labels.txt: the file ends after 3 labels; DS_graph_indicator.txt has 5 nodes; is it truncated?",
        "_node_labels.txt|1;2;3;4;5;6;|DS_node_labels.txt:6: a label for node 6, but DS_graph_indicator.txt has 5 nodes",
        "_node_labels.txt|1;2;C;4;5;|DS_node_labels.txt:3: the label of node 3 'C' is not a whole number",
        "_A.txt|1, 3;6, 1;|DS_A.txt:2: edge to node 6, but DS_graph_indicator.txt has nodes 1 to 5",
        "_A.txt|0, 1;|DS_A.txt:1: edge to node 0, but DS_graph_indicator.txt has nodes 1 to 5",
        "_A.txt|1, 2;|DS_A.txt:1: an edge between graphs 1 and 2",
        "_A.txt|1 3;|DS_A.txt:1: an edge is two nodes with a comma between them",
        "_A.txt|1, ;|DS_A.txt:1: a node '' is not a whole number",
        "_A.txt|1, 3, 5;|DS_A.txt:1: a node '3, 5' is not a whole number",
        "_A.txt|1, 3;;3, 1;|DS_A.txt:2: an empty line",
      })
  void malformedFilesAreRefusedWithTheirLine(String suffix, String text, String message) {
    assertThat(refusal(() -> tu(with(suffix, text.replace(";", "\n"))))).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"_A.txt", "_graph_indicator.txt"})
  void aMissingFileIsNamed(String suffix) {
    Map<String, String> files = new HashMap<>(MIXED);
    files.remove(suffix);
    assertThat(refusal(() -> tu(files)))
        .isEqualTo(
            "DS"
                + suffix
                + ": no such file; a TU folder holds DS_A.txt and DS_graph_indicator.txt");
  }

  private static GraphOptions labelled(String column) {
    return GraphOptions.defaults().labelColumn(column);
  }

  private static Map<String, String> with(String suffix, String text) {
    Map<String, String> files = new HashMap<>(MIXED);
    files.put(suffix, text);
    return files;
  }
}
