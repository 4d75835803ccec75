package dev.kindling.data.graph;

import static dev.kindling.data.graph.Texts.gin;
import static dev.kindling.data.graph.Texts.refusal;
import static dev.kindling.data.graph.Texts.show;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GinTextParserTest {
  private static final String TWO = "2\n3 1\n5 1 1\n6 2 0 2\n5 1 1\n1 0\n9 0\n";

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "  \n\t\n"})
  void graphsComeInOrderWithTagsAndEdges(String after) {
    List<GraphRecord> graphs = gin(TWO + after);
    assertThat(graphs).extracting(GraphRecord::index).containsExactly(0L, 1L);
    assertThat(graphs).extracting(GraphRecord::id).containsExactly("0", "1");
    assertThat(graphs).extracting(GraphRecord::label).containsExactly("1", "0");
    assertThat(graphs)
        .extracting(record -> show(record.graph()))
        .containsExactly("[5, 6, 5] 0-1 1-2", "[9]");
  }

  @Test
  void lineEndsOfWindowsAndBlanksAtEitherEndDoNotCount() {
    String windows = TWO.replace("\n", " \r\n").replace("5 1 1", " 5\t1  1");
    assertThat(gin(windows)).usingRecursiveComparison().isEqualTo(gin(TWO));
    assertThat(gin(TWO.strip())).usingRecursiveComparison().isEqualTo(gin(TWO));
  }

  @Test
  void labelsStayAsTheyAreWritten() {
    assertThat(gin("3\n1 6.870\n0 0\n1 -1\n0 0\n1 active\n0 0\n"))
        .extracting(GraphRecord::label)
        .containsExactly("6.870", "-1", "active");
  }

  @Test
  void attributesAfterTheNeighboursAreNotRead() {
    GraphRecord plain = gin("1\n2 0\n1 1 1\n1 1 0\n").get(0);
    GraphRecord attributed = gin("1\n2 0\n1 1 1 0.5 nan\n1 1 0 7 9\n").get(0);
    assertThat(attributed).usingRecursiveComparison().isEqualTo(plain);
  }

  @Test
  void anEdgeThatOneEndAloneMentionsIsAnEdge() {
    assertThat(show(gin("1\n3 0\n0 2 1 2\n0 0\n0 0\n").get(0).graph()))
        .isEqualTo("[0, 0, 0] 0-1 0-2");
  }

  @Test
  void selfLoopsAndRepeatedEdgesAreCountedAndDropped() {
    var graph = gin("1\n2 0\n0 4 0 1 1 1\n0 2 0 1\n").get(0).graph();
    assertThat(show(graph)).isEqualTo("[0, 0] 0-1");
    assertThat(graph.selfLoops()).isEqualTo(2);
    assertThat(graph.duplicates()).isEqualTo(2);
  }

  @Test
  void idsComeFromTheirFile() {
    assertThat(gin(TWO, "first one\r\n second\n\n"))
        .extracting(GraphRecord::id)
        .containsExactly("first one", "second");
  }

  @Test
  void idsAndGraphsMustBeEqualInNumber() {
    assertThat(refusal(() -> gin(TWO, "a\n")))
        .isEqualTo("set_ids.txt: the file ends after 1 ids; there are 2 graphs");
    assertThat(refusal(() -> gin(TWO, "a\nb\nc\n")))
        .isEqualTo("set_ids.txt:3: more ids than the 2 graphs");
    assertThat(refusal(() -> gin(TWO, "a\n\nb\n"))).isEqualTo("set_ids.txt:2: an empty line");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|set.txt: the file is empty; its first line should be the number of graphs",
        "0;|set.txt:1: the file announces 0 graphs; at least one is needed",
        "-3;|set.txt:1: the file announces -3 graphs; at least one is needed",
        "two;|set.txt:1: the number of graphs 'two' is not a whole number",
        ";1;|set.txt:1: the number of graphs '' is not a whole number",
        "99999999999;|set.txt:1: the number of graphs '99999999999' does not fit into 32 bits",
        "1;|set.txt:1: the file ends in graph 0 of the 1 that line 1 announces; is it truncated?",
        "2;1 0;7 0;|set.txt:3: the file ends in graph 1 of the 2 that line 1 announces; is it truncated?",
        "1;2 0;7 0;|set.txt:3: the file ends in graph 0 of the 1 that line 1 announces; is it truncated?",
        "1;2147483647 0;7 0;|set.txt:3: the file ends in graph 0 of the 1 that line 1 announces; is it truncated?",
        "1;2;|set.txt:2: a graph starts with its number of nodes and its label, two words",
        "1;2 0 1;|set.txt:2: a graph starts with its number of nodes and its label, two words",
        "1;0 1;|set.txt:2: graph 0 has 0 nodes; at least one is needed",
        "1;-1 1;|set.txt:2: graph 0 has -1 nodes; at least one is needed",
        "1;1.0 1;7 0;|set.txt:2: the number of nodes '1.0' is not a whole number",
        "1;1 0;7;|set.txt:3: a node is its tag, its degree and its neighbors; this line has 1 words",
        "1;1 0;;|set.txt:3: a node is its tag, its degree and its neighbors; this line has 0 words",
        "1;1 0;C 0;|set.txt:3: the tag 'C' is not a whole number",
        "1;1 0;7 x;|set.txt:3: the degree 'x' is not a whole number",
        "1;2 0;7 3 1;7 1 0;|set.txt:3: degree 3, but 1 neighbors follow it on the line",
        "1;2 0;7 2147483647 1;7 1 0;|set.txt:3: degree 2147483647, but 1 neighbors follow it on the line",
        "1;2 0;7 -1 1;7 1 0;|set.txt:3: degree -1, but 1 neighbors follow it on the line",
        "1;2 0;7 1 2;7 1 0;|set.txt:3: edge to node 2, but the nodes of graph 0 are 0 to 1",
        "1;2 0;7 0;7 1 -1;|set.txt:4: edge to node -1, but the nodes of graph 0 are 0 to 1",
        "1;2 0;7 0;7 1 0.5;|set.txt:4: a neighbor '0.5' is not a whole number",
        "1;1 0;7 0;;1 0;|set.txt:5: a line in no graph: line 1 announces 1 graphs and all of them are read",
      })
  void malformedTextIsRefusedWithItsLine(String text, String message) {
    assertThat(refusal(() -> gin(text.replace(";", "\n")))).isEqualTo(message);
  }
}
