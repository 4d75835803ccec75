package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
  private static final GntkParameters PARAMETERS =
      new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2);

  private static Graph[] graphs(long seed, int count, boolean attributes) {
    Random random = new Random(seed);
    return RandomGraphs.of(seed, count, 12, 3).stream()
        .map(
            graph ->
                attributes
                    ? graph.withAttributes(random.doubles(2L * graph.nodes(), -1, 1).toArray())
                    : graph)
        .toArray(Graph[]::new);
  }

  private static List<TileSide> sides(Graph[] graphs) {
    return TileSide.of(graphs, PARAMETERS, false, Precision.DOUBLE);
  }

  private static void close(double[] found, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(found).containsExactly(expected, within(1e-12 * largest));
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aUnionHasTheKernelsOfItsSides(boolean attributes) {
    Graph[] all = graphs(3, 30, attributes);
    TileSide others = sides(graphs(4, 7, attributes)).get(0);
    List<TileSide> some = new ArrayList<>();
    int[] first = {0, 11, 25};
    for (int k = 0; k < first.length; k++) {
      int end = k == 2 ? all.length : first[k + 1];
      some.add(sides(Arrays.copyOfRange(all, first[k], end)).get(0));
    }
    TileSide union = TileSide.union(some, first);
    TileKernel kernel = new TileKernel(PARAMETERS, Precision.DOUBLE);
    double[][] found = kernel.parts(union, others);
    TileSide whole = sides(all).get(0);
    assertThat(union.size(2)).isEqualTo(whole.size(2));
    double[][] expected = kernel.parts(whole, others);
    for (int part = 0; part < found.length; part++) {
      double[] inOrder = new double[found[part].length];
      double[] wanted = new double[inOrder.length];
      for (int g = 0; g < all.length; g++) {
        System.arraycopy(found[part], g * 7, inOrder, union.position(g) * 7, 7);
        System.arraycopy(expected[part], g * 7, wanted, whole.position(g) * 7, 7);
      }
      close(inOrder, wanted);
    }
    double[] sums = kernel.sums(union, union);
    for (int g = 0; g < all.length; g++) {
      double own = sums[g * all.length + g];
      assertThat(union.own(g)).isCloseTo(own, within(1e-12 * own));
    }
  }

  @Test
  void piecesBelowTheGraphsHaveTheKernelsOfPieces() {
    TileSide rows = sides(graphs(5, 9, false)).get(0);
    TileSide columns = sides(graphs(6, 5, false)).get(0);
    Pieces pieces = new Pieces(new int[] {1, 2, 3});
    TileKernel kernel = new TileKernel(PARAMETERS, Precision.DOUBLE);
    TileSide cut = columns.cut(pieces, PARAMETERS);
    double[][] found = kernel.parts(rows.withPieces(new int[] {2, 7}, pieces, PARAMETERS), cut);
    double[][] whole = kernel.parts(rows, cut);
    double[][] byPiece = kernel.parts(rows.cut(pieces, PARAMETERS), cut);
    for (int part = 0; part < found.length; part++) {
      int q = pieces.count(part);
      int width = 5 * q;
      assertThat(found[part]).hasSize((9 + 2 * q) * width);
      assertThat(Arrays.copyOf(found[part], 9 * width)).isEqualTo(whole[part]);
      int[] graphs = {2, 7};
      for (int k = 0; k < 2; k++) {
        assertThat(Arrays.copyOfRange(found[part], (9 + k * q) * width, (9 + (k + 1) * q) * width))
            .isEqualTo(
                Arrays.copyOfRange(
                    byPiece[part], graphs[k] * q * width, (graphs[k] + 1) * q * width));
      }
    }
  }

  @Test
  void thereAreNoMorePiecesThanColoursOrColumns() {
    List<TileSide> sides = sides(graphs(7, 20, false));
    int[] colors = new int[3];
    Arrays.setAll(colors, level -> sides.get(0).size(level));
    int[] few = Pieces.of(sides, 4, 1000, PARAMETERS).counts();
    for (int level = 0; level < 3; level++) {
      assertThat(few[level]).isEqualTo(Math.max(1, Math.min(4, colors[level] / 20)));
    }
    assertThat(Pieces.of(sides, 4, 45, PARAMETERS).counts())
        .containsExactly(1, Math.min(2, few[1]), Math.min(2, few[2]));
    assertThat(Pieces.of(sides, 4, 10, PARAMETERS).counts()).containsExactly(1, 1, 1);
    assertThatThrownBy(() -> new Pieces(new int[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pieces [0]");
  }

  @Test
  void aGraphIsCutTheSameWayHoweverItsNodesAreNumbered() {
    Graph graph = RandomGraphs.of(8, 1, 30, 3).get(0);
    Graph other = RandomGraphs.relabelled(graph, new Random(9));
    TileSide columns = sides(graphs(6, 5, false)).get(0);
    Pieces pieces = new Pieces(new int[] {2, 2, 2});
    TileKernel kernel = new TileKernel(PARAMETERS, Precision.DOUBLE);
    double[][] found =
        kernel.parts(sides(new Graph[] {graph}).get(0).cut(pieces, PARAMETERS), columns);
    double[][] again =
        kernel.parts(sides(new Graph[] {other}).get(0).cut(pieces, PARAMETERS), columns);
    for (int part = 0; part < found.length; part++) {
      close(again[part], found[part]);
    }
  }
}
