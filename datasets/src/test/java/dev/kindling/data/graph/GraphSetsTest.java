package dev.kindling.data.graph;

import static dev.kindling.data.graph.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.data.BuiltinSets;
import dev.kindling.data.LocalSpark;
import dev.kindling.data.RealData;
import dev.kindling.gntk.Graph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphSetsTest {
  @TempDir Path folder;

  private final SparkSession spark = LocalSpark.session();

  @Test
  void bzrHoldsTheLigandsOfItsProvenance() {
    try (GraphSet set = GraphSets.builtin(spark, "bzr")) {
      assertThat(set.summary().graphs()).isEqualTo(BuiltinSets.graphs("bzr").size());
      assertThat(set.summary().nodes()).isEqualTo(3_649);
      assertThat(set.summary().edges()).isEqualTo(4_044);
      assertThat(set.summary().selfLoops()).isZero();
      assertThat(set.summary().duplicates()).isZero();
      List<GraphRecord> records = GraphRowsTest.sorted(set);
      assertThat(records.get(0).id()).isEqualTo("Adinazolam");
      assertThat(records.get(0).label()).isEqualTo("6.87");
      assertThat(records).extracting(GraphRecord::id).doesNotHaveDuplicates();
    }
  }

  @Test
  void aBuiltinSetIsTheOneThatItsFilesHold() throws Exception {
    Path file = Files.write(folder.resolve("bzr.txt"), BuiltinSets.graphs("bzr").bytes());
    try (GraphSet builtin = GraphSets.builtin(spark, "bzr")) {
      try (GraphSet alone = GraphSets.read(spark, file.toString(), null)) {
        assertThat(alone.summary()).isEqualTo(builtin.summary());
        assertThat(alone.fingerprint()).isNotEqualTo(builtin.fingerprint());
        assertThat(GraphRowsTest.sorted(alone).get(1).id()).isEqualTo("1");
      }
      Files.write(folder.resolve("bzr_ids.txt"), BuiltinSets.graphs("bzr").ids());
      try (GraphSet named = GraphSets.read(spark, "file:" + folder, null)) {
        assertThat(named.fingerprint()).isEqualTo(builtin.fingerprint());
        assertThat(GraphRowsTest.sorted(named))
            .usingRecursiveComparison()
            .isEqualTo(GraphRowsTest.sorted(builtin));
      }
    }
  }

  @Test
  void nci5kHoldsTheMoleculesOfItsProvenance() {
    try (GraphSet set = GraphSets.builtin(spark, "nci5k")) {
      assertThat(set.summary().graphs()).isEqualTo(BuiltinSets.graphs("nci5k").size());
      List<GraphRecord> records = GraphRowsTest.sorted(set);
      GraphRecord first = records.get(0);
      assertThat(first.id()).isEqualTo("1");
      assertThat(first.label()).isEqualTo("34.14");
      assertThat(Texts.show(first.graph()))
          .isEqualTo("[6, 6, 6, 6, 8, 6, 6, 6, 8] 0-1 1-2 1-7 2-3 3-4 3-5 5-6 6-7 7-8");
      assertThat(records).extracting(GraphRecord::id).doesNotHaveDuplicates();
      assertThat(records)
          .allSatisfy(r -> assertThat(Double.parseDouble(r.label())).isNotNegative());
    }
  }

  @Test
  void whatIsWrittenAsGinTextIsReadBack() throws Exception {
    try (GraphSet set = GraphSets.builtin(spark, "bzr")) {
      List<GraphRecord> records = GraphRowsTest.sorted(set);
      try (GinTextWriter out =
          new GinTextWriter(
              Files.newBufferedWriter(folder.resolve("bzr.txt")),
              Files.newBufferedWriter(folder.resolve("bzr_ids.txt")),
              records.size())) {
        for (GraphRecord record : records) {
          out.write(record);
        }
        GraphRecord unlabelled = new GraphRecord(0, "x", null, records.get(0).graph());
        assertThatThrownBy(() -> out.write(unlabelled)).hasMessageContaining("has no label");
      }
      try (GraphSet again = GraphSets.read(spark, folder.toString(), null)) {
        assertThat(again.fingerprint()).isNotEmpty();
        assertThat(GraphRowsTest.sorted(again)).usingRecursiveComparison().isEqualTo(records);
      }
    }
  }

  @Test
  void aMalformedFileIsRefusedOnTheDriverWithItsLine() throws Exception {
    Path file = Files.writeString(folder.resolve("set.txt"), "1\n2 0\n7 0\n7 1 2\n");
    assertThat(refusal(() -> GraphSets.read(spark, file.toString(), null)))
        .isEqualTo("set.txt:4: edge to node 2, but the nodes of graph 0 are 0 to 1");
    assertThat(refusal(() -> GraphSets.read(spark, "nowhere://x/set.txt", null)))
        .startsWith("nowhere://x/set.txt is no path on a file system that Hadoop knows");
  }

  @Test
  void mutagHoldsTheSameGraphsInBothFormats() {
    Path gin = RealData.require("graphs_gin/MUTAG");
    Path tu = RealData.require("graphs_tu/MUTAG");
    List<String> graphs = shapes(gin, Map.of("0", "-1", "2", "1"));
    assertThat(graphs).hasSize(188).isEqualTo(shapes(tu, Map.of("1", "1", "-1", "-1")));
  }

  @Test
  void nci1HasItsNodes() {
    Path nci1 = RealData.require("graphs_gin/NCI1/NCI1.txt");
    try (GraphSet set = GraphSets.read(spark, nci1.toString(), null)) {
      assertThat(set.summary().graphs()).isEqualTo(4_110);
      assertThat(set.summary().nodes()).isEqualTo(122_747);
    }
  }

  /** What tells graphs apart whatever their order and the names of their classes and tags. */
  private List<String> shapes(Path path, Map<String, String> classes) {
    try (GraphSet set = GraphSets.read(spark, path.toString(), null)) {
      return GraphRowsTest.sorted(set).stream()
          .map(record -> classes.get(record.label()) + " " + shape(record.graph()))
          .sorted()
          .toList();
    }
  }

  private static String shape(Graph graph) {
    TreeMap<Integer, Integer> histogram = new TreeMap<>();
    IntStream.range(0, graph.nodes()).forEach(u -> histogram.merge(graph.tag(u), 1, Integer::sum));
    int[] counts = histogram.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    return graph.nodes() + " " + graph.edges() + " " + Arrays.toString(counts);
  }
}
