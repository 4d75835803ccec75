package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the nearest points of queries under a Mahalanobis metric. */
@Command(
    name = "ade",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Finds the nearest points of each query under a Mahalanobis metric d(x, y) = |U(x − y)|, exactly.",
    footer = {
      "",
      "Example: each of the built-in digits, and its nearest neighbours under the inverse covariance",
      "  submit/kindling ade --data digits --metric estimate:ledoit-wolf",
      "Queries of their own, Euclidean, everything within a distance of 2:",
      "  submit/kindling ade --input points.csv --queries new.csv --radius 2",
    })
public final class AdeJob extends Job {
  @Mixin TableInput input;

  @Option(
      names = "--queries",
      paramLabel = "URI",
      description =
          "The queries, of the same features. Default: the points themselves, without what is at distance 0 by being the query.")
  String queries;

  @Mixin SearchOptions search;

  private MetricSource source;

  @Override
  protected void check() {
    input.check();
    source = search.check();
    if (input.targetColumn() != null) {
      throw new BadInput("--target-column: a search has no target; leave it out");
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
    if (queries != null) {
      reads.add(queries);
    }
    return reads;
  }

  @Override
  protected void run(Run run) {
    NumericTable table =
        run.stage(
            "read",
            () ->
                input.read(
                    run.spark(),
                    source.needsLabels()
                        ? TableInput.Learns.LABEL
                        : TableInput.Learns.LABEL_IF_SUPPLIED,
                    0),
            AdeJob::size);
    NumericTable asked =
        queries == null ? table : run.stage("queries", () -> asked(run, table), AdeJob::size);
    run.input(
        queries == null ? table.fingerprint() : table.fingerprint() + " " + asked.fingerprint());
    run.explain(
        new AdePlan(table.numRows(), table.numFeatures(), asked.numRows(), source)
            .plan(run.context(), search.epsilon, search.delta, common().plan()));
    PointBlocks points = PointBlocks.of(table, run.context().defaultParallelism());
    PointBlocks questions =
        queries == null ? points : PointBlocks.of(asked, run.context().defaultParallelism());
    PointMetric metric =
        run.stage(
            "metric",
            () -> PointMetric.of(run.spark(), points, source, run.seed()),
            m -> String.format(Locale.ROOT, "%s, rank %,d", source, m.metric().rank()));
    MetricTable.write(run, metric.metric());
    try (PointIndex index =
        run.stage(
            "index", () -> PointIndex.of(run.context(), points, metric.metric(), metric.mean()))) {
      SearchTally tally =
          run.stage(
              "search",
              () ->
                  index.ask(
                      questions,
                      search.question(queries == null),
                      NeighborTables.open(run, points, questions, points.classes()),
                      done ->
                          run.advance(
                              done,
                              questions.rows(),
                              () -> String.format(Locale.ROOT, "%,d queries", done))),
              t -> String.format(Locale.ROOT, "%,d neighbours", t.found()));
      AdeResult result =
          new AdeResult(table.source(), table.numRows(), source, metric, search.words(), tally);
      result.record(run);
      result.say(run);
      run.report(result::html);
    }
  }

  private NumericTable asked(Run run, NumericTable points) {
    NumericTable asked =
        NumericTables.read(
            run.spark(), queries, TableOptions.defaults().numFeatures(points.numFeatures()));
    if (asked.numFeatures() != points.numFeatures()) {
      throw new BadInput(
          String.format(
              Locale.ROOT,
              "--queries: %s has %,d features; the points have %,d",
              asked.source(),
              asked.numFeatures(),
              points.numFeatures()));
    }
    return asked;
  }

  private static String size(NumericTable table) {
    return String.format(
        Locale.ROOT, "%,d rows of %,d features", table.numRows(), table.numFeatures());
  }
}
