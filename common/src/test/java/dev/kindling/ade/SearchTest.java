package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

  /** x − o of each row, a column. */
  private static Matrix images(double[][] rows, double[] origin) {
    return Metric.identity(origin.length).apply(columns(rows), origin);
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
              images(Arrays.copyOfRange(points, from, end), centre)));
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
            Comparator.<Integer>comparingDouble(i -> squared(points[i], query))
                .thenComparing(i -> i))
        .limit(k)
        .mapToLong(i -> i)
        .toArray();
  }

  /** |U(x − y)|² without rounding. */
  private static BigDecimal exact(Matrix u, double[] x, double[] y) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int r = 0; r < u.rows(); r++) {
      BigDecimal image = BigDecimal.ZERO;
      for (int j = 0; j < x.length; j++) {
        BigDecimal difference = new BigDecimal(x[j]).subtract(new BigDecimal(y[j]));
        image = image.add(difference.multiply(new BigDecimal(u.get(r, j))));
      }
      sum = sum.add(image.multiply(image));
    }
    return sum;
  }

  private static List<Nearest> searched(PointTile tile, Matrix queries, int k) {
    BatchSearch search = new BatchSearch(new QueryBatch(queries), k);
    search.scan(tile, ROOM);
    return search.nearest();
  }

  /**
   * Beside distances without rounding, from the origin that jobs take: ordinary points, one of them
   * 10^12 times as far away, and all values near 10^9; a full U, its diagonal alone, and one that
   * was changed.
   */
  @ParameterizedTest
  @CsvSource({"1,0", "1e12,0", "1,1e9", "1e12,1e9"})
  void distancesKeepTheirDigits(double far, double offset) {
    int d = 6;
    int n = 150;
    int k = 5;
    double[][] points = points(n, d, offset, 11);
    Arrays.setAll(points[40], j -> offset + far * (points[40][j] - offset));
    double[][] queries = points(8, d, offset, 12);
    queries[3] = points[40].clone();
    double[] origin = Winsorized.of(columns(points)).mean();
    RandomPoints random = new RandomPoints(13);
    Matrix u = random.matrix(4, d);
    RankOne change = new RankOne(random.vector(4), random.vector(d));
    double[] scales = random.vector(d);
    LiveMetric live = new LiveMetric(Metric.factor(u), Long.MAX_VALUE);
    LiveTile following =
        new LiveTile(IntStream.range(0, n).asLongStream().toArray(), columns(points), origin, 4);
    following.follow(live);
    live.update(List.of(change));
    for (Metric metric : List.of(Metric.factor(u), Metric.factor(scales), live.now())) {
      PointTile tile =
          metric.equals(live.now())
              ? following.follow(live)
              : new PointTile(
                  IntStream.range(0, n).asLongStream().toArray(),
                  metric.apply(columns(points), origin));
      List<Nearest> found = searched(tile, metric.apply(columns(queries), origin), k);
      for (int q = 0; q < queries.length; q++) {
        double[] query = queries[q];
        BigDecimal[] squares =
            Arrays.stream(points)
                .map(x -> exact(metric.factor(), x, query))
                .toArray(BigDecimal[]::new);
        long[] ids = found.get(q).ids();
        if (q != 3 || far == 1) { // from far away the others are equally far
          assertThat(ids)
              .isEqualTo(
                  IntStream.range(0, n)
                      .boxed()
                      .sorted(Comparator.comparing(i -> squares[i]))
                      .limit(k)
                      .mapToLong(i -> i)
                      .toArray());
        }
        for (int r = 0; r < k; r++) {
          double expected = Math.sqrt(squares[(int) ids[r]].doubleValue());
          // From itself the far point is as far as rounding of its image.
          double own = q == 3 ? 1e-14 * far : 0;
          assertThat(Math.sqrt(found.get(q).squares()[r]))
              .isCloseTo(expected, within(1e-12 * expected + own));
        }
      }
    }
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
    BatchSearch search = new BatchSearch(new QueryBatch(images(queries, centre)), 4);
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
    BatchSearch search = new BatchSearch(new QueryBatch(images(queries, centre)), k);
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
    QueryBatch queries = new QueryBatch(images(points(4, 12, 0, 7), centre));
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
          new ProgressiveScan(new QueryBatch(images(new double[][] {query}, centre)), 10);
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
    QueryBatch queries = new QueryBatch(Matrix.zeros(3, 2));
    PointTile tile = new PointTile(new long[] {1}, Matrix.zeros(4, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchSearch(queries, 1).scan(tile, ROOM));
    assertThatIllegalArgumentException().isThrownBy(() -> new ProgressiveScan(queries, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Nearest(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PointTile(new long[2], Matrix.zeros(4, 1)));
  }
}
