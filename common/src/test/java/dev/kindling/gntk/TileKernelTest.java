package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.linalg.Precision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileKernelTest {
  private enum Features {
    TAGS,
    ATTRIBUTES,
    BOTH;

    Graph of(Graph graph, Random random) {
      if (this == TAGS) {
        return graph;
      }
      double[] values = random.doubles(3L * graph.nodes(), -1, 1).toArray();
      Arrays.fill(values, 0, 3, 0); // a node without features
      Graph both = graph.withAttributes(values);
      return this == BOTH ? both : both.untagged();
    }
  }

  private static Graph[] graphs(int count, Features features) {
    Random random = new Random(31);
    return RandomGraphs.of(30, count, 9, 3).stream()
        .map(graph -> features.of(graph, random))
        .toArray(Graph[]::new);
  }

  private static void agrees(Graph[] graphs, GntkParameters parameters, boolean byNodes) {
    double[][] gram = TileKernel.gram(graphs, parameters, byNodes, Precision.DOUBLE);
    for (int i = 0; i < graphs.length; i++) {
      for (int j = 0; j < graphs.length; j++) {
        double literal = LiteralGntk.value(graphs[i], graphs[j], parameters);
        // arccos at ρ = 1 − 1e-16 costs the literal formula 1.5e-8 an entry.
        assertThat(gram[i][j])
            .as("%d, %d", i, j)
            .isCloseTo(literal, within(1e-7 * literal + 1e-12));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, UNIFORM, true",
    "1, 2, UNIFORM, true",
    "2, 1, DEGREE, true",
    "3, 2, UNIFORM, false"
  })
  void isTheLiteralKernelByColoursAndByNodes(
      int blocks, int layers, GntkParameters.Scale scale, boolean jumping) {
    GntkParameters parameters = new GntkParameters(blocks, layers, scale, jumping, 2);
    agrees(graphs(14, Features.TAGS), parameters, false);
    agrees(graphs(14, Features.TAGS), parameters, true);
  }

  @ParameterizedTest
  @EnumSource(names = "TAGS", mode = EnumSource.Mode.EXCLUDE)
  void attributesMayBeNegativeAndZero(Features features) {
    GntkParameters parameters = new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 1);
    agrees(graphs(12, features), parameters, true);
  }

  @Test
  void allEnginesAgreeTo1e8AndManyChunksGiveWhatOneGives() {
    // Some 1,500 nodes: two chunks by colours, three by nodes.
    Graph[] graphs = RandomGraphs.of(32, 170, 16, 3).toArray(Graph[]::new);
    GntkParameters parameters = new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2);
    assertThat(TileSide.of(graphs, parameters, false, Precision.DOUBLE)).hasSizeGreaterThan(1);
    double[][] colors = ColorKernel.gram(List.of(graphs), parameters);
    double[][] tiles = TileKernel.gram(graphs, parameters, false, Precision.DOUBLE);
    double[][] dense = TileKernel.gram(graphs, parameters, true, Precision.DOUBLE);
    for (int i = 0; i < graphs.length; i++) {
      for (int j = 0; j < graphs.length; j++) {
        assertThat(tiles[i][j]).isCloseTo(colors[i][j], within(1e-10 * colors[i][j]));
        assertThat(dense[i][j]).isCloseTo(colors[i][j], within(1e-8 * colors[i][j]));
      }
    }
  }

  /**
   * The bound is relative to √(K(g,g) K(h,h)), since K(g,h) may cancel. Rounding is some 1e-7 of
   * it, and up to 1e-5 where small graphs have a ρ near 1, whose arccosine is off by √ of the
   * rounding.
   */
  @ParameterizedTest
  @CsvSource({
    "TAGS, false",
    "TAGS, true",
    "ATTRIBUTES, true",
    "BOTH, true",
  })
  void floatsAgreeWithDoublesTo2e5(Features features, boolean byNodes) {
    Graph[] graphs = graphs(40, features);
    for (int blocks = 1; blocks <= 3; blocks++) {
      for (GntkParameters.Scale scale : GntkParameters.Scale.values()) {
        for (boolean jumping : new boolean[] {true, false}) {
          GntkParameters parameters = new GntkParameters(blocks, 2, scale, jumping, 2);
          double[][] doubles = TileKernel.gram(graphs, parameters, byNodes, Precision.DOUBLE);
          double[][] floats = TileKernel.gram(graphs, parameters, byNodes, Precision.FLOAT);
          for (int i = 0; i < graphs.length; i++) {
            for (int j = 0; j < graphs.length; j++) {
              double lengths = Math.sqrt(doubles[i][i] * doubles[j][j]);
              assertThat(floats[i][j])
                  .as("%s, %d, %d", parameters, i, j)
                  .isCloseTo(doubles[i][j], within(2e-5 * lengths));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-20, 1e-17, 1e17, 1e20})
  void featuresBeyondTheRangeOfFloatsAreRefused(double unit) {
    Graph[] graphs = {
      Graph.of(new int[2], new int[] {0}, new int[] {1})
          .withAttributes(new double[] {3 * unit, unit})
          .untagged()
    };
    GntkParameters parameters = new GntkParameters(1, 2, GntkParameters.Scale.DEGREE, true, 2);
    assertThatThrownBy(() -> TileSide.of(graphs, parameters, true, Precision.FLOAT))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("and float takes");
    double value = TileKernel.gram(graphs, parameters, true, Precision.DOUBLE)[0][0];
    assertThat(value).isCloseTo(128 * unit * unit, withinPercentage(1e-9));
  }

  @Test
  void normsThatGrowBeyondTheRangeOfFloatsAreRefused() {
    Graph[] graphs = {Graph.of(new int[9], new int[9], new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8})};
    GntkParameters deep = new GntkParameters(64, 1, GntkParameters.Scale.UNIFORM, false, 2);
    assertThat(TileSide.of(graphs, deep, true, Precision.DOUBLE)).hasSize(1);
    assertThatThrownBy(() -> TileSide.of(graphs, deep, true, Precision.FLOAT))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("a node's features at level");
  }

  @ParameterizedTest
  @EnumSource
  void aSideComesBackFromItsBytes(Features features) throws IOException {
    Graph[] graphs = graphs(8, features);
    GntkParameters parameters = new GntkParameters(2, 1, GntkParameters.Scale.DEGREE, true, 2);
    TileSide side =
        TileSide.of(graphs, parameters, features != Features.TAGS, Precision.DOUBLE).get(0);
    TileSide read = read(bytes(side), parameters);
    assertThat(bytes(read)).isEqualTo(bytes(side));
    assertThat(new TileKernel(parameters, Precision.DOUBLE).sums(read, read))
        .isEqualTo(new TileKernel(parameters, Precision.DOUBLE).sums(side, side));
  }

  @Test
  void damagedBytesAreRefusedBeforeAnythingIsAllocated() throws IOException {
    GntkParameters parameters = new GntkParameters(1, 1, GntkParameters.Scale.UNIFORM, true, 2);
    byte[] bytes =
        bytes(TileSide.of(graphs(5, Features.TAGS), parameters, false, Precision.DOUBLE).get(0));
    int refusals = 0;
    for (int at = 0; at < bytes.length; at += 4) {
      byte[] damaged = bytes.clone();
      damaged[at] = 0x7f; // a length, an index or a number that is too large
      try {
        read(damaged, parameters);
      } catch (IOException refused) {
        refusals++;
      }
    }
    assertThat(refusals).isPositive();
    assertThatThrownBy(() -> read(new byte[] {0x7f, -1, -1, -1}, parameters))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("length");
  }

  private static byte[] bytes(TileSide side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    side.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static TileSide read(byte[] bytes, GntkParameters parameters) throws IOException {
    return TileSide.read(new DataInputStream(new ByteArrayInputStream(bytes)), parameters);
  }
}
