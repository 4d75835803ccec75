package dev.kindling.spark.ade;

import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.setting.SettingGroup;
import dev.kindling.spark.setting.SettingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finds the nearest points of queries under a Mahalanobis metric. */
@Command(
    name = "ade",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Finds the nearest points of each query under a Mahalanobis metric d(x, y) = |U(x − y)|: exactly, or by sketches whose candidates are measured exactly.",
    subcommands = {
      BuildJob.class,
      QueryJob.class,
      UpdateJob.class,
      OutliersJob.class,
      StreamJob.class,
      ClusterJob.class,
      AuditJob.class,
      LearnJob.class
    },
    footer = {
      "",
      "Example: each of the built-in digits, and its nearest neighbors under the inverse covariance",
      "  submit/kindling ade --data digits --metric estimate:ledoit-wolf",
      "Queries of their own, Euclidean, everything within a distance of 2:",
      "  submit/kindling ade --input points.csv --queries new.csv --radius 2",
      "Thousands of features in different units, by a sketch:",
      "  submit/kindling ade --input points.parquet --metric estimate:variance --mode sketch",
    })
public final class AdeJob extends Job {
  /** In {@code ade.md} and {@code ade-learn.md}. */
  public static final Map<String, SettingGroup> TABLES =
      Map.of("ade", SearchSettings.SEARCH, "ade-learn", LearnSettings.ALL);

  /** Of fewer features products of whole matrices are faster. */
  private static final int WIDE = 256;

  /** Zeros are left out where at most one number in so many is not 0. */
  private static final int SPARSE = 16;

  @Mixin PointInput input;

  @Mixin QueryInput queries;

  @Mixin SettingOptions settings = SearchSettings.SEARCH.options();

  private SearchOptions search;

  @Override
  protected void check() {
    input.check();
    search = SearchOptions.of(settings.values());
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(input.reads());
    if (queries.uri != null) {
      reads.add(queries.uri);
    }
    return reads;
  }

  @Override
  protected void run(Run run) {
    MetricSource source = input.source();
    NumericTable table = input.read(run);
    boolean self = queries.uri == null;
    NumericTable asked =
        self
            ? table
            : run.stage(
                "queries",
                () ->
                    queries.read(
                        run.spark(),
                        table.numFeatures(),
                        input.csv(),
                        table.named() ? table.featureNames() : List.of(),
                        input.labelColumn()),
                TableInput::size);
    String given = input.fingerprint(run, table);
    run.input(self ? given : given + " " + asked.fingerprint());
    boolean sparse =
        search.mayBeExact() && source.isGiven() && source.isDiagonal() && sparse(table);
    run.explain(plan(run, table, asked, sparse));
    int cores = run.context().defaultParallelism();
    PointBlocks points = PointBlocks.of(table, cores);
    PointMetric metric =
        sparse
            ? new PointMetric(source.given(run.spark(), table.numFeatures()), new double[0])
            : input.estimate(run, points);
    Search.run(
        run,
        new Search(
            table.source(),
            source.toString(),
            metric,
            points,
            self ? points : PointBlocks.of(asked, cores),
            search,
            self,
            sparse,
            metric.advice(source, table.featureNames())));
  }

  /** Whether leaving out zeros pays. */
  private static boolean sparse(NumericTable table) {
    double all = (double) table.numRows() * table.numFeatures();
    return table.numFeatures() >= WIDE && table.numbers() * SPARSE <= all;
  }

  private Plan plan(Run run, NumericTable table, NumericTable asked, boolean sparse) {
    MetricSource source = input.source();
    int rows = source.rows(run.spark(), table.numFeatures());
    AdePlan plan =
        new AdePlan(
            table.numRows(),
            table.numFeatures(),
            rows,
            asked.numRows(),
            source.toString(),
            source.isDiagonal());
    return sparse
        ? plan.sparse(run.context(), table.numbers())
        : AdePlan.metricNeeds(
            plan.plan(run.context(), search, common().plan()),
            source,
            table.numRows(),
            table.numFeatures(),
            rows);
  }
}
