package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Report;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes an index: points and a metric that later updates change. */
@Command(
    name = "build",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Writes points and a metric as an index, which ade query asks and ade update changes without building it anew.",
    footer = {
      "",
      "Example: an index of the built-in digits",
      "  submit/kindling ade build --data digits --metric estimate:ledoit-wolf --output digits-index",
      "  submit/kindling ade query --index digits-index --queries new.csv",
    })
final class BuildJob extends Job {
  @Mixin PointInput input;

  @Override
  protected void check() {
    input.check();
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    return input.reads();
  }

  @Override
  protected void run(Run run) {
    NumericTable table = input.read(run);
    run.input(input.fingerprint(run, table));
    run.explain(plan(run, table));
    PointBlocks points = PointBlocks.cut(table, IndexSegments.blocks(table.numFeatures()));
    PointMetric estimated = input.estimate(run, points);
    IndexFolder folder = IndexFolder.at(run.path("index"), run.hadoop());
    IndexManifest manifest = run.stage("write", () -> write(points, estimated, folder, table));
    MetricTable.write(run, estimated.metric());
    run.outcome(
        Outcome.of(
                Words.of(
                    "an index of %,d points of %,d features; metric %s",
                    manifest.points(), manifest.dimension(), manifest.metricWords()))
            .record("points", manifest.points())
            .count("segments", manifest.segments().size(), "files that hold the points")
            .count("epoch", manifest.epoch()));
    run.report(
        () ->
            Report.titled("Index of " + manifest.source())
                .section(
                    "Use",
                    "ade query asks this index, and ade update changes it. Each change is an epoch; the one before stays readable."));
  }

  private IndexManifest write(
      PointBlocks points, PointMetric estimated, IndexFolder folder, NumericTable table) {
    int d = points.dimension();
    List<IndexManifest.Segment> segments =
        IndexSegments.of(folder, d, points.namedInWords(), points.classes().size())
            .write(points, 1, "");
    String factor = IndexSegments.name(1, "", 0);
    List<String> names = table.named() ? table.featureNames() : List.of();
    folder.write(factor, estimated.metric());
    IndexManifest manifest =
        new IndexManifest(
            1,
            List.of(),
            table.source(),
            input.source().toString(),
            d,
            points.namedInWords(),
            points.classes(),
            names,
            factor,
            null,
            estimated.origin(),
            segments);
    folder.commit(manifest);
    return manifest;
  }

  private Plan plan(Run run, NumericTable table) {
    Plan plan = new Plan();
    long rows = table.numRows();
    int d = table.numFeatures();
    plan.say(Words.of("%,d points of %,d features; metric %s", rows, d, input.source()));
    plan.say(Plan.bytes(8.0 * rows * d) + " of points in the index, and as much in the shuffle");
    AdePlan.metricNeeds(plan, input.source(), rows, d, input.source().rows(run.spark(), d));
    return AdePlan.taskNeeds(
        plan, run.context(), 16.0 * d * PointBlock.ROWS * IndexSegments.blocks(d));
  }
}
