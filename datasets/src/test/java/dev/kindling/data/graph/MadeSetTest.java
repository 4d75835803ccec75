package dev.kindling.data.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.graph.MadeSet.Kind;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.GntkParameters.Scale;
import dev.kindling.gntk.Graph;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MadeSetTest {
  private static MadeSet set(Kind kind, long graphs, int nodes) {
    return new MadeSet(kind, graphs, nodes, 3, 4, 5, 42);
  }

  private static List<GraphRecord> all(MadeSet set) {
    return LongStream.range(0, set.graphs()).mapToObj(set::graph).toList();
  }

  /** K(g, h) of graphs whose nodes all have one colour. */
  private static double closedForm(Graph g, Graph h, GntkParameters p) {
    double s = p.scale() == Scale.DEGREE ? 1 : (g.degree(0) + 1.0) * (h.degree(0) + 1);
    double sum = 0;
    for (int l = 0; l <= p.blocks(); l++) {
      sum += p.reads(l) ? Math.pow(s, l) * (1 + l * p.mlpLayers()) : 0;
    }
    return p.factor() * g.nodes() * h.nodes() * sum;
  }

  @ParameterizedTest
  @CsvSource({
    "cycles, 1, 1, UNIFORM, true",
    "cycles, 3, 2, UNIFORM, true",
    "cycles, 2, 3, DEGREE, false",
    "complete, 1, 1, DEGREE, true",
    "complete, 3, 2, UNIFORM, false",
    "complete, 3, 2, DEGREE, true",
  })
  void theKernelOfCyclesAndCompleteGraphsIsTheClosedForm(
      Kind kind, int blocks, int layers, Scale scale, boolean jk) {
    GntkParameters parameters = new GntkParameters(blocks, layers, scale, jk, 2);
    List<GraphRecord> records = all(set(kind, 12, 9));
    List<Graph> graphs = records.stream().map(GraphRecord::graph).toList();
    double[][] gram = ColorKernel.gram(graphs, parameters);
    for (int i = 0; i < graphs.size(); i++) {
      assertThat(records.get(i).label()).isEqualTo(Integer.toString(graphs.get(i).nodes()));
      for (int j = 0; j < graphs.size(); j++) {
        assertThat(gram[i][j])
            .isCloseTo(
                closedForm(graphs.get(i), graphs.get(j), parameters),
                Percentage.withPercentage(1e-9));
      }
    }
  }

  @Test
  void sizesRunUpAndBeginAgain() {
    assertThat(all(set(Kind.cycles, 5, 5)))
        .extracting(GraphRecord::label)
        .containsExactly("3", "4", "5", "3", "4");
    assertThat(all(set(Kind.complete, 4, 3)))
        .extracting(g -> g.graph().edges())
        .containsExactly(0, 1, 3, 0);
  }

  @Test
  void randomGraphsHaveTheDegreeAndTheTagsThatAreAskedFor() {
    double degrees = 0;
    int[] tags = new int[4];
    for (GraphRecord record : all(set(Kind.random, 2_000, 25))) {
      Graph graph = record.graph();
      assertThat(graph.nodes()).isEqualTo(25);
      assertThat(graph.selfLoops() + graph.duplicates()).isZero();
      assertThat(record.label()).isNull();
      degrees += 2.0 * graph.edges() / 25;
      for (int u = 0; u < 25; u++) {
        tags[graph.tag(u)]++;
      }
    }
    assertThat(degrees / 2_000).isCloseTo(3, within(0.05)); // 8 standard errors
    for (int count : tags) {
      assertThat(count / 50_000.0).isCloseTo(0.25, within(0.02));
    }
    assertThat(new MadeSet(Kind.random, 1, 9, 8, 1, 2, 1).graph(0).graph().edges()).isEqualTo(36);
    assertThat(new MadeSet(Kind.random, 1, 9, 0, 1, 2, 1).graph(0).graph().edges()).isZero();
    assertThat(new MadeSet(Kind.random, 1, 1, 0, 1, 2, 1).graph(0).graph().nodes()).isEqualTo(1);
    assertThat(new MadeSet(Kind.random, 1, 1000, 1e-9, 1, 2, 1).graph(0).graph().edges()).isZero();
  }

  @Test
  void everyPairIsAnEdgeEquallyOften() {
    MadeSet set = new MadeSet(Kind.random, 4_000, 5, 2, 1, 2, 7);
    int[][] counts = new int[5][5];
    for (GraphRecord record : all(set)) {
      int[][] ends = record.graph().edgeList();
      for (int e = 0; e < ends[0].length; e++) {
        counts[ends[0][e]][ends[1][e]]++;
      }
    }
    for (int u = 0; u < 5; u++) {
      for (int v = u + 1; v < 5; v++) {
        assertThat(counts[u][v] / 4_000.0).isCloseTo(0.5, within(0.05)); // 6 standard errors
      }
    }
  }

  @Test
  void halfOfTheSetHasTheMotifAndTheOthersAsManyEdges() {
    List<GraphRecord> records = all(set(Kind.motif, 1_000, 25));
    double[] edges = new double[2];
    int[] graphs = new int[2];
    int[] cliques = new int[2];
    for (GraphRecord record : records) {
      int label = Integer.parseInt(record.label());
      graphs[label]++;
      edges[label] += record.graph().edges();
      cliques[label] += hasClique(record.graph(), 5) ? 1 : 0;
    }
    assertThat(graphs).containsExactly(500, 500);
    assertThat(cliques[1]).isEqualTo(500);
    assertThat(cliques[0]).isLessThan(10);
    assertThat(edges[1] / edges[0]).isCloseTo(1, within(0.05));
    assertThat(records).extracting(GraphRecord::label).contains("0", "1");
  }

  private static boolean hasClique(Graph graph, int size) {
    return extend(graph, new int[size], 0);
  }

  private static boolean extend(Graph graph, int[] clique, int length) {
    if (length == clique.length) {
      return true;
    }
    for (int u = length == 0 ? 0 : clique[length - 1] + 1; u < graph.nodes(); u++) {
      boolean fits = true;
      for (int i = 0; i < length; i++) {
        fits &= adjacent(graph, u, clique[i]);
      }
      clique[length] = u;
      if (fits && extend(graph, clique, length + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean adjacent(Graph graph, int u, int v) {
    for (int k = 0; k < graph.degree(u); k++) {
      if (graph.neighbour(u, k) == v) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theSeedDecidesAndTheIndexToo() {
    MadeSet set = set(Kind.random, 10, 25);
    assertThat(set.graph(3)).usingRecursiveComparison().isEqualTo(set.graph(3));
    assertThat(set.graph(3).graph()).usingRecursiveComparison().isNotEqualTo(set.graph(4).graph());
    assertThat(new MadeSet(Kind.random, 10, 25, 3, 4, 5, 43).graph(3))
        .usingRecursiveComparison()
        .isNotEqualTo(set.graph(3));
  }

  @ParameterizedTest
  @CsvSource({
    "random, 0, 25, 3, 4, 4, graphs 0",
    "random, 3000000000, 25, 3, 4, 4, graphs 3000000000",
    "random, 9, 0, 0, 4, 4, nodes 0",
    "cycles, 9, 2, 3, 4, 4, nodes 2: should be from 3",
    "random, 9, 25, 25, 4, 4, degree 25.0: should be from 0 to 24",
    "random, 9, 25, NaN, 4, 4, degree NaN",
    "random, 9, 25, 3, 0, 4, tags 0",
    "motif, 9, 25, 3, 4, 26, motif 26: should be from 2 to 25",
    "motif, 9, 25, 3, 4, 1, motif 1",
    "complete, 9, 100000, 3, 4, 4, nodes 100000: should be less",
  })
  void aValueOutOfItsRangeIsNamed(
      Kind kind, long graphs, int nodes, double degree, int tags, int motif, String message) {
    assertThatThrownBy(() -> new MadeSet(kind, graphs, nodes, degree, tags, motif, 1))
        .isInstanceOf(dev.kindling.BadInput.class)
        .hasMessageStartingWith(message);
  }
}
