package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiles that follow against tiles that are made from the final U, which plain loops change. */
class LiveTileTest {
  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }

  private static long[] ids(int n) {
    return IntStream.range(0, n).asLongStream().toArray();
  }

  /** U + w uᵀ. */
  private static Matrix literal(Matrix u, RankOne change) {
    Matrix sum = u.copy();
    for (int i = 0; i < u.rows(); i++) {
      for (int j = 0; j < u.cols(); j++) {
        sum.set(i, j, u.get(i, j) + change.w()[i] * change.u()[j]);
      }
    }
    return sum;
  }

  /** U(x − m) of all points, by loops. */
  private static Matrix literal(Matrix u, Matrix points, double[] mean) {
    Matrix images = Matrix.zeros(u.rows(), points.cols());
    for (int i = 0; i < points.cols(); i++) {
      for (int r = 0; r < u.rows(); r++) {
        double sum = 0;
        for (int j = 0; j < u.cols(); j++) {
          sum += u.get(r, j) * (points.get(j, i) - mean[j]);
        }
        images.set(r, i, sum);
      }
    }
    return images;
  }

  /** Dense, of few features, of one row, of few of both, or nothing at all. */
  private static RankOne change(RandomPoints random, int k, int d, int kind) {
    double[] w = random.vector(k);
    double[] u = random.vector(d);
    if (kind == 1 || kind == 3) {
      int keep = random.random().nextInt(d);
      IntStream.range(0, d).filter(j -> j != keep).forEach(j -> u[j] = 0);
    }
    if (kind == 2 || kind == 3) {
      int keep = random.random().nextInt(k);
      IntStream.range(0, k).filter(r -> r != keep).forEach(r -> w[r] = 0);
      w[keep] = 1;
    }
    if (kind == 4) {
      Arrays.fill(u, 0);
    }
    return new RankOne(w, u);
  }

  private static List<RankOne> batch(RandomPoints random, int k, int d, int kind) {
    List<RankOne> changes = new ArrayList<>();
    int b = random.random().nextInt(1, 6);
    for (int j = 0; j < b; j++) {
      changes.add(change(random, k, d, kind));
    }
    return changes;
  }

  private static void assertSame(PointTile found, PointTile expected) {
    assertThat(found.images()).isEqualTo(expected.images());
    assertThat(found.coordinates()).isEqualTo(expected.coordinates());
    assertThat(found.norms()).isEqualTo(expected.norms());
  }

  /** Images, and that what is rounded is rounded from them. */
  private static void assertImages(PointTile tile, Matrix expected) {
    int n = tile.count();
    int k = tile.dimension();
    assertThat(RandomPoints.error(Matrix.of(k, n, tile.images()), expected)).isLessThan(1e-11);
    for (int i = 0; i < n; i++) {
      double square = 0;
      for (int c = 0; c < k; c++) {
        float rounded = (float) tile.images()[i * k + c];
        assertThat(tile.coordinates()[c * n + i]).isEqualTo(rounded);
        square += (double) rounded * rounded;
      }
      assertThat((double) tile.norms()[i]).isCloseTo(square, within(0x1p-23 * square));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void imagesFollowWhateverChanges(long seed) {
    RandomPoints random = new RandomPoints(seed);
    int d = random.random().nextInt(1, 40);
    int k = random.random().nextInt(1, 40);
    int n = random.random().nextInt(1, 300);
    Matrix points = random.matrix(d, n);
    double[] mean = random.vector(d);
    Matrix u = random.matrix(k, d);
    LiveMetric metric = new LiveMetric(Metric.factor(u), Long.MAX_VALUE);
    LiveTile step = new LiveTile(ids(n), points, mean, k);
    LiveTile late = new LiveTile(ids(n), points, mean, k);
    for (int round = 0; round < 30; round++) {
      List<RankOne> changes = batch(random, k, d, random.random().nextInt(5));
      metric.update(changes);
      for (RankOne change : changes) {
        u = literal(u, change);
      }
      PointTile followed = step.follow(metric);
      if (round % 7 == 3) {
        assertImages(followed, literal(u, points, mean));
        assertSame(late.follow(metric), followed);
        assertSame(new LiveTile(ids(n), points, mean, k).follow(metric), followed);
      }
    }
    assertThat(RandomPoints.error(metric.now().factor(), u)).isLessThan(1e-12);
  }

  @Test
  void withoutChangesItIsATileOfToday() {
    RandomPoints random = new RandomPoints(40);
    Matrix points = random.matrix(9, 100);
    Metric metric = Metric.factor(random.matrix(6, 9));
    double[] mean = random.vector(9);
    PointTile expected = new PointTile(ids(100), metric.apply(points, mean));
    LiveMetric live = new LiveMetric(metric, Long.MAX_VALUE);
    assertSame(new LiveTile(ids(100), points, mean, 6).follow(live), expected);
  }

  /** 10,000 changes of 10,000 points, and queries in between, beside what is made anew. */
  @Test
  void tenThousandChangesLeaveDistancesRight() {
    RandomPoints random = new RandomPoints(41);
    int d = 8;
    int n = 10_000;
    double[] mean = random.vector(d);
    List<Matrix> blocks = new ArrayList<>();
    List<LiveTile> tiles = new ArrayList<>();
    for (int from = 0; from < n; from += PointTile.POINTS) {
      int count = Math.min(PointTile.POINTS, n - from);
      int first = from;
      blocks.add(random.matrix(d, count));
      tiles.add(
          new LiveTile(
              IntStream.range(0, count).mapToLong(i -> first + i).toArray(),
              blocks.get(blocks.size() - 1),
              mean,
              d));
    }
    LiveMetric metric = new LiveMetric(Metric.identity(d), Long.MAX_VALUE);
    double worst = 0;
    for (int t = 1; t <= 10_000; t++) {
      metric.update(List.of(wandering(random, metric.now(), t)));
      tiles.forEach(tile -> tile.follow(metric));
      if (t % 500 == 0) {
        QueryBatch queries = new QueryBatch(metric.now().apply(random.matrix(d, 4), mean));
        BatchSearch search = new BatchSearch(queries, 10);
        BatchSearch anew = new BatchSearch(queries, 10);
        float[] room = BatchSearch.room(4);
        for (int b = 0; b < tiles.size(); b++) {
          PointTile tile = tiles.get(b).follow(metric);
          search.scan(tile, room);
          long[] ids = IntStream.range(0, tile.count()).mapToLong(tile::id).toArray();
          anew.scan(new PointTile(ids, metric.now().apply(blocks.get(b), mean)), room);
        }
        for (int q = 0; q < 4; q++) {
          assertThat(search.nearest().get(q).ids()).isEqualTo(anew.nearest().get(q).ids());
          double[] found = search.nearest().get(q).squares();
          double[] expected = anew.nearest().get(q).squares();
          for (int i = 0; i < found.length; i++) {
            worst = Math.max(worst, Math.abs(Math.sqrt(found[i] / expected[i]) - 1));
          }
        }
      }
    }
    assertThat(worst).isLessThan(1e-10); // 1e-5 is what was promised
    assertThat(metric.base()).isZero(); // by the bound, no more is needed
  }

  /** Longer and shorter by turns; now and then by one feature, or in one row. */
  private static RankOne wandering(RandomPoints random, Metric metric, int t) {
    double[] v = random.vector(metric.dimension());
    if (t % 5 == 0) {
      Arrays.fill(v, 1, v.length, 0);
    }
    double y = metric.squared(v, new double[v.length]);
    double wanted =
        random.random().nextDouble(0.3, 1.7) * RandomPoints.form(Matrix.identity(v.length), v);
    RankOne change = RankOne.along(metric, v, (wanted / y - 1) / y);
    if (t % 3 > 0) {
      return change;
    }
    double[] w = new double[v.length];
    w[t % w.length] = 1e-3;
    return new RankOne(w, random.vector(v.length));
  }

  /** U is multiplied by a thousandth, row by row: what was rounded before is large beside it. */
  @Test
  void aMetricThatShrinksGetsANewBase() {
    RandomPoints random = new RandomPoints(42);
    int d = 8;
    Matrix points = random.matrix(d, 50);
    LiveMetric metric = new LiveMetric(Metric.factor(random.matrix(d, d)), 1 << 30);
    LiveTile tile = new LiveTile(ids(50), points, new double[d], d);
    for (int t = 0; t < 4 * d; t++) {
      double[] w = new double[d];
      w[t % d] = 1;
      double[] u = new double[d];
      for (int j = 0; j < d; j++) {
        u[j] = (1e-3 - 1) * metric.now().factor().get(t % d, j);
      }
      metric.update(List.of(new RankOne(w, u)));
      assertImages(tile.follow(metric), literal(metric.now().factor(), points, new double[d]));
    }
    assertThat(metric.base()).isPositive();
  }

  @Test
  void whatIsAsDearAsABaseIsOne() {
    RandomPoints random = new RandomPoints(43);
    LiveMetric metric = new LiveMetric(Metric.identity(8), 2000);
    assertThat(metric.update(List.of())).isFalse();
    assertThat(metric.update(List.of(change(random, 8, 8, 3)))).isFalse();
    assertThat(metric.update(batchOf(random, 20))).isTrue();
    assertThat(metric.length()).isZero();
    int updates = 0;
    while (!metric.update(List.of(change(random, 8, 8, 3)))) {
      updates++; // until the history has 2,000 bytes
    }
    assertThat(updates).isBetween(2, 10);
  }

  private static List<RankOne> batchOf(RandomPoints random, int b) {
    return IntStream.range(0, b).mapToObj(j -> change(random, 8, 8, 0)).toList();
  }

  /** Ends in the middle of a batch, as a task that is killed. */
  private record Broken(MetricHistory whole, int at) implements MetricHistory {
    @Override
    public int base() {
      return whole.base();
    }

    @Override
    public Metric metric() {
      return whole.metric();
    }

    @Override
    public int length() {
      return whole.length();
    }

    @Override
    public MetricBatch batch(int i) {
      if (i != at) {
        return whole.batch(i);
      }
      double[] w = new double[metric().rows() + 1]; // falls over the end with the last point
      Arrays.fill(w, 1);
      double[] u = {1, 1, 1, 1, 1};
      return MetricBatch.of(w.length, 5, List.of(new RankOne(w, u)));
    }
  }

  @Test
  void whoBreaksOffBeginsAnew() {
    RandomPoints random = new RandomPoints(44);
    Matrix points = random.matrix(5, 300);
    LiveMetric metric = new LiveMetric(Metric.factor(random.matrix(4, 5)), 1 << 30);
    double[] origin = random.vector(5);
    for (int i = 0; i < 6; i++) {
      metric.update(List.of(change(random, 4, 5, i % 4)));
    }
    PointTile expected = new LiveTile(ids(300), points, origin, 4).follow(metric);
    for (int at = 0; at < 6; at++) {
      LiveTile tile = new LiveTile(ids(300), points, origin, 4);
      Broken broken = new Broken(metric, at);
      assertThatThrownBy(() -> tile.follow(broken)).isInstanceOf(IndexOutOfBoundsException.class);
      assertSame(tile.follow(metric), expected);
    }
  }

  /** As a tile that Spark puts on disk and reads again. */
  @Test
  void aTileGoesOnAfterItWasWritten() throws Exception {
    RandomPoints random = new RandomPoints(46);
    Matrix points = random.matrix(5, 300);
    LiveMetric metric = new LiveMetric(Metric.factor(random.matrix(4, 5)), 1 << 30);
    double[] origin = random.vector(5);
    LiveTile tile = new LiveTile(ids(300), points, origin, 4);
    for (int i = 0; i < 8; i++) {
      metric.update(List.of(change(random, 4, 5, i % 4)));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(tile);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertSame(((LiveTile) in.readObject()).follow(metric), tile.follow(metric));
      }
    }
  }

  @Test
  void severalTasksFollowOnce() {
    RandomPoints random = new RandomPoints(47);
    Matrix points = random.matrix(6, 700);
    LiveMetric metric = new LiveMetric(Metric.factor(random.matrix(6, 6)), 1 << 30);
    double[] origin = random.vector(6);
    LiveTile shared = new LiveTile(ids(700), points, origin, 6);
    LiveTile alone = new LiveTile(ids(700), points, origin, 6);
    for (int i = 0; i < 40; i++) {
      metric.update(List.of(change(random, 6, 6, i % 4)));
      IntStream.range(0, 8).parallel().forEach(task -> shared.follow(metric));
      assertSame(shared.follow(metric), alone.follow(metric));
    }
  }

  @Test
  void whoIsLateIsRefused() {
    RandomPoints random = new RandomPoints(45);
    Metric identity = Metric.identity(5);
    LiveTile tile = new LiveTile(ids(3), random.matrix(5, 3), new double[5], 5);
    LiveMetric metric = new LiveMetric(identity, 1 << 30);
    LiveMetric old = new LiveMetric(identity, 1 << 30);
    metric.update(List.of(change(random, 5, 5, 1)));
    tile.follow(metric);
    assertThatIllegalStateException().isThrownBy(() -> tile.follow(old));
    metric.rebase();
    tile.follow(metric);
    old.update(List.of(change(random, 5, 5, 1)));
    assertThatIllegalStateException().isThrownBy(() -> tile.follow(old));
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    LiveMetric metric = new LiveMetric(Metric.identity(3), 1 << 30);
    for (RankOne wrong :
        List.of(
            new RankOne(new double[2], new double[3]),
            new RankOne(new double[3], new double[4]),
            new RankOne(new double[] {1, 1, 1}, new double[] {Double.NaN, 0, 0}))) {
      assertThatIllegalArgumentException().isThrownBy(() -> metric.update(List.of(wrong)));
    }
    assertThat(metric.length()).isZero();
    assertThat(metric.now().factor()).isEqualTo(Matrix.identity(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveTile(new long[2], Matrix.zeros(3, 3), new double[3], 3));
  }
}
