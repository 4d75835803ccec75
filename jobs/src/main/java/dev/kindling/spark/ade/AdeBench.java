package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.spark.bench.BenchTable;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Rounds;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Nearest neighbours beside their peers. */
@Command(
    name = "ade",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Exact neighbors under the inverse of the Ledoit-Wolf covariance beside MLlib's BucketedRandomProjectionLSH and a join in Spark SQL, by the seconds of a query; then single queries by progressive scan, and changes of the metric.",
    footer = {
      "",
      "Example: the built-in digits",
      "  submit/kindling bench ade",
      "60,000 points and 1,000 queries of Fashion-MNIST, from a folder with its four files:",
      "  submit/kindling bench ade --case fashion --sets /usr/share/datasets/fashion-mnist",
    })
public final class AdeBench extends Job {
  private static final List<String> CASES = List.of("digits", "fashion");

  /** What is measured. */
  enum Part {
    search,
    scan,
    sketch,
    updates
  }

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description = "The set: digits; with --sets fashion. Default: ${DEFAULT-VALUE}.")
  String set = "digits";

  @Option(
      names = "--sets",
      paramLabel = "DIR",
      description = "The folder with train-images-idx3-ubyte.gz and its three companions.")
  String sets;

  @Mixin Rounds rounds;

  @Option(
      names = "--part",
      paramLabel = "search|scan|sketch|updates",
      split = ",",
      description =
          "search: batches beside the peers; scan: single queries on one core; updates: images that follow changes of the metric; sketch: made points of 16,384 features, exactly and by sketches, on one core. Default: all but sketch.")
  List<Part> parts = List.of(Part.search, Part.scan, Part.updates);

  @Option(
      names = "--points",
      paramLabel = "n",
      description = "Made points of --part sketch; 200 kB each. Default: ${DEFAULT-VALUE}.")
  int points = 16_384;

  @Override
  protected void check() {
    if (!CASES.contains(set)) {
      throw new BadInput("--case " + set + ": no such case; there are " + String.join(", ", CASES));
    }
    if (!set.equals("digits") && sets == null) {
      throw new BadInput("--case " + set + ": needs --sets, the folder that holds its files");
    }
    rounds.count();
    if (points < 1024 || points > 1 << 20) {
      throw new BadInput("--points " + points + ": must be between 1024 and 1048576");
    }
  }

  @Override
  protected String input() {
    return set;
  }

  @Override
  protected List<String> reads() {
    return sets == null ? List.of() : List.of(sets);
  }

  @Override
  protected void run(Run run) {
    BenchPoints bench = run.stage("read", () -> BenchPoints.of(run, set, sets));
    run.input(bench.fingerprint());
    Plan plan =
        new AdePlan(
                bench.points().rows(),
                bench.points().dimension(),
                bench.points().dimension(),
                bench.queries().rows(),
                set,
                false)
            .plan(run.context(), SearchOptions.of(Settings.none()), common().plan());
    if (parts.contains(Part.sketch)) {
      plan.needs(
          "the made points of --part sketch, on the driver",
          BenchSketch.bytes(points),
          Memory.driver(),
          "Give fewer --points, or the driver more memory: --conf spark.driver.memory=6g.");
    }
    run.explain(plan);
    PointMetric metric =
        run.stage(
            "metric",
            () ->
                PointMetric.of(
                    run.spark(),
                    bench.points(),
                    MetricSource.parse("estimate:ledoit-wolf"),
                    SearchSettings.METRIC.named(),
                    run.seed()));
    List<Line> lines = new ArrayList<>();
    if (parts.contains(Part.search)) {
      lines.addAll(
          run.stage(
              "search", () -> new BenchSearch(run, set, bench, metric, rounds.count()).lines()));
    }
    if (parts.contains(Part.scan)) {
      lines.addAll(
          run.stage(
              "scan", () -> new BenchScan(set, bench, metric, rounds.count(), run.seed()).lines()));
    }
    if (parts.contains(Part.sketch)) {
      lines.addAll(
          run.stage("sketch", () -> new BenchSketch(points, rounds.count(), run.seed()).lines()));
    }
    if (parts.contains(Part.updates)) {
      lines.addAll(
          run.stage(
              "updates",
              () -> new BenchUpdates(set, bench, metric, rounds.count(), run.seed()).lines()));
    }
    BenchTable.write(run, lines);
    run.report(
        () ->
            BenchTable.section(
                Report.titled("Bench of ade")
                    .summary(
                        "Systems in turn in one process; seconds are those of one query, or of one batch of changes."),
                "Seconds a query or batch of changes, and the first row's of each part divided by them",
                lines));
  }
}
