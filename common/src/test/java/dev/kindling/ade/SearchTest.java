package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both searches against direct differences in double precision. */
class SearchTest {
  private static final float[] ROOM = BatchSearch.room(300);

  /** Clusters, some far from the origin, some points twice. */
  private static double[][] points(int n, int k, double offset, long seed) {
    Random random = new Random(seed);
    double[][] points = new double[n][k];
    for (int i = 0; i < n; i++) {
      int cluster = random.nextInt(5);
      for (int c = 0; c < k; c++) {
        points[i][c] = offset + 2 * Math.sin(cluster * 7 + c) + random.nextGaussian();
      }
    }
    for (int i = 3; i < n; i += 50) {
      points[i] = points[i - 1].clone();
    }
    return points;
  }

  private static Matrix columns(double[][] rows) {
    return Matrix.ofRows(rows).transpose();
  }

  private static double[] centre(double[][] points) {
    double[] centre = new double[points[0].length];
    for (double[] p : points) {
      for (int c = 0; c < centre.length; c++) {
        centre[c] += p[c] / points.length;
      }
    }
    return centre;
  }

  private static List<PointTile> tiles(double[][] points, double[] centre, int size) {
    List<PointTile> tiles = new ArrayList<>();
    for (int from = 0; from < points.length; from += size) {
      int end = Math.min(points.length, from + size);
      tiles.add(
          new PointTile(
              IntStream.range(from, end).asLongStream().toArray(),
              columns(Arrays.copyOfRange(points, from, end)),
              centre));
    }
    return tiles;
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return sum;
  }

  private static long[] literal(double[][] points, double[] query, int k) {
    return IntStream.range(0, points.length)
        .boxed()
        .sorted(
            java.util.Comparator.<Integer>comparingDouble(i -> squared(points[i], query))
                .thenComparing(i -> i))
        .limit(k)
        .mapToLong(i -> i)
        .toArray();
  }

  /** Numbers whose squares single precision does not hold: double precision decides alone. */
  @Test
  void whatOverflowsIsNotLost() {
    double[][] points = points(300, 7, 0, 4);
    points[5][2] = 1e25;
    double[][] queries = points(9, 7, 0, 5);
    queries[3][1] = 1e22;
    for (double[] point : points) {
      point[0] *= 1e20;
    }
    double[] centre = new double[7];
    BatchSearch search = new BatchSearch(new QueryBatch(columns(queries), centre), 4);
    tiles(points, centre, 128).forEach(tile -> search.scan(tile, ROOM));
    for (int q = 0; q < queries.length; q++) {
      assertThat(search.nearest().get(q).ids()).isEqualTo(literal(points, queries[q], 4));
    }
  }

  @ParameterizedTest
  @CsvSource({"3000,20,0,10", "700,64,5,1", "2500,130,100,25", "5,8,0,10", "1024,3,0,10"})
  void batchesFindTheExactNeighbours(int n, int dimension, double offset, int k) {
    double[][] points = points(n, dimension, offset, 4);
    double[][] queries = points(17, dimension, offset, 5);
    queries[0] = points[n / 2].clone();
    double[] centre = centre(points);
    BatchSearch search = new BatchSearch(new QueryBatch(columns(queries), centre), k);
    tiles(points, centre, 1000).forEach(tile -> search.scan(tile, ROOM));
    List<Nearest> nearest = search.nearest();
    for (int q = 0; q < queries.length; q++) {
      long[] expected = literal(points, queries[q], k);
      double[] squares = nearest.get(q).squares();
      assertThat(squares).hasSize(Math.min(n, k)).isSorted();
      for (int r = 0; r < expected.length; r++) {
        double square = squared(points[(int) expected[r]], queries[q]);
        assertThat(squares[r]).isCloseTo(square, within(1e-9 * (1 + square)));
        // Points that are there twice are equally near.
        assertThat(squared(points[(int) nearest.get(q).ids()[r]], queries[q]))
            .isCloseTo(square, within(1e-9 * (1 + square)));
      }
    }
  }

  @Test
  void theOrderOfTilesDoesNotMatter() {
    double[][] points = points(900, 12, 0, 6);
    double[] centre = centre(points);
    QueryBatch queries = new QueryBatch(columns(points(4, 12, 0, 7)), centre);
    List<PointTile> tiles = tiles(points, centre, 100);
    BatchSearch forwards = new BatchSearch(queries, 9);
    tiles.forEach(tile -> forwards.scan(tile, ROOM));
    BatchSearch one = new BatchSearch(queries, 9);
    BatchSearch other = new BatchSearch(queries, 9);
    for (int t = tiles.size() - 1; t >= 0; t--) {
      (t % 2 == 0 ? one : other).scan(tiles.get(t), ROOM);
    }
    for (int q = 0; q < 4; q++) {
      Nearest merged = one.nearest().get(q).merge(other.nearest().get(q));
      assertThat(merged.ids()).isEqualTo(forwards.nearest().get(q).ids());
      assertThat(merged.squares()).isEqualTo(forwards.nearest().get(q).squares());
    }
  }

  /**
   * Recall of 40 queries at least .99, and far fewer numbers read than there are: clusters of
   * twenty in coordinates that are alike, as a rotation makes them.
   */
  @Test
  void progressiveScansReadLittleAndMissNothing() {
    int k = 256;
    int n = 8000;
    Random random = new Random(3);
    double[][] middles = new double[n / 100][];
    Arrays.setAll(middles, i -> random.doubles(k, -2, 2).toArray());
    double[][] points = new double[n][k];
    for (double[] p : points) {
      double[] middle = middles[random.nextInt(middles.length)];
      for (int c = 0; c < k; c++) {
        p[c] = middle[c] + random.nextGaussian();
      }
    }
    double[] centre = centre(points);
    List<PointTile> tiles = tiles(points, centre, PointTile.POINTS);
    long read = 0;
    int found = 0;
    int queries = 40;
    for (int q = 0; q < queries; q++) {
      double[] query = points[q * 100].clone();
      for (int c = 0; c < k; c++) {
        query[c] += 0.5 * random.nextGaussian();
      }
      ProgressiveScan scan =
          new ProgressiveScan(new QueryBatch(Matrix.of(k, 1, query), centre), 10);
      tiles.forEach(scan::scan);
      read += scan.read();
      long[] expected = literal(points, query, 10);
      long[] ids = scan.nearest().ids();
      found +=
          (int)
              Arrays.stream(expected).filter(e -> Arrays.stream(ids).anyMatch(i -> i == e)).count();
    }
    assertThat(found).isGreaterThanOrEqualTo((int) (0.99 * 10 * queries));
    assertThat((double) read / queries / n).isLessThan(0.5 * k);
  }

  @Test
  void rotationKeepsDistances() {
    Matrix u = columns(points(15, 11, 0, 8));
    Matrix rotated = Rotation.of(u, 5);
    for (int i = 1; i < 15; i++) {
      double before = 0;
      double after = 0;
      for (int r = 0; r < 11; r++) {
        before += Math.pow(u.get(r, i) - u.get(r, 0), 2);
        after += Math.pow(rotated.get(r, i) - rotated.get(r, 0), 2);
      }
      assertThat(after).isCloseTo(before, within(1e-10 * before));
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    double[] centre = new double[3];
    QueryBatch queries = new QueryBatch(Matrix.zeros(3, 2), centre);
    PointTile tile = new PointTile(new long[] {1}, Matrix.zeros(4, 1), new double[4]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchSearch(queries, 1).scan(tile, ROOM));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProgressiveScan(queries, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Nearest(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PointTile(new long[2], Matrix.zeros(4, 1), new double[4]));
  }
}
