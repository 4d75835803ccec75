package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin TableInput input;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = SearchOptions.METRIC + " Default: ${DEFAULT-VALUE}.")
  String metric = "identity";

  private MetricSource source;

  @Override
  protected void check() {
    input.check();
    source = MetricSource.parse(metric);
    if (input.targetColumn() != null) {
      throw new BadInput("--target-column: an index has no target; leave it out");
    }
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(input.reads());
    reads.addAll(source.reads());
    return reads;
  }

  @Override
  protected void run(Run run) {
    NumericTable table =
        run.stage("read", () -> input.read(run.spark(), source.learns(), 0), AdeJob::size);
    run.input(table.fingerprint());
    run.explain(plan(run, table));
    PointBlocks points = PointBlocks.cut(table, IndexSegments.blocks(table.numFeatures()));
    PointMetric estimated =
        run.stage(
            "metric",
            () -> PointMetric.of(run.spark(), points, source, run.seed()),
            m -> String.format(Locale.ROOT, "%s, %,d rows", source, m.metric().rows()));
    IndexFolder folder = IndexFolder.at(run.path("index"), run.hadoop());
    IndexManifest manifest =
        run.stage("write", () -> write(points, estimated, folder, table.source()));
    run.metric("points", manifest.points());
    run.metric("segments", manifest.segments().size());
    run.metric("epoch", manifest.epoch());
    MetricTable.write(run, estimated.metric());
    run.say(
        String.format(
            Locale.ROOT,
            "an index of %,d points of %,d features in %,d files; metric %s; epoch 1",
            manifest.points(),
            manifest.dimension(),
            manifest.segments().size(),
            source));
    run.report(page -> html(page, manifest));
  }

  private IndexManifest write(
      PointBlocks points, PointMetric estimated, IndexFolder folder, String set) {
    int d = points.dimension();
    List<IndexManifest.Segment> segments =
        IndexSegments.of(folder, d, points.namedInWords()).write(points, 1, "");
    String factor = IndexSegments.name(1, "", 0);
    folder.write(factor, estimated.metric());
    IndexManifest manifest =
        new IndexManifest(
            1,
            List.of(),
            set,
            source.toString(),
            d,
            points.namedInWords(),
            points.classes(),
            factor,
            estimated.mean(),
            segments);
    folder.commit(manifest);
    return manifest;
  }

  private Plan plan(Run run, NumericTable table) {
    Plan plan = new Plan();
    long rows = table.numRows();
    int d = table.numFeatures();
    plan.say(String.format(Locale.ROOT, "%,d points of %,d features; metric %s", rows, d, source));
    plan.say(Plan.bytes(8.0 * rows * d) + " of points in the index, and as much in the shuffle");
    AdePlan.metricNeeds(plan, source, rows, d);
    return AdePlan.taskNeeds(
        plan, run.context(), 16.0 * d * PointBlock.ROWS * IndexSegments.blocks(d));
  }

  private String html(Run run, IndexManifest manifest) {
    BarChart times = BarChart.of("Seconds for each stage", Axis.linear("seconds"));
    run.timings().forEach(times::bar);
    return Report.titled("Index of " + manifest.source())
        .summary(
            "Points and a metric, to be asked by ade query and changed by ade update. Each change is an epoch; the one before stays readable.")
        .figure("points", String.format(Locale.ROOT, "%,d", manifest.points()))
        .figure("features", String.format(Locale.ROOT, "%,d", manifest.dimension()))
        .figure("metric", manifest.metricWords())
        .section("Time", times)
        .provenance(run.provenance())
        .html();
  }
}
