package dev.kindling.spark.ade;

import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.BatchSearch;
import dev.kindling.ade.KeyedDraws;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a search will cost, exactly and by sketches.
 *
 * @param points how many
 * @param features d
 * @param queries how many
 * @param metric what it is made from
 * @param isDiagonal whether the metric is d numbers
 */
record AdePlan(long points, int features, long queries, String metric, boolean isDiagonal) {
  /**
   * @param search what is asked for
   * @param probes whether to measure what the machine can do
   */
  Plan plan(JavaSparkContext context, SearchOptions search, boolean probes) {
    Sketching sketching = search.sketching(features, points, 0, () -> new byte[KeyedDraws.KEY]);
    Plan plan = new Plan();
    plan.say(
        String.format(
            Locale.ROOT,
            "%,d points and %,d queries of %,d features; metric %s",
            points,
            queries,
            features,
            metric));
    compare(plan, search, sketching);
    if (probes) {
      double rate = GemmProbe.flopsPerSecond(context, features);
      double limit = 2.0 * points * features / rate;
      plan.say(
          String.format(
              Locale.ROOT,
              "products of tiles and queries reach %.0f GFLOP/s here, all cores: at least %.3g ms a query, %.3g s for all",
              rate / 1e9,
              1e3 * limit,
              limit * queries));
    }
    double d = features;
    double metricBytes = isDiagonal ? 2 * 8 * d : 2 * 8 * d * d;
    double read = PointBlocks.partBytes(points, d);
    if (sketching != null) {
      return sketchNeeds(plan, context, sketching, metricBytes + read);
    }
    taskNeeds(
        plan,
        context,
        PointBlock.ROWS
                * (16 * d
                    + IndexTile.bytes(features)
                        * (BatchSearch.HELD + 1 + QueryRound.blocks(features)))
            + metricBytes
            + read);
    plan.say(
        String.format(
            Locale.ROOT,
            "images of the points: %s in all, in memory, and on disk where they do not fit",
            Plan.bytes(IndexTile.bytes(features) * points)));
    return plan;
  }

  private Plan sketchNeeds(
      Plan plan, JavaSparkContext context, Sketching sketching, double others) {
    double d = features;
    AdaptivePlan sizes = sketching.plan();
    double maps = 8.0 * sizes.numbersPerPoint() * d;
    double room = 4.0 * PointBlock.ROWS * QueryRound.BATCH * (2 * sizes.draws() + 1);
    double bytes = SketchedTile.bytes(features, sizes.numbersPerPoint());
    String what =
        String.format(
            Locale.ROOT,
            "images and sketches of the points: %,d numbers each in %,d sketches",
            sizes.numbersPerPoint(),
            sizes.sketches());
    double round =
        Math.min(
            queries,
            (double) PointBlock.ROWS
                * QueryRound.blocks(features + (int) (sketching.numbersRead() / 2)));
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
    return taskNeeds(plan, context, PointBlock.ROWS * (16 * d + bytes) + room + maps + others);
  }

  /** What a metric needs on the driver. */
  static Plan metricNeeds(Plan plan, MetricSource metric, long points, int features) {
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
        6 * 8 * d * d,
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
    int rows = Sketching.fixed(epsilon, delta, points).rows();
    AdaptivePlan adaptive = AdaptivePlan.practical(features, epsilon, delta, points);
    plan.say(
        String.format(
            Locale.ROOT,
            "exact reads %,d numbers a point; a sketch with ε %s, δ %s for all points would read %,d, the adaptive structure %,d of %,d that it holds",
            features,
            epsilon,
            delta,
            rows,
            (long) adaptive.draws() * adaptive.rows(),
            adaptive.numbersPerPoint()));
    if (chosen != null) {
      plan.say(
          String.format(
              Locale.ROOT,
              "%s it is: %,d numbers a point, then exact distances of %,d candidates a query",
              chosen.isAdaptive() ? "adaptive" : "a sketch",
              chosen.numbersRead(),
              chosen.candidates()));
    } else {
      plan.say(
          rows >= features
              ? "exact it is: a sketch would read more"
              : "exact it is: a batch goes through BLAS 3, and its answers are right");
    }
  }
}
