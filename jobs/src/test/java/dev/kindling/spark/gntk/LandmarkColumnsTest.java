package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandmarkColumnsTest {
  private static final GntkParameters PARAMETERS =
      new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2);
  private static final int N = 150;

  /** Three blocks of graphs. */
  private final MadeGraphs made = MadeGraphs.of(62, N, false);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

  @TempDir Path temp;

  /** Values of a graph or landmark by landmark: all parts and pieces together. */
  private static double[] sums(Matrix[] parts, int column, int landmarks) {
    double[] sums = new double[landmarks];
    for (Matrix part : parts) {
      int q = part.rows() / landmarks;
      for (int k = 0; k < part.rows(); k++) {
        sums[k / q] += part.get(k, column);
      }
    }
    return sums;
  }

  @ParameterizedTest
  @CsvSource({"false, 0 3, 3", "false, 0 1 3, 4", "false, 0 1 2 3, 1", "true, 0 1 2 3, 2"})
  void thePiecesOfAllPartsSumUpToTheKernel(boolean byNodes, String firsts, int most) {
    double[][] gram = ColorKernel.gram(made.graphs(), PARAMETERS);
    int[] rows = {3, 40, 64, 70, 71, 149};
    try (GraphSet set = GraphSets.of(made.frame(2), null);
        GraphBlocks blocks = GraphBlocks.of(set, false, 2)) {
      WorkFiles files =
          new WorkFiles(
              new org.apache.hadoop.fs.Path(temp.resolve("work").toUri()),
              new SerializableConfiguration(spark.hadoopConfiguration()));
      TileEngine engine = new TileEngine(spark, PARAMETERS, Precision.DOUBLE, files, byNodes);
      engine.sides(blocks);
      BlockGroups groups =
          new BlockGroups(Arrays.stream(firsts.split(" ")).mapToInt(Integer::parseInt).toArray());
      engine.groups(blocks.layout(), groups);
      LandmarkColumns columns =
          engine.columns("some", blocks.layout(), groups, Landmarks.of(blocks, rows), most, 1000);
      for (int block = 0; block < blocks.layout().blocks(); block++) {
        KernelColumns found = columns.read(block);
        for (int g = 0; g < blocks.layout().length(block); g++) {
          double[] row = gram[blocks.layout().first(block) + g];
          double own = row[blocks.layout().first(block) + g];
          assertThat(found.diagonal()[g]).isCloseTo(own, within(1e-9 * own));
          assertThat(sums(found.parts(), g, rows.length))
              .containsExactly(
                  Arrays.stream(rows).mapToDouble(l -> row[l]).toArray(), within(1e-9 * row[3]));
        }
      }
      Matrix[] own = columns.own();
      assertThat(own[2].rows()).isEqualTo(rows.length * columns.pieces().count(2));
      assertThat(columns.pieces().count(2)).isBetween(1, most);
      for (int l = 0; l < rows.length; l++) {
        double[] sums = new double[rows.length];
        for (Matrix part : own) {
          assertThat(part).isEqualTo(part.transpose());
          int q = part.rows() / rows.length;
          for (int piece = 0; piece < q; piece++) {
            double[] some = sums(new Matrix[] {part}, l * q + piece, rows.length);
            Arrays.setAll(sums, k -> sums[k] + some[k]);
          }
        }
        double[] row = gram[rows[l]];
        assertThat(sums)
            .containsExactly(
                Arrays.stream(rows).mapToDouble(k -> row[k]).toArray(), within(1e-9 * row[3]));
      }
    }
  }

  @Test
  void groupsHaveFewColoursAndGraphsOrOneBlock() {
    GraphBlocks.Layout layout = new GraphBlocks.Layout(350, 64);
    long[][] sizes = {{10, 30_000}, {10, 30_000}, {10, 6_000}, {70_000, 10}, {1, 1}, {1, 1}};
    BlockGroups groups = BlockGroups.of(sizes, layout);
    assertThat(groups.firsts()).containsExactly(0, 2, 3, 4, 6);
    assertThat(IntStream.range(0, 6).map(groups::of)).containsExactly(0, 0, 1, 2, 3, 3);
    assertThat(groups.graphs(3, layout)).isEqualTo(350 - 256);
    assertThat(groups.graphs(0, layout)).isEqualTo(128);
    assertThat(groups.row(3, layout)).isEqualTo(256);
    // A million graphs of one colour.
    GraphBlocks.Layout large = GraphBlocks.Layout.of(1_000_000);
    BlockGroups many = BlockGroups.of(new long[large.blocks()][2], large);
    assertThat(many.count()).isEqualTo((large.blocks() + 7) / 8);
    assertThat(many.graphs(0, large)).isEqualTo(BlockGroups.MOST_GRAPHS);
  }
}
