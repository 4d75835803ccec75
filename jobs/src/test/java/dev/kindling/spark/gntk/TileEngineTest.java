package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.job.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileEngineTest {
  private static final GntkParameters PARAMETERS =
      new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2);

  /** Three blocks of graphs. */
  private final MadeGraphs made = MadeGraphs.of(62, 150, false);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @TempDir Path temp;

  private record Computed(Matrix gram, double[][] norms, double[][] normsByColors) {}

  private WorkFiles files(Path folder) {
    return new WorkFiles(
        new org.apache.hadoop.fs.Path(folder.resolve("work").toUri()),
        new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  private Computed compute(boolean byNodes, int partitions, Path folder) {
    Configuration hadoop = spark.hadoopConfiguration();
    try (GraphSet set = GraphSets.of(made.frame(partitions), null);
        GraphBlocks blocks = GraphBlocks.of(set, false, partitions)) {
      TileEngine engine =
          new TileEngine(spark, PARAMETERS, Precision.DOUBLE, files(folder), byNodes);
      GramTable gram =
          new GramTable(
              Table.at(
                  new org.apache.hadoop.fs.Path(folder.resolve("gram").toUri()),
                  GramTable.SCHEMA,
                  hadoop),
              blocks.layout());
      engine.gram(blocks.layout(), engine.sides(blocks), gram);
      ColorLevels levels = GntkKernel.colors(blocks, PARAMETERS);
      Broadcast<ColorLevels> colors = spark.broadcast(levels);
      double[][] norms = engine.norms(blocks.layout(), colors);
      double[][] byColors =
          new GntkKernel(spark, PARAMETERS, files(folder.resolve("colors"))).levels(blocks, colors);
      colors.destroy();
      return new Computed(gram.matrix(), norms, byColors);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void agreesWithTheKernelByColoursOfTheWholeSet(boolean byNodes) {
    Computed computed = compute(byNodes, 3, temp);
    double[][] expected = ColorKernel.gram(made.graphs(), PARAMETERS);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        assertThat(computed.gram().get(i, j))
            .isCloseTo(expected[i][j], within(1e-8 * expected[i][j]));
      }
    }
    for (int level = 1; level <= PARAMETERS.blocks(); level++) {
      assertThat(computed.norms()[level])
          .containsExactly(computed.normsByColors()[level], within(1e-10));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theBitsAreTheSameForAnyPartitioning(boolean byNodes) {
    Computed first = compute(byNodes, 1, temp.resolve("p1"));
    for (int partitions : new int[] {2, 7, 64}) {
      Computed other = compute(byNodes, partitions, temp.resolve("p" + partitions));
      assertThat(other.gram().values()).isEqualTo(first.gram().values());
      assertThat(other.norms()).isDeepEqualTo(first.norms());
    }
  }

  @Test
  void whatIsFinishedIsNotComputedAgainAndTheRestIs() throws Exception {
    Computed before = compute(false, 2, temp);
    Path kept = temp.resolve("gram/tile-00001-00002.parquet");
    Path sides = temp.resolve("work/sides/block-00001");
    byte[] bytes = Files.readAllBytes(sides);
    var untouched = Files.getLastModifiedTime(kept);
    Files.delete(temp.resolve("gram/tile-00000-00001.parquet"));
    Files.delete(sides);
    assertThat(compute(false, 2, temp).gram().values()).isEqualTo(before.gram().values());
    assertThat(Files.readAllBytes(sides)).isEqualTo(bytes);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(untouched);
  }
}
