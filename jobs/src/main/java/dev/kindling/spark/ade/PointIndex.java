package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.MetricHistory;
import dev.kindling.ade.RankOne;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.TileScan.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Points under a metric, in the executors' memory (or on their disks where they do not fit), that
 * answers batches of queries with their nearest points, exactly.
 *
 * <p>A round of queries is one Spark job: every task looks at its tiles for all of them, and what
 * partitions have found is merged by batch on the executors, which write it. Nothing that grows
 * with points or queries comes to the driver but a round of queries.
 *
 * <p>One that is {@link #following} changes in memory, between rounds, in one thread: its metric by
 * {@link #update}, its points by {@link #replace}. Tiles catch up in the task that next looks at
 * them, each batch once; one that was lost, or left in the middle of a batch, is made from its
 * points and follows the same batches, so that its bits are the same. A task of an earlier round
 * that still runs finds its tile ahead, and fails.
 */
final class PointIndex implements ExactIndex {
  private final JavaSparkContext context;
  private final TileLayers tiles;
  private final SharedMetric metric;
  private final double[] origin;
  private final boolean namedInWords;

  private PointIndex(
      JavaSparkContext context,
      TileLayers tiles,
      SharedMetric metric,
      double[] origin,
      boolean namedInWords) {
    this.context = context;
    this.tiles = tiles;
    this.metric = metric;
    this.origin = origin;
    this.namedInWords = namedInWords;
  }

  /**
   * Makes it; one pass over the points.
   *
   * @param origin near most points: images are taken from it, for precision's sake alone
   */
  static PointIndex of(
      JavaSparkContext context, PointBlocks points, Metric metric, double[] origin) {
    SharedMetric fixed = SharedMetric.fixed(context, metric);
    Broadcast<Metric> shared = fixed.shared();
    TileLayers tiles = new TileLayers(points, block -> IndexTile.of(block, shared.value(), origin));
    return new PointIndex(context, tiles, fixed, origin, points.namedInWords());
  }

  /**
   * One that changes in memory; keeps the points, 8d bytes more for each. Images are made by the
   * first round, or by {@link #follow}.
   *
   * @param origin near most points: images are taken from it, for precision's sake alone
   */
  static PointIndex following(
      JavaSparkContext context, PointBlocks points, Metric metric, double[] origin) {
    int k = metric.rows();
    TileLayers tiles = new TileLayers(points, block -> IndexTile.live(block, origin, k));
    return new PointIndex(
        context, tiles, SharedMetric.changing(context, metric), origin, points.namedInWords());
  }

  /** The metric of now. */
  Metric metric() {
    return metric.now();
  }

  /**
   * Changes the metric: U ← U + Σ wⱼuⱼᵀ. Tiles follow when they are next looked at.
   *
   * @throws IllegalArgumentException if a change does not fit, or is not finite
   * @throws IllegalStateException if this is not {@link #following}
   */
  void update(List<RankOne> batch) {
    metric.update(batch);
  }

  /** Lets all tiles catch up, where no round is to wait for it: one pass over those in memory. */
  void follow() {
    if (metric.changes()) {
      MetricHistory history = metric.history();
      tiles.tiles().foreachPartition(some -> some.forEachRemaining(tile -> tile.under(history)));
    }
  }

  /**
   * Puts blocks in the place of others, without a look at those that stay. Changed blocks lie in a
   * layer over them; after {@value TileLayers#MOST} layers, or where more blocks are covered than
   * not, all tiles are made anew, from one source.
   *
   * @param changed blocks that come, or come instead of those with their numbers
   * @param gone numbers of blocks that go; those of changed ones may be among them
   * @param all every block after the change, read only if tiles are made anew
   */
  void replace(JavaRDD<PointBlock> changed, Set<Integer> gone, Supplier<JavaRDD<PointBlock>> all) {
    tiles.replace(changed, gone, all);
  }

  /** The metric of now, on the executors, as long as it does not change. */
  Broadcast<Metric> shared() {
    return metric.shared();
  }

  /** Looks for neighbours in {@link #tiles}, as long as the metric does not change. */
  TileScan scan(Question question) {
    return new TileScan(metric.history(), question, namedInWords);
  }

  /** What images are taken from, also those of queries. Not to be modified. */
  double[] origin() {
    return origin;
  }

  /** Tiles as they are cached, at the version that they were last asked for. */
  JavaRDD<IndexTile> tiles() {
    return tiles.tiles();
  }

  /** In how many layers they lie. */
  int layers() {
    return tiles.layers();
  }

  @Override
  public SearchTally ask(
      PointBlocks queries,
      Question question,
      NeighborTables out,
      SearchState state,
      Runnable answered) {
    Broadcast<Metric> shared = metric.shared();
    double[] from = origin;
    QueryRound.each(
        queries.count(),
        QueryRound.blocks(metric.now().rows()),
        (first, end) -> queries.collect(first, end, block -> block.inParts(shared.value(), from)),
        blocks ->
            QueryRound.of(blocks, queries.classes())
                .answer(context, tiles.tiles(), scan(question)::find, question, out),
        state,
        answered);
    return state.tally();
  }

  /**
   * The nearest of a few queries, on the driver.
   *
   * @param points d×n. Not modified
   */
  List<Neighbors> nearest(Matrix points, Question question) {
    Matrix images = metric.now().apply(points, origin);
    int k = images.rows();
    List<Matrix> batches = new ArrayList<>();
    for (int from = 0; from < images.cols(); from += QueryRound.BATCH) {
      int to = Math.min(images.cols(), from + QueryRound.BATCH);
      batches.add(Matrix.of(k, to - from, Arrays.copyOfRange(images.values(), from * k, to * k)));
    }
    TileScan scan = scan(question);
    Broadcast<List<Matrix>> shared = context.broadcast(batches);
    try {
      List<List<Found>> parts =
          tiles
              .tiles()
              .mapPartitions(some -> List.of(scan.find(shared.value(), some)).iterator())
              .collect();
      List<Neighbors> all = new ArrayList<>();
      for (int b = 0; b < batches.size(); b++) {
        int batch = b;
        List<Found> found = parts.stream().map(part -> part.get(batch)).toList();
        all.addAll(Found.merged(found, batches.get(b).cols(), question.k(), -1));
      }
      return all;
    } finally {
      shared.destroy();
    }
  }

  @Override
  public void close() {
    tiles.close();
    metric.close();
  }
}
