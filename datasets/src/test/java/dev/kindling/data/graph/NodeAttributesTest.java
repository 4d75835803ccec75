package dev.kindling.data.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import dev.kindling.gntk.Graph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAttributesTest {
  private static final Map<String, String> TU =
      Map.of(
          "_graph_labels.txt", "1\n-1\n",
          "_graph_indicator.txt", "1\n2\n1\n", // node 3 stands after node 2 and belongs before
          "_A.txt", "1, 3\n",
          "_node_attributes.txt", "1.5, -2\n3, 4e-1\n5,6\n");

  private static double[] values(Graph graph) {
    double[] values = new double[graph.nodes() * graph.attributes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = graph.attribute(i / graph.attributes(), i % graph.attributes());
    }
    return values;
  }

  @Test
  void stayWithTheirNodesInATuFolder() {
    List<GraphRecord> graphs = Texts.tu(TU, GraphOptions.defaults().attributes(true));
    assertThat(values(graphs.get(0).graph())).containsExactly(1.5, -2, 5, 6);
    assertThat(values(graphs.get(1).graph())).containsExactly(3, 0.4);
    assertThat(Texts.tu(TU).get(0).graph().attributes()).isZero();
  }

  @Test
  void followTheNeighboursInGinText() {
    Graph graph = Texts.ginWithAttributes("1\n2 0\n7 1 1 0.5 -1\n8 1 0 2 3\n").get(0).graph();
    assertThat(values(graph)).containsExactly(0.5, -1, 2, 3);
    assertThat(graph.tag(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1;2 0;7 1 1 0.5;8 1 0       | set.txt:4: the node has no attributes, and they were asked for
          1;2 0;7 1 1 0.5;8 1 0 1 2   | set.txt:4: the node has 2 attributes, those before it 1
          1;1 0;7 0 nan               | set.txt:3: an attribute 'nan' is not a finite number
          1;1 0;7 0 one               | set.txt:3: an attribute 'one' is not a finite number
          """)
  void malformedGinTextIsRefusedWithItsLine(String text, String message) {
    assertThat(Texts.refusal(() -> Texts.ginWithAttributes(text.strip().replace(';', '\n') + "\n")))
        .isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,2;3,4        | DS_node_attributes.txt: the file ends after the attributes of 2 nodes; DS_graph_indicator.txt has 3; is it truncated?
          1;2;3;4        | DS_node_attributes.txt:4: attributes of node 4, but DS_graph_indicator.txt has 3 nodes
          1,2;3;4,5      | DS_node_attributes.txt:2: the node has 1 attributes, those before it 2
          1,x;3,4;5,6    | DS_node_attributes.txt:1: an attribute 'x' is not a finite number
          1,;3,4;5,6     | DS_node_attributes.txt:1: an attribute '' is not a finite number
          """)
  void aMalformedFileIsRefusedWithItsLine(String text, String message) {
    Map<String, String> files = new HashMap<>(TU);
    files.put("_node_attributes.txt", text.strip().replace(';', '\n') + "\n");
    assertThat(Texts.refusal(() -> Texts.tu(files, GraphOptions.defaults().attributes(true))))
        .isEqualTo(message);
  }

  @Test
  void aSetWithoutThemIsRefusedWhenTheyAreAskedFor() {
    Map<String, String> files = new HashMap<>(TU);
    files.remove("_node_attributes.txt");
    assertThat(Texts.refusal(() -> Texts.tu(files, GraphOptions.defaults().attributes(true))))
        .startsWith("DS_node_attributes.txt: no such file");
  }

  private static Dataset<Row> frame(String first, String second) {
    SparkSession spark = LocalSpark.session();
    return spark.sql(
        "select 1 graph, array(7, 8) tags, array(0) sources, array(1) targets, "
            + first
            + " attributes union all select 2, array(9), array(), array(), "
            + second);
  }

  @Test
  void areAColumnOfADataFrame() {
    try (GraphSet set =
        GraphSets.of(frame("array(1.5D, 2D, 3D, 4D)", "array(5D, 6D)"), null, true)) {
      assertThat(set.summary().mostAttributes()).isEqualTo(2);
      assertThat(set.records().map(r -> values(r.graph())).collect())
          .anyMatch(values -> java.util.Arrays.equals(values, new double[] {1.5, 2, 3, 4}));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          array(1D, 2D)        | array(1D, 2D)     | one graph have 1 attributes, those of another 2
          array(1D, 2D, 3D)    | array(1D)         | graph 1: 3 attributes for 2 nodes
          array(1D, null)      | array(1D)         | graph 1: attributes has an empty entry at 1
          array(1D, 'nan'*1D)  | array(1D)         | graph 1: an attribute is NaN
          "text"               | "text"            | column attributes is string
          """)
  void malformedColumnsAreRefused(String first, String second, String message) {
    assertThat(Texts.refusal(() -> GraphSets.of(frame(first, second), null, true).close()))
        .contains(message);
  }
}
