package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only reading the graphs shows to be wrong. */
class BadGraphsTest {
  /** Two graphs, an edge and a triangle. */
  private static final Map<String, String> TU =
      Map.of(
          "_A.txt", "1,2\n2,1\n3,4\n4,5\n5,3\n",
          "_graph_indicator.txt", "1\n1\n2\n2\n2\n",
          "_graph_labels.txt", "1\n-1\n",
          "_node_labels.txt", "0\n1\n0\n0\n1\n");

  @TempDir Path folder;
  private Path graphs;

  @BeforeEach
  void aFolderForTheInput() throws Exception {
    graphs = Files.createDirectory(folder.resolve("graphs"));
  }

  private void isRefused(Path input, List<String> more, String... parts) throws Exception {
    isRefused(input.toString(), more, parts);
  }

  private void isRefused(String input, List<String> more, String... parts) throws Exception {
    FolderState before = FolderState.of(folder);
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                "gntk", "--input", input, "--output", folder.resolve("new/parent/X").toString()));
    words.addAll(more);
    CommandRun.of(words).isRefusedWith(parts);
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          1%n2 0%n0 1 1%n0 1 2%n|g.txt:4: edge to node 2, but the nodes of graph 0 are 0 to 1
          1%n2 0%n0 1 1%n0 1 -1%n|g.txt:4: edge to node -1
          2%n2 0%n0 1 1%n0 1 0%n2 1%n0 1 1%n|g.txt:6: the file ends in graph 1 of the 2
          2%n1 0%n0 0%n|g.txt:3: the file ends in graph 1 of the 2
          0%n|g.txt:1: the file announces 0 graphs
          -3%n|g.txt:1: the file announces -3 graphs
          ``|g.txt: the file is empty
          many%n|g.txt:1: the number of graphs 'many' is not a whole number
          1%n1 0%nC 0%n|g.txt:3: the tag 'C' is not a whole number
          1%n1 0%n1.5 0%n|g.txt:3: the tag '1.5' is not a whole number
          1%n1 0%n99999999999 0%n|g.txt:3: the tag '99999999999'
          1%n1 0%n0 2 0%n|g.txt:3: degree 2, but 1 neighbors follow it
          1%n1 0%n0%n|g.txt:3: a node is its tag, its degree and its neighbors
          1%n0 0%n|g.txt:2: graph 0 has 0 nodes
          1%n2000000000 0%n0 0%n|g.txt:3: the file ends in graph 0
          1%n1%n0 0%n|g.txt:2: a graph starts with its number of nodes and its label
          1%n1 0%n0 0%n0 0%n|g.txt:4: a line in no graph
          """)
  void aMalformedTextIsNamedWithItsLine(String text, String part) throws Exception {
    isRefused(Files.writeString(graphs.resolve("g.txt"), String.format(text)), List.of(), part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          _A.txt | 1,2%n2,1%n3,6%n | DS_A.txt:3: edge to node 6
          _A.txt | 1,2%n0,1%n | DS_A.txt:2: edge to node 0
          _A.txt | 1,2%n2,3%n | DS_A.txt:2: an edge between graphs 1 and 2
          _A.txt | 1 2%n | DS_A.txt:1: an edge is two nodes with a comma between them
          _A.txt | 1,2%n2,x%n | DS_A.txt:2: a node 'x' is not a whole number
          _graph_indicator.txt | 1%n1%n2%n2%n3%n | DS_graph_indicator.txt:5: node 5 is in graph 3
          _graph_indicator.txt | 1%n1%n2%n2%n0%n | DS_graph_indicator.txt:5: node 5 is in graph 0
          _graph_indicator.txt | 1%n1%n2%ntwo%n2%n | DS_graph_indicator.txt:4: the graph of node 4 'two'
          _graph_labels.txt | 1%n | DS_graph_indicator.txt:3: node 3 is in graph 2
          _graph_labels.txt | 1%n-1%n1%n | DS_graph_labels.txt:3: a label for graph 3
          _graph_labels.txt | `` | the file is empty
          _node_labels.txt | 0%n1%n0%n0%n | DS_node_labels.txt: the file ends after 4 labels
          _node_labels.txt | 0%n1%n0%n0%n1%n1%n | DS_node_labels.txt:6: a label for node 6
          _node_labels.txt | 0%n1%nC%n0%n1%n | DS_node_labels.txt:3: the label of node 3 'C' is not a whole number
          """)
  void aMalformedFolderIsNamedWithFileAndLine(String suffix, String text, String part)
      throws Exception {
    Map<String, String> files = new TreeMap<>(TU);
    files.put(suffix, String.format(text));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(graphs.resolve("DS" + file.getKey()), file.getValue());
    }
    isRefused(graphs, List.of(), part);
  }

  @Test
  void aMissingFileIsAnsweredWithTheNearestName() throws Exception {
    Files.writeString(graphs.resolve("MUTAG.txt"), "1\n1 0\n0 0\n");
    isRefused(graphs.resolve("MUTGA.txt"), List.of(), "does not exist; did you mean MUTAG.txt?");
  }

  @Test
  void aMissingFileOfAFolderIsNamed() throws Exception {
    Files.writeString(graphs.resolve("DS_A.txt"), TU.get("_A.txt"));
    isRefused(graphs, List.of(), "DS_graph_indicator.txt: no such file");
  }

  @Test
  void anEmptyFolderHoldsNoGraphs() throws Exception {
    isRefused(graphs, List.of(), graphs + ": no graphs in this folder");
  }

  @ParameterizedTest
  @CsvSource({"nowhere:graphs.txt", "nowhere://host/graphs.txt", "''"})
  void aPathThatLeadsToNoFileSystem(String uri) throws Exception {
    isRefused(uri, List.of(), uri + " is no path on a file system that Hadoop knows: ");
  }

  @ParameterizedTest
  @CsvSource({
    "g.parquet, is no Parquet file",
    "g.mol, not a set of graphs",
    "g, not a set of graphs"
  })
  void aFileOfAnotherKind(String name, String part) throws Exception {
    isRefused(Files.writeString(graphs.resolve(name), "1\n"), List.of(), name, part);
  }

  @Test
  void aFolderOfAnotherKind() throws Exception {
    Files.writeString(graphs.resolve("part-0.parquet"), "1\n");
    isRefused(graphs, List.of(), "part-0.parquet is no Parquet file, or was cut short");
  }

  @Test
  void foldsFitTheGraphs() throws Exception {
    Path text = Files.writeString(graphs.resolve("g.txt"), "2\n1 0\n0 0\n1 1\n0 0\n");
    isRefused(text, List.of("--folds", "3"), "--folds 3: there are 2 graphs");
  }

  @Test
  void givenFoldsHoldRowsOfTheSet() throws Exception {
    Path text = Files.writeString(graphs.resolve("g.txt"), "2\n1 0\n0 0\n1 1\n0 0\n");
    Files.writeString(graphs.resolve("test_idx-1.txt"), "0\n");
    Files.writeString(graphs.resolve("test_idx-2.txt"), "1\n2\n");
    isRefused(
        text,
        List.of("--fold-dir", graphs.toString()),
        "test_idx-2.txt:2: '2' is no row; the 2 graphs are 0 to 1");
    isRefused(
        text,
        List.of("--fold-dir", graphs.resolve("none").toString()),
        "graphs/none does not exist");
  }

  @Test
  void oneClassIsNothingToLearn() throws Exception {
    Path text = Files.writeString(graphs.resolve("g.txt"), "2\n1 7\n0 0\n1 7\n0 0\n");
    isRefused(text, List.of("--folds", "2"), "every label is 7", "--task none");
  }

  @Test
  void aBadSetLeavesTheRunThatWasToBeReplaced() throws Exception {
    Path text = Files.writeString(graphs.resolve("g.txt"), "1\n1 0\nC 0\n");
    Path run = Files.createDirectories(folder.resolve("new/parent/X"));
    Files.writeString(run.resolve("run.json"), "{}");
    Path unfinished = Files.createDirectories(folder.resolve("new/parent/.X.unfinished"));
    Files.writeString(unfinished.resolve("resume.json"), "{}");
    isRefused(text, List.of("--overwrite"), "g.txt:3: the tag 'C'");
  }
}
