package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.ade.Metric;
import dev.kindling.ade.RankOne;
import dev.kindling.ade.Sketches;
import dev.kindling.data.LocalSpark;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.TableFormat;
import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.SketchKind;
import dev.kindling.spark.ade.TileScan.Question;
import dev.kindling.spark.job.TableRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An index that follows its metric and its points beside one that is made anew, and beside loops.
 */
class PointIndexTest {
  private static final int D = 6;
  private static final int N = 6500;
  private static final int K = 5;
  private static final StructType ROWS =
      new StructType()
          .add("row", DataTypes.LongType)
          .add("id", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType());

  @TempDir Path folder;
  private int asked;

  private static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
  }

  private static double[][] points(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] points = new double[n][D];
    for (double[] x : points) {
      for (int j = 0; j < D; j++) {
        x[j] = 3 + random.nextGaussian();
      }
    }
    return points;
  }

  private static PointBlocks blocks(double[][] points, int each) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      rows.add(RowFactory.create((long) i, (long) i, Vectors.dense(points[i])));
    }
    SparkSession spark = LocalSpark.session();
    List<String> names = IntStream.range(0, D).mapToObj(j -> "f" + j).toList();
    return PointBlocks.cut(
        new NumericTable(
            spark.createDataFrame(rows, ROWS),
            "random points",
            TableFormat.PARQUET,
            points.length,
            (long) points.length * D,
            names,
            Optional.empty(),
            Optional.empty(),
            false,
            ""),
        each);
  }

  private static double[] mean(double[][] points) {
    double[] mean = new double[D];
    for (double[] x : points) {
      for (int j = 0; j < D; j++) {
        mean[j] += x[j] / points.length;
      }
    }
    return mean;
  }

  /** Dense, of one feature, of one row; one or two at a time. */
  private static List<RankOne> changes(SplittableRandom random) {
    List<RankOne> batch = new ArrayList<>();
    int count = random.nextInt(1, 3);
    for (int b = 0; b < count; b++) {
      double[] w = new double[D];
      double[] u = new double[D];
      for (int j = 0; j < D; j++) {
        w[j] = 0.3 * random.nextGaussian();
        u[j] = 0.3 * random.nextGaussian();
      }
      int kind = random.nextInt(3);
      for (int j = 1; j < D; j++) {
        u[j] = kind == 1 ? 0 : u[j];
        w[j] = kind == 2 ? 0 : w[j];
      }
      batch.add(new RankOne(w, u));
    }
    return batch;
  }

  private record Near(long query, long id, double distance) {}

  /** In the order of queries and ranks. */
  private List<Near> ask(PointIndex index, PointBlocks queries) throws IOException {
    org.apache.hadoop.fs.Path out =
        new org.apache.hadoop.fs.Path(folder.resolve("asked" + asked++).toUri());
    Configuration conf = context().hadoopConfiguration();
    NeighborTables tables = NeighborTables.at(out, queries, queries, conf);
    Question question = new Question(K, Double.POSITIVE_INFINITY, false);
    index.ask(queries, question, tables, new SearchState(), () -> {});
    List<Near> near = new ArrayList<>();
    TableRows.read(
        conf,
        tables.neighbors().file("part-00000"),
        tables.neighbors().schema(),
        row -> near.add(new Near((Long) row[0], (Long) row[2], (Double) row[3])));
    return near;
  }

  private static void assertClose(List<Near> found, List<Near> expected, double percent) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).id()).isEqualTo(expected.get(i).id());
      assertThat(found.get(i).distance())
          .isCloseTo(expected.get(i).distance(), withinPercentage(percent));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void itFollowsTheMetric(long seed) throws IOException {
    double[][] points = points(N, seed);
    PointBlocks queries = blocks(points(20, seed + 100), 1);
    SplittableRandom random = new SplittableRandom(seed);
    Metric metric = Metric.factor(Matrix.identity(D));
    try (PointIndex index =
        PointIndex.following(context(), blocks(points, 2), metric, mean(points))) {
      for (int t = 0; t < 12; t++) {
        List<RankOne> batch = changes(random);
        index.update(batch);
        for (RankOne change : batch) {
          metric = metric.plus(change);
        }
        if (t % 6 == 3) {
          index.follow();
        }
        if (t % 4 == 3) {
          try (PointIndex anew =
              PointIndex.of(context(), blocks(points, 3), metric, mean(points))) {
            assertClose(ask(index, queries), ask(anew, queries), 1e-10); // 1e-12 of it
          }
        }
      }
    }
  }

  /**
   * One row 10^12 times as far away as the others, and values near 10^9: the distances are those of
   * differences.
   */
  @ParameterizedTest
  @CsvSource({"1e12,0", "1,1e9", "1,0"})
  void nothingFarAwayCostsDigits(double far, double offset) throws IOException {
    double[][] points = points(1500, 21);
    double[][] asking = points(20, 22);
    for (double[][] rows : List.of(points, asking)) {
      for (double[] x : rows) {
        Arrays.setAll(x, j -> x[j] + offset);
      }
    }
    Arrays.setAll(points[700], j -> far * points[700][j]);
    SplittableRandom random = new SplittableRandom(23);
    PointBlocks blocks = blocks(points, 1);
    PointBlocks queries = blocks(asking, 1);
    PointMetric given =
        PointMetric.given(
            Metric.factor(Matrix.of(D, D, random.doubles(D * D, -1, 1).toArray())), blocks);
    try (PointIndex fixed = PointIndex.of(context(), blocks, given.metric(), given.origin());
        PointIndex following =
            PointIndex.following(context(), blocks, given.metric(), given.origin())) {
      assertDifferences(ask(fixed, queries), given.metric(), points, asking);
      assertDifferences(ask(following, queries), given.metric(), points, asking);
      following.update(changes(random));
      assertDifferences(ask(following, queries), following.metric(), points, asking);
    }
    Sketches sketches =
        new Sketching(SketchKind.GAUSSIAN, Sketching.fixed(0.5, 0.1, 1), 0.5, 0.1, 50, 1, null)
            .sketches(D);
    List<PointBlock> tiles = BenchScan.sorted(blocks);
    Matrix images = BenchScan.sorted(queries).get(0).under(given.metric(), given.origin()).points();
    SketchedTile tile = SketchedTile.of(tiles.get(0), given.metric(), given.origin(), sketches);
    double distance = given.metric().distance(points[5], asking[6]);
    assertThat(Math.sqrt(tile.squared(5, images, 6))).isCloseTo(distance, within(1e-12 * distance));
  }

  private static void assertDifferences(
      List<Near> found, Metric metric, double[][] points, double[][] asking) {
    assertThat(found).hasSize(K * asking.length);
    for (int q = 0; q < asking.length; q++) {
      double[] query = asking[q];
      List<Long> nearest =
          IntStream.range(0, points.length)
              .boxed()
              .sorted(Comparator.comparing(i -> metric.squared(points[i], query)))
              .limit(K)
              .map(i -> (long) i)
              .toList();
      List<Near> own = found.subList(q * K, (q + 1) * K);
      assertThat(own.stream().map(Near::id)).isEqualTo(nearest);
      for (Near near : own) {
        double distance = metric.distance(points[(int) near.id()], query);
        assertThat(near.distance()).isCloseTo(distance, within(1e-12 * distance));
      }
    }
  }

  /** Drops cached blocks: of the first partition, or all. */
  private static void lose(PointIndex index, boolean all) {
    lose(index.tiles().rdd(), all);
  }

  private static void lose(RDD<?> rdd, boolean all) {
    if (rdd.getStorageLevel().useMemory()) {
      if (all) {
        SparkEnv.get().blockManager().master().removeRdd(rdd.id(), true);
      } else {
        SparkEnv.get()
            .blockManager()
            .removeBlock(new org.apache.spark.storage.RDDBlockId(rdd.id(), 0), true);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"7,1", "4,2", "1,7"})
  void lostTilesComeBackBitForBit(int blocksEach, int partitions) throws IOException {
    double[][] points = points(N, 5);
    PointBlocks queries = blocks(points(20, 105), 1);
    List<List<Near>> expected = new ArrayList<>();
    for (boolean losing : new boolean[] {false, true}) {
      SplittableRandom random = new SplittableRandom(6);
      Metric identity = Metric.identity(D);
      // Without losses always in two partitions.
      try (PointIndex index =
          PointIndex.following(
              context(), blocks(points, losing ? blocksEach : 4), identity, mean(points))) {
        if (losing) {
          assertThat(index.tiles().getNumPartitions()).isEqualTo(partitions);
        }
        for (int t = 0; t < 9; t++) {
          index.update(changes(random));
          if (losing && t % 3 != 1) {
            lose(index, t % 2 == 0);
          }
          if (t % 3 == 2 || losing) {
            List<Near> found = ask(index, queries);
            if (losing && t % 3 == 2) {
              assertThat(found).isEqualTo(expected.get(t / 3));
            } else if (!losing) {
              expected.add(found);
            }
          }
        }
      }
    }
  }

  /** The nearest by loops: id, distance. */
  private static TreeMap<Double, Long> literal(
      TreeMap<Integer, PointBlock> blocks, Metric metric, double[] query) {
    TreeMap<Double, Long> nearest = new TreeMap<>();
    for (PointBlock block : blocks.values()) {
      for (int i = 0; i < block.rows(); i++) {
        nearest.put(metric.distance(block.point(i), query), (Long) block.names().get(i));
        if (nearest.size() > K) {
          nearest.pollLastEntry();
        }
      }
    }
    return nearest;
  }

  private static PointBlock block(int number, int rows, long seed) {
    double[][] some = points(rows, seed);
    RowNames names = new RowNames(false, rows);
    for (int i = 0; i < rows; i++) {
      names.add(1_000_000 * seed + i);
    }
    return new PointBlock(number, Matrix.ofRows(some).transpose(), names, new int[rows]);
  }

  @Test
  void blocksComeChangeAndGo() throws IOException {
    double[][] points = points(N, 7);
    double[][] asks = points(8, 107);
    PointBlocks queries = blocks(asks, 1);
    SplittableRandom random = new SplittableRandom(8);
    TreeMap<Integer, PointBlock> truth = new TreeMap<>();
    PointBlocks start = blocks(points, 3);
    start.blocks().collect().forEach(block -> truth.put(block.number(), block));
    Metric metric = Metric.identity(D);
    int most = 0;
    boolean anew = false;
    try (PointIndex index = PointIndex.following(context(), start, metric, mean(points))) {
      for (int t = 0; t < 7; t++) {
        Set<Integer> gone = new HashSet<>();
        if (t % 3 == 1) {
          gone.add(random.nextInt(7));
          gone.forEach(truth::remove);
        }
        List<PointBlock> changed = new ArrayList<>();
        for (int number : new int[] {t, 8}) {
          changed.add(block(number, random.nextInt(1, PointBlock.ROWS), 100 * t + number));
        }
        changed.forEach(block -> truth.put(block.number(), block));
        JavaRDD<PointBlock> all = context().parallelize(List.copyOf(truth.values()), 2);
        index.replace(context().parallelize(changed, 1), gone, () -> all);
        most = Math.max(most, index.layers());
        anew |= t > 0 && index.layers() == 1;
        List<RankOne> batch = changes(random);
        index.update(batch);
        for (RankOne change : batch) {
          metric = metric.plus(change);
        }
        List<Near> found = ask(index, queries);
        for (int q = 0; q < asks.length; q++) {
          List<Near> of = found.subList(q * K, (q + 1) * K);
          TreeMap<Double, Long> expected = literal(truth, metric, asks[q]);
          assertThat(of.stream().map(Near::id)).containsExactlyElementsOf(expected.values());
          List<Double> distances = List.copyOf(expected.keySet());
          for (int i = 0; i < K; i++) {
            assertThat(of.get(i).distance()).isCloseTo(distances.get(i), withinPercentage(1e-9));
          }
        }
      }
    }
    assertThat(most).isBetween(3, TileLayers.MOST);
    assertThat(anew).isTrue(); // more blocks were covered than not
  }

  @Test
  void aReplacementThatFailsChangesNothing() throws IOException {
    double[][] points = points(N, 9);
    PointBlocks queries = blocks(points(3, 109), 1);
    try (PointIndex index =
        PointIndex.following(context(), blocks(points, 3), Metric.identity(D), mean(points))) {
      List<Near> before = ask(index, queries);
      JavaRDD<PointBlock> damaged =
          context()
              .parallelize(List.of(1), 1)
              .map(
                  i -> {
                    throw new IllegalStateException("a damaged file");
                  });
      assertThatThrownBy(() -> index.replace(damaged, Set.of(0), () -> damaged))
          .hasStackTraceContaining("a damaged file");
      assertThat(ask(index, queries)).isEqualTo(before);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> index.update(List.of(new RankOne(new double[1], new double[D]))));
      assertThat(ask(index, queries)).isEqualTo(before);
    }
  }

  @Test
  void anIndexThatStaysRefusesChanges() {
    try (PointIndex index =
        PointIndex.of(context(), blocks(points(10, 1), 1), Metric.identity(D), new double[D])) {
      assertThatThrownBy(() -> index.update(changes(new SplittableRandom(1))))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
