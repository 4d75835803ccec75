package dev.kindling.data.graph;

import static dev.kindling.data.graph.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphFormatTest {
  @TempDir Path folder;

  @Test
  void aFolderWithAnEdgeFileIsATuSetOfTheFilesThatAreRead() throws Exception {
    touch(
        "tu/README.txt",
        "tu/DS_A.txt",
        "tu/DS_edge_labels.txt",
        "tu/DS_graph_indicator.txt",
        "tu/DS_graph_labels.txt",
        "tu/DS.txt");
    GraphFormat.Found found = at("tu");
    assertThat(found.format()).isEqualTo(GraphFormat.TU);
    assertThat(found.name()).isEqualTo("DS");
    assertThat(found.files())
        .containsOnlyKeys("_A.txt", "_graph_indicator.txt", "_graph_labels.txt");
  }

  @Test
  void aTuSetDependsOnTheOneFileThatItsLabelsComeFrom() throws Exception {
    touch("a/S_A.txt", "a/S_graph_labels.txt", "a/S_graph_attributes.txt");
    touch("b/S_A.txt", "b/S_graph_attributes.txt", "b/S_node_attributes.txt");
    GraphOptions plain = GraphOptions.defaults();
    assertThat(at("a").as(plain).files()).containsOnlyKeys("_A.txt", "_graph_labels.txt");
    assertThat(at("a").as(plain.labelColumn("0")).files())
        .containsOnlyKeys("_A.txt", "_graph_attributes.txt");
    assertThat(at("b").as(plain).files()).containsOnlyKeys("_A.txt", "_graph_attributes.txt");
    assertThat(at("b").as(plain.attributes(true)).files())
        .containsOnlyKeys("_A.txt", "_graph_attributes.txt", "_node_attributes.txt");
  }

  @Test
  void aFolderWithParquetIsParquetOfItsVisibleFiles() throws Exception {
    touch(
        "frame/_SUCCESS",
        "frame/.part-0.parquet.crc",
        "frame/part-1.parquet",
        "frame/part-0.parquet");
    GraphFormat.Found found = at("frame");
    assertThat(found.format()).isEqualTo(GraphFormat.PARQUET);
    assertThat(found.files().keySet()).containsExactly("part-0.parquet", "part-1.parquet");
    assertThat(at("frame/part-1.parquet").files()).containsOnlyKeys("part-1.parquet");
  }

  @Test
  void aTextIsGinWithTheIdsBesideIt() throws Exception {
    touch(
        "bzr/bzr.txt", "bzr/bzr_ids.txt", "bzr/LICENSE.txt", "other/bzr.txt", "other/bzr_ids.txt");
    for (String path : List.of("bzr", "bzr/bzr.txt", "other", "other/bzr.txt")) {
      GraphFormat.Found found = at(path);
      assertThat(found.format()).as(path).isEqualTo(GraphFormat.GIN);
      assertThat(found.name()).as(path).isEqualTo("bzr");
      assertThat(found.files()).as(path).containsOnlyKeys(".txt", "_ids.txt");
    }
  }

  @Test
  void oneOfSeveralSetsIsNotGuessed() throws Exception {
    touch("both/A_A.txt", "both/B_A.txt", "texts/x.txt", "texts/y.txt", "B/A_A.txt", "B/B_A.txt");
    assertThat(refused("both"))
        .endsWith(
            "/both: more than one set of graphs in this folder: A_A.txt, B_A.txt; one is allowed,"
                + " or one named like the folder");
    assertThat(refused("texts"))
        .contains("/texts: more than one set of graphs")
        .contains("x.txt, y.txt");
    assertThat(at("B").name()).isEqualTo("B");
  }

  @Test
  void whatIsNoSetOfGraphsIsRefusedWithWhatItCouldBe() throws Exception {
    touch("set.csv", "none/a.csv");
    assertThat(refused("set.csv"))
        .endsWith(
            "/set.csv: not a set of graphs; expected GIN text (.txt), Parquet (.parquet), molecules (.sdf, .smi) or a TU folder");
    assertThat(refused("none"))
        .endsWith(
            "/none: no graphs in this folder; expected a TU set (DS_A.txt, …), Parquet files, molecules (.sdf, .smi) or one"
                + " GIN text (NAME.txt)");
  }

  @Test
  void aMissingPathIsAnsweredWithTheNearName() throws Exception {
    touch("sets/MUTAG.txt");
    assertThat(refused("sets/MUTAGS.txt"))
        .endsWith("/sets/MUTAGS.txt does not exist; did you mean MUTAG.txt?");
    assertThat(refused("sets/MUTAG.txt/x")).contains("/MUTAG.txt/x does not exist");
  }

  private GraphFormat.Found at(String path) {
    try {
      return GraphFormat.at(folder.resolve(path).toString(), new Configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String refused(String path) {
    return refusal(() -> at(path));
  }

  private void touch(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }
}
