package dev.kindling.spark.ade;

import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.BatchSearch;
import dev.kindling.sketch.ChiSquareLaw;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a search will cost, exact beside sketched.
 *
 * @param points how many
 * @param features d
 * @param queries how many
 * @param metric what it is made from
 */
record AdePlan(long points, int features, long queries, String metric) {
  /**
   * @param epsilon relative error of the sketches that are compared with
   * @param delta chance that one of a query's distances is off by more
   * @param probes whether to measure what the machine can do
   */
  Plan plan(JavaSparkContext context, double epsilon, double delta, boolean probes) {
    Plan plan = new Plan();
    plan.say(
        String.format(
            Locale.ROOT,
            "%,d points and %,d queries of %,d features; metric %s",
            points,
            queries,
            features,
            metric));
    compare(plan, epsilon, delta);
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
    taskNeeds(
        plan,
        context,
        PointBlock.ROWS
                * (16 * d
                    + IndexTile.bytes(features)
                        * (BatchSearch.HELD + 1 + QueryRound.blocks(features)))
            + 2 * 8 * d * d
            + PointBlocks.partBytes(points, d));
    plan.say(
        String.format(
            Locale.ROOT,
            "images of the points: %s in all, in memory, and on disk where they do not fit",
            Plan.bytes(IndexTile.bytes(features) * points)));
    return plan;
  }

  /** What a metric needs on the driver. */
  static Plan metricNeeds(Plan plan, MetricSource metric, long points, int features) {
    double d = features;
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
  private void compare(Plan plan, double epsilon, double delta) {
    int rows = ChiSquareLaw.rows(epsilon, delta / points);
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
    plan.say(
        rows >= features
            ? "exact it is: a sketch would read more"
            : "exact it is: a batch goes through BLAS 3, and its answers are right");
  }
}
