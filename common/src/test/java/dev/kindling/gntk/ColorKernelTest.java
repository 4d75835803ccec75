package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.gntk.GntkParameters.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColorKernelTest {
  private static final double GOLDEN = 1e-12;

  static Stream<Arguments> settings() {
    List<Arguments> settings = new ArrayList<>();
    long seed = 20;
    for (int blocks = 0; blocks <= 3; blocks++) {
      for (int layers = 1; layers <= 3; layers += 2) {
        for (Scale scale : Scale.values()) {
          for (boolean jumping : new boolean[] {true, false}) {
            settings.add(
                Arguments.of(new GntkParameters(blocks, layers, scale, jumping, 1.5), seed++));
          }
        }
      }
    }
    return settings.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void agreesWithTheLiteralRecursion(GntkParameters parameters, long seed) {
    List<Graph> graphs = RandomGraphs.of(seed, 12, 9, 3);
    double[][] gram = ColorKernel.gram(graphs, parameters);
    for (int i = 0; i < graphs.size(); i++) {
      for (int j = 0; j < graphs.size(); j++) {
        // The literal recursion feels arccos near 1: an ulp there is 1e-8.
        assertThat(gram[i][j])
            .as("graphs %d and %d of seed %d", i, j, seed)
            .isCloseTo(
                LiteralGntk.value(graphs.get(i), graphs.get(j), parameters),
                withinPercentage(1e-5));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aSingleNodeOfTheSameTagGivesTwiceTwoPlusR(int layers) {
    Graph node = Graph.of(new int[] {7}, new int[0], new int[0]);
    double[][] gram =
        ColorKernel.gram(
            List.of(node, node), new GntkParameters(1, layers, Scale.UNIFORM, true, 2));
    assertThat(gram[0][1]).isCloseTo(2 * (2 + layers), within(GOLDEN));
    assertThat(gram[0][0]).isCloseTo(2 * (2 + layers), within(GOLDEN));
  }

  @Test
  void singleNodesOfDifferentTagsGiveTwoOverPi() {
    Graph a = Graph.of(new int[] {1}, new int[0], new int[0]);
    Graph b = Graph.of(new int[] {2}, new int[0], new int[0]);
    double[][] gram =
        ColorKernel.gram(List.of(a, b), new GntkParameters(1, 1, Scale.UNIFORM, true, 2));
    assertThat(gram[0][1]).isCloseTo(2 / Math.PI, within(GOLDEN));
  }

  @ParameterizedTest
  @MethodSource("completeGraphs")
  void aCompleteGraphWithOneTagHasAClosedForm(int nodes, int blocks, int layers) {
    List<int[]> edges = new ArrayList<>();
    for (int u = 0; u < nodes; u++) {
      for (int v = u + 1; v < nodes; v++) {
        edges.add(new int[] {u, v});
      }
    }
    Graph complete =
        Graph.of(
            new int[nodes],
            edges.stream().mapToInt(e -> e[0]).toArray(),
            edges.stream().mapToInt(e -> e[1]).toArray());
    double[][] gram =
        ColorKernel.gram(
            List.of(complete), new GntkParameters(blocks, layers, Scale.DEGREE, true, 2));
    double sum = IntStream.rangeClosed(0, blocks).mapToDouble(l -> 1 + l * layers).sum();
    assertThat(gram[0][0]).isCloseTo(2 * nodes * nodes * sum, withinPercentage(100 * GOLDEN));
  }

  static Stream<Arguments> completeGraphs() {
    return Stream.of(
        Arguments.of(2, 1, 1), Arguments.of(5, 1, 2), Arguments.of(4, 3, 2), Arguments.of(9, 2, 4));
  }

  @Test
  void anEdgeAgainstASingleNodeGivesTheGoldenValue() {
    Graph edge = Graph.of(new int[] {0, 1}, new int[] {0}, new int[] {1});
    Graph single = Graph.of(new int[] {0}, new int[0], new int[0]);
    double[][] gram =
        ColorKernel.gram(List.of(edge, single), new GntkParameters(1, 1, Scale.DEGREE, true, 2));
    assertThat(gram[0][1]).isCloseTo(5.636619772367581, within(GOLDEN));
  }

  @Test
  void theOrderOfNodesDoesNotMatter() {
    Random random = new Random(5);
    GntkParameters parameters = new GntkParameters(3, 2, Scale.UNIFORM, true, 2);
    List<Graph> graphs = RandomGraphs.of(5, 10, 12, 2);
    List<Graph> relabelled = graphs.stream().map(g -> RandomGraphs.relabelled(g, random)).toList();
    assertThat(ColorKernel.gram(relabelled, parameters))
        .isDeepEqualTo(ColorKernel.gram(graphs, parameters));
  }

  @Test
  void theOrderOfGraphsDoesNotMatter() {
    GntkParameters parameters = new GntkParameters(2, 2, Scale.DEGREE, true, 2);
    List<Graph> graphs = RandomGraphs.of(6, 20, 10, 2);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
    Collections.shuffle(order, new Random(6));
    double[][] gram = ColorKernel.gram(graphs, parameters);
    double[][] shuffled = ColorKernel.gram(order.stream().map(graphs::get).toList(), parameters);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        assertThat(shuffled[i][j])
            .isCloseTo(gram[order.get(i)][order.get(j)], withinPercentage(1e-12));
      }
    }
  }

  @Test
  void severalBlocksOfColoursAgreeWithTheLiteralRecursion() {
    // Two blocks of colours at level 1, three at level 2, so that off-diagonal tiles and their
    // transposes are read.
    List<Graph> graphs = RandomGraphs.of(11, 150, 24, 30);
    GntkParameters parameters = new GntkParameters(2, 2, Scale.UNIFORM, true, 2);
    ColorSet[] sets = ColorSet.of(graphs, 2);
    assertThat(sets[1].size()).isGreaterThan(ColorTiling.BLOCK);
    assertThat(sets[2].size()).isGreaterThan(2 * ColorTiling.BLOCK);
    double[][] gram = ColorKernel.gram(graphs, parameters);
    Random random = new Random(11);
    for (int pair = 0; pair < 60; pair++) {
      int i = random.nextInt(150);
      int j = random.nextInt(150);
      assertThat(gram[i][j])
          .as("graphs %d and %d", i, j)
          .isCloseTo(
              LiteralGntk.value(graphs.get(i), graphs.get(j), parameters), withinPercentage(1e-5));
    }
  }

  @Test
  void hasNoNegativeDirection() {
    // Du et al. 2019: a sum of kernels. xᵀKx ≥ 0 to rounding for many random x.
    List<Graph> graphs = RandomGraphs.of(8, 30, 10, 3);
    double[][] gram = ColorKernel.gram(graphs, new GntkParameters(2, 2, Scale.UNIFORM, true, 2));
    double trace = IntStream.range(0, 30).mapToDouble(i -> gram[i][i]).sum();
    Random random = new Random(8);
    for (int trial = 0; trial < 500; trial++) {
      double[] x = random.doubles(30, -1, 1).toArray();
      double form = 0;
      for (int i = 0; i < 30; i++) {
        for (int j = 0; j < 30; j++) {
          form += x[i] * gram[i][j] * x[j];
        }
      }
      assertThat(form).isGreaterThan(-1e-12 * trace);
    }
  }

  @Test
  void isSymmetric() {
    double[][] gram =
        ColorKernel.gram(
            RandomGraphs.of(9, 15, 8, 2), new GntkParameters(2, 1, Scale.DEGREE, false, 1));
    for (int i = 0; i < 15; i++) {
      for (int j = 0; j < 15; j++) {
        assertThat(gram[i][j]).isEqualTo(gram[j][i]);
      }
    }
    assertThat(Arrays.stream(gram).flatMapToDouble(Arrays::stream)).allMatch(x -> x > 0);
  }
}
