package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GntkKernelTest {
  /** Three blocks of graphs, so that off-diagonal tiles exist. */
  private final MadeGraphs made = MadeGraphs.of(61, 150, false);

  @TempDir Path temp;

  private GramTable compute(GntkParameters parameters, int partitions, Path folder) {
    return compute(KernelFamily.of(parameters), partitions, folder).get(0);
  }

  /** One kernel to the folder gram, several each to its own under work. */
  private List<GramTable> compute(KernelFamily kernels, int partitions, Path folder) {
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    WorkFiles files =
        new WorkFiles(
            new org.apache.hadoop.fs.Path(folder.resolve("work").toUri()),
            new SerializableConfiguration(hadoop));
    try (GraphSet set = GraphSets.of(made.frame(partitions), null);
        GraphBlocks blocks = GraphBlocks.of(set, false, partitions)) {
      ColorLevels colors = GntkKernel.colors(blocks, kernels.largest());
      Broadcast<ColorLevels> shared =
          JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()).broadcast(colors);
      GntkKernel engine =
          new GntkKernel(
              JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()),
              kernels,
              files);
      engine.levels(blocks, shared);
      if (kernels.isSeveral()) {
        org.apache.hadoop.fs.Path work =
            new org.apache.hadoop.fs.Path(folder.resolve("work").toUri());
        return engine.readOuts(work, blocks.layout(), shared, hadoop);
      }
      GramTable gram =
          new GramTable(
              Table.at(
                  new org.apache.hadoop.fs.Path(folder.resolve("gram").toUri()),
                  GramTable.SCHEMA,
                  hadoop),
              blocks.layout());
      engine.readOut(blocks.layout(), shared, gram);
      return List.of(gram);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, UNIFORM, true",
    "1, 2, DEGREE, true",
    "2, 2, UNIFORM, true",
    "3, 1, DEGREE, false"
  })
  void theTilesHoldTheBitsOfTheKernelInMemory(
      int blocks, int layers, GntkParameters.Scale scale, boolean jumping) {
    GntkParameters parameters = new GntkParameters(blocks, layers, scale, jumping, 2);
    Matrix gram = compute(parameters, 3, temp).matrix();
    double[][] expected = ColorKernel.gram(made.graphs(), parameters);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        assertThat(gram.get(i, j)).as("%d, %d", i, j).isEqualTo(expected[i][j]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void severalNumbersOfBlocksHaveTheBitsOfOneEach(boolean jumping) {
    GntkParameters any = new GntkParameters(1, 1, GntkParameters.Scale.UNIFORM, jumping, 2);
    KernelFamily kernels = KernelFamily.of(List.of(3, 0, 2), any);
    List<GramTable> grams = compute(kernels, 2, temp);
    for (int k = 0; k < kernels.size(); k++) {
      assertThat(kernels.all().get(k)).isEqualTo(any.withBlocks(kernels.blocks().get(k)));
      Matrix gram = grams.get(k).matrix();
      assertThat(gram)
          .isEqualTo(Matrix.ofRows(ColorKernel.gram(made.graphs(), kernels.all().get(k))));
    }
  }

  @Test
  void ofSeveralNumbersWhatIsFinishedIsNotComputedAgainAndTheRestIs() throws IOException {
    KernelFamily kernels =
        KernelFamily.of(
            List.of(1, 2), new GntkParameters(1, 1, GntkParameters.Scale.DEGREE, false, 2));
    compute(kernels, 2, temp);
    TreeMap<String, List<Byte>> one = contents(temp.resolve("work/gram-01"));
    TreeMap<String, List<Byte>> two = contents(temp.resolve("work/gram-02"));
    Path kept = temp.resolve("work/gram-02/tile-00001-00002.parquet");
    for (String lost :
        List.of(
            "gram-01/tile-00000-00001.parquet",
            "gram-02/tile-00000-00000.parquet",
            "level-01/row-00000",
            "level-01/products-00000",
            "below-01/column-00001",
            "below-02/column-00000")) {
      Files.delete(temp.resolve("work").resolve(lost));
    }
    var untouched = Files.getLastModifiedTime(kept);
    compute(kernels, 2, temp);
    assertThat(contents(temp.resolve("work/gram-01"))).isEqualTo(one);
    assertThat(contents(temp.resolve("work/gram-02"))).isEqualTo(two);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(untouched);
  }

  @Test
  void theFilesAreTheSameForAnyPartitioning() throws IOException {
    GntkParameters parameters = new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2);
    TreeMap<String, List<Byte>> first = null;
    for (int partitions : new int[] {1, 2, 7, 64}) {
      Path folder = temp.resolve("p" + partitions);
      compute(parameters, partitions, folder);
      TreeMap<String, List<Byte>> files = contents(folder.resolve("gram"));
      assertThat(files).hasSize(6);
      if (first == null) {
        first = files;
      }
      assertThat(files).isEqualTo(first);
    }
  }

  @Test
  void whatIsFinishedIsNotComputedAgainAndTheRestIs() throws IOException {
    GntkParameters parameters = new GntkParameters(2, 2, GntkParameters.Scale.DEGREE, true, 2);
    compute(parameters, 2, temp);
    TreeMap<String, List<Byte>> before = contents(temp.resolve("gram"));
    Path tile = temp.resolve("gram/tile-00000-00001.parquet");
    Path level = temp.resolve("work/level-01/row-00000");
    Path products = temp.resolve("work/level-02/products-00000");
    Path below = temp.resolve("work/below-02/column-00001");
    Path kept = temp.resolve("gram/tile-00001-00002.parquet");
    Files.delete(tile);
    Files.delete(level);
    Files.delete(products);
    Files.delete(below);
    var untouched = Files.getLastModifiedTime(kept);
    compute(parameters, 2, temp);
    assertThat(contents(temp.resolve("gram"))).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(untouched);
  }

  private static TreeMap<String, List<Byte>> contents(Path folder) throws IOException {
    TreeMap<String, List<Byte>> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        if (!file.getFileName().toString().endsWith(".crc")) {
          contents.put(
              file.getFileName().toString(),
              com.google.common.primitives.Bytes.asList(Files.readAllBytes(file)));
        }
      }
    }
    return contents;
  }
}
