package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.linalg.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  /** Many layers make small sets dear. */
  private static final GntkParameters DEAR =
      new GntkParameters(2, 64, GntkParameters.Scale.UNIFORM, true, 2);

  private final MadeGraphs alike = MadeGraphs.of(81, 60, false);
  private final MadeGraphs different = different(500);

  /** Paths of ten nodes, nearly every node with a tag of its own. */
  private static MadeGraphs different(int count) {
    Random random = new Random(82);
    List<Graph> graphs = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      graphs.add(
          Graph.of(
              random.ints(10, 0, 1_000_000).toArray(),
              new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8},
              new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9}));
    }
    return new MadeGraphs(graphs, Collections.nCopies(count, "1"));
  }

  private static EngineChoice choose(
      GntkOptions.Engine asked,
      Precision precision,
      MadeGraphs made,
      boolean attributes,
      int partitions) {
    try (GraphSet set = GraphSets.of(made.frame(partitions), null);
        GraphBlocks blocks = GraphBlocks.of(set, false, partitions)) {
      return EngineChoice.of(
          asked,
          precision,
          blocks,
          set.summary(),
          GntkKernel.colors(blocks, DEAR),
          KernelFamily.of(DEAR),
          attributes);
    }
  }

  private static EngineChoice auto(Precision precision, MadeGraphs made, boolean attributes) {
    return choose(GntkOptions.Engine.auto, precision, made, attributes, 2);
  }

  @Test
  void fewColoursAreLeftToColors() {
    EngineChoice choice = auto(Precision.DOUBLE, alike, false);
    assertThat(choice.engine()).isEqualTo(GntkOptions.Engine.colors);
    assertThat(choice.reason()).contains("nodes compressed to");
  }

  @Test
  void nearlyAsManyColoursAsNodesAreLeftToTiles() {
    EngineChoice choice = auto(Precision.DOUBLE, different, false);
    assertThat(choice.engine()).isEqualTo(GntkOptions.Engine.tiles);
    assertThat(choice.reason()).contains("5,000 nodes", "s by tiles");
  }

  @Test
  void attributesAreLeftToDense() {
    EngineChoice choice = auto(Precision.DOUBLE, alike, true);
    assertThat(choice.engine()).isEqualTo(GntkOptions.Engine.dense);
    assertThat(choice.reason()).contains("attributes");
  }

  @Test
  void floatsAreForTilesAndDenseAndFaster() {
    EngineChoice tags = auto(Precision.FLOAT, alike, false);
    assertThat(tags.engine()).isEqualTo(GntkOptions.Engine.tiles);
    assertThat(tags.reason()).contains("floats");
    EngineChoice dense = auto(Precision.FLOAT, different, true);
    assertThat(dense.engine()).isEqualTo(GntkOptions.Engine.dense);
    assertThat(dense.seconds()).isLessThan(auto(Precision.DOUBLE, different, true).seconds());
  }

  @Test
  void whatIsAskedForIsDoneButColorsWithAttributes() {
    for (GntkOptions.Engine asked :
        List.of(GntkOptions.Engine.colors, GntkOptions.Engine.tiles, GntkOptions.Engine.dense)) {
      assertThat(choose(asked, Precision.DOUBLE, alike, false, 1).engine()).isEqualTo(asked);
    }
    assertThatThrownBy(() -> choose(GntkOptions.Engine.colors, Precision.DOUBLE, alike, true, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("--engine colors: node attributes");
  }

  @Test
  void theChoiceIsTheSameForAnyPartitioning() {
    for (Precision precision : Precision.values()) {
      assertThat(choose(GntkOptions.Engine.auto, precision, different, false, 4))
          .isEqualTo(choose(GntkOptions.Engine.auto, precision, different, false, 1));
    }
  }
}
