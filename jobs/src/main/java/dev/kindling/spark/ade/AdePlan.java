package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.BatchSearch;
import dev.kindling.ade.KeyedDraws;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a search will cost, exactly and by sketches.
 *
 * @param points how many
 * @param features d
 * @param rows k of the metric: images of points are k numbers
 * @param queries how many
 * @param metric what it is made from
 * @param isDiagonal whether the metric is d numbers
 */
record AdePlan(
    long points, int features, int rows, long queries, String metric, boolean isDiagonal) {
  /** For each number of a point that is not 0: itself with its feature, twice. */
  private static final double SPARSE_BYTES = 48;

  /**
   * @param search what is asked for
   * @param probes whether to measure what the machine can do
   */
  Plan plan(JavaSparkContext context, SearchOptions search, boolean probes) {
    Sketching sketching = search.sketching(rows, points, 0, () -> new byte[KeyedDraws.KEY]);
    Plan plan = new Plan();
    plan.say(
        Words.of(
            "%,d points and %,d queries of %,d features; metric %s%s",
            points,
            queries,
            features,
            metric,
            rows == features ? "" : Words.of(", %,d rows", rows)));
    compare(plan, search, sketching);
    if (probes) {
      double rate = GemmProbe.flopsPerSecond(context, rows);
      double limit = 2.0 * points * rows / rate;
      plan.say(
          Words.of(
              "products of tiles and queries reach %.0f GFLOP/s here, all cores: at least %.3g ms a query, %.3g s for all",
              rate / 1e9, 1e3 * limit, limit * queries));
    }
    double d = features;
    double metricBytes = isDiagonal ? 2 * 8 * d : 2 * 8 * d * rows;
    double read = PointBlocks.partBytes(points, d);
    double most = Math.min(points, PointBlock.ROWS);
    double tiles = Math.min(BatchSearch.HELD, PointBlock.count(points)) + 1;
    double asked = Math.min(QueryRound.blocks(rows), PointBlock.count(queries));
    if (sketching != null) {
      return sketchNeeds(plan, context, sketching, metricBytes + read);
    }
    taskNeeds(
        plan,
        context,
        most * (16 * d + IndexTile.bytes(rows) * tiles)
            + Math.min(queries, PointBlock.ROWS) * IndexTile.bytes(rows) * asked
            + metricBytes
            + read);
    plan.say(
        Words.of(
            "images of the points: %s in all, in memory, and on disk where they do not fit",
            Plan.bytes(IndexTile.bytes(rows) * points)));
    return plan;
  }

  /**
   * Of points without their zeros.
   *
   * @param numbers that are not 0, of all points
   */
  Plan sparse(JavaSparkContext context, long numbers) {
    Plan plan = new Plan();
    double each = (double) numbers / points;
    plan.say(
        Words.of(
            "%,d points and %,d queries of %,d features, of which %.3g are not 0 on average; metric %s",
            points, queries, features, each, metric));
    plan.say(
        Words.of(
            "exact it is, on what is not 0: %s of the points in memory, and on disk where they do not fit",
            Plan.bytes(SPARSE_BYTES * numbers)));
    double tile = SPARSE_BYTES * each * Math.min(points, PointBlock.ROWS);
    double blocks = Math.min(SparseIndex.BLOCKS, PointBlock.count(queries)) + 2.0;
    return taskNeeds(
        plan,
        context,
        2 * 8.0 * features
            + tile * blocks
            + Math.min(12.0 * numbers, PointBlocks.partBytes(points, features)));
  }

  private Plan sketchNeeds(
      Plan plan, JavaSparkContext context, Sketching sketching, double others) {
    double d = features;
    AdaptivePlan sizes = sketching.plan();
    double maps = 8.0 * sizes.numbersPerPoint() * rows;
    double room = 4.0 * PointBlock.ROWS * QueryRound.BATCH * (2 * sizes.draws() + 1);
    double bytes = SketchedTile.bytes(rows, sizes.numbersPerPoint());
    String what =
        Words.of(
            "images and sketches of the points: %,d numbers each in %,d sketches",
            sizes.numbersPerPoint(), sizes.sketches());
    double round =
        Math.min(
            queries,
            (double) PointBlock.ROWS
                * QueryRound.blocks(rows + (int) (sketching.numbersRead() / 2)));
    plan.needs(
        "candidates of a round of queries, on the driver",
        40 * round * Math.min(sketching.candidates(), points),
        Math.min(Memory.driver(), 40.0 * Integer.MAX_VALUE),
        "Give fewer --candidates, or the driver more memory.");
    if (sketching.isAdaptive()) {
      plan.needs(
          what,
          bytes * points,
          Memory.task(context) * context.defaultParallelism(),
          "Take --mode exact, whose answers are right whatever is asked; or a larger --eps.");
    } else {
      plan.say(what + ", " + Plan.bytes(bytes * points) + " in all, on disk where they do not fit");
    }
    return taskNeeds(
        plan, context, Math.min(points, PointBlock.ROWS) * (16 * d + bytes) + room + maps + others);
  }

  /**
   * What a metric needs on the driver.
   *
   * @param rows k of the metric
   */
  static Plan metricNeeds(Plan plan, MetricSource metric, long points, int features, int rows) {
    double d = features;
    if (metric.isDiagonal()) {
      return plan;
    }
    if (metric.estimate() == MetricSource.Estimate.MCD) {
      plan.needs(
          "the points, three times, for FAST-MCD on the driver",
          24 * d * points,
          Memory.driver(),
          "Take estimate:ledoit-wolf, or a sample of the rows.");
    }
    return plan.needs(
        "the metric and what it is made from, on the driver",
        8 * (6 * rows * d + (rows < d && features <= MetricTable.LARGEST ? d * d : 0)),
        Memory.driver(),
        "Give the driver more memory, or fewer --feature-columns.");
  }

  /** What a task holds at a time. */
  static Plan taskNeeds(Plan plan, JavaSparkContext context, double bytes) {
    return plan.needs(
        "what a task holds at a time",
        bytes,
        Memory.task(context),
        "Give executors more memory, or fewer --feature-columns.");
  }

  /** Numbers that are read of a point, whose memory decides the time of single queries. */
  private void compare(Plan plan, SearchOptions search, Sketching chosen) {
    double epsilon = search.epsilon();
    double delta = search.delta();
    int sketched = Sketching.fixed(epsilon, delta, points).rows();
    AdaptivePlan adaptive = AdaptivePlan.practical(rows, epsilon, delta, points);
    plan.say(
        Words.of(
            "exact reads %,d numbers a point; a sketch with ε %s, δ %s for all points would read %,d, the adaptive structure %,d of %,d that it holds",
            rows,
            epsilon,
            delta,
            sketched,
            (long) adaptive.draws() * adaptive.rows(),
            adaptive.numbersPerPoint()));
    if (chosen != null) {
      plan.say(
          Words.of(
              "%s it is: %,d numbers a point, then exact distances of %,d candidates a query",
              chosen.isAdaptive() ? "adaptive" : "a sketch",
              chosen.numbersRead(),
              chosen.candidates()));
    } else {
      plan.say(
          sketched >= rows
              ? "exact it is: a sketch would read more"
              : "exact it is: a batch goes through BLAS 3, and its answers are right");
    }
  }
}
