package dev.kindling.spark.ade;

import dev.kindling.SettingName;
import dev.kindling.Words;
import dev.kindling.data.InputPath;
import dev.kindling.data.table.NumericTable;
import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.ChiSquare;
import dev.kindling.spark.ade.MetricSource.Estimate;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.setting.Setting;
import dev.kindling.spark.setting.SettingGroup;
import dev.kindling.spark.setting.SettingOptions;
import dev.kindling.spark.setting.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.broadcast.Broadcast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import scala.Tuple2;

/** Flags points that are far from the middle of all. */
@Command(
    name = "outliers",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Flags points whose squared Mahalanobis distance from the middle of all is beyond a quantile of the chi-square law, which it follows where points are normal.",
    footer = {
      "",
      "Example: the strangest of the built-in digits",
      "  submit/kindling ade outliers --data digits",
      "By a covariance that outliers cannot move:",
      "  submit/kindling ade outliers --input points.csv --estimator mcd",
    })
final class OutliersJob extends Job {
  /** Of middle and covariance. */
  enum Estimator {
    classic("sample"),
    ledoit_wolf("ledoit-wolf"),
    mcd("mcd");

    private final String word;

    Estimator(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  private static final Setting<Estimator> ESTIMATOR =
      Setting.choice("--estimator", "estimator", Estimator.class)
          .or(Estimator.classic)
          .describedAs(
              "Of middle and covariance: of all points; shrunk, for many features; or of the half that lies closest together, which outliers cannot move (on the driver). The first and the last leave out features that do not vary.");

  private static final Setting<Double> QUANTILE =
      Setting.number("--quantile", "quantile", "p")
          .above(0)
          .below(1)
          .or(0.975)
          .describedAs("Share of normal points that are not flagged.");

  @Mixin TableInput input;

  @Mixin SettingOptions settings = SettingGroup.of(ESTIMATOR, QUANTILE).options();

  private Estimator estimator;
  private double quantile;

  @Override
  protected void check() {
    input.check();
    Settings given = settings.checked();
    estimator = given.get(ESTIMATOR);
    quantile = given.get(QUANTILE);
    input.checkNoTargetOrWeight();
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
    NumericTable table = input.read(run, TableInput.Learns.LABEL_IF_SUPPLIED, 0);
    run.input(table.fingerprint());
    MetricSource source =
        MetricSource.of(
            Estimate.valueOf(estimator.word.toUpperCase(Locale.ROOT).replace('-', '_')));
    run.explain(
        AdePlan.metricNeeds(
            new Plan()
                .say(
                    Words.of(
                        "%,d points of %,d features; estimator %s",
                        table.numRows(), table.numFeatures(), estimator)),
            source,
            table.numRows(),
            table.numFeatures(),
            table.numFeatures()));
    PointBlocks points = PointBlocks.of(table, run.context().defaultParallelism());
    SettingName asked = ESTIMATOR.is(estimator);
    PointMetric metric =
        run.stage(
            "estimate", () -> PointMetric.located(points, source.estimate(), asked, run.seed()));
    OutlierTally tally = run.stage("flag", () -> flag(run, points, metric));
    record(run, table, metric, tally);
  }

  private OutlierTally flag(Run run, PointBlocks points, PointMetric metric) {
    double cutOff = ChiSquare.quantile(quantile, metric.metric().rows());
    Table out =
        run.table(
            "outliers",
            TableSchema.empty()
                .with("id", RowNames.kind(points.namedInWords()))
                .with("distance2", TableSchema.Kind.DOUBLE)
                .with("outlier", TableSchema.Kind.TRUTH));
    Broadcast<PointMetric> shared = run.context().broadcast(metric);
    try {
      return BlockMerge.merge(
          points
              .blocks()
              .mapToPair(
                  block ->
                      new Tuple2<>(block.number(), flagged(block, shared.value(), cutOff, out))),
          points.count(),
          OutlierTally::merge);
    } finally {
      shared.destroy();
    }
  }

  /** Writes a block's rows. */
  private static OutlierTally flagged(
      PointBlock block, PointMetric metric, double cutOff, Table out) {
    Matrix images = metric.metric().apply(block.points(), metric.origin());
    int k = images.rows();
    OutlierTally tally = new OutlierTally(k, cutOff);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < block.rows(); i++) {
      double square = 0;
      for (int c = i * k; c < (i + 1) * k; c++) {
        square += images.values()[c] * images.values()[c];
      }
      Object name = block.names().get(i);
      rows.add(new Object[] {name, square, tally.add(name, square)});
    }
    out.write(block.number(), rows.iterator());
    return tally;
  }

  private void record(Run run, NumericTable table, PointMetric metric, OutlierTally tally) {
    Outcome outcome =
        Outcome.of(
                Words.of(
                    "%,d of %,d points have a squared distance above %.4g, the %s quantile of chi-square with %,d degrees of freedom; %.4g would be expected of normal points; estimator %s",
                    tally.outliers(),
                    tally.rows(),
                    tally.cutOff(),
                    quantile,
                    metric.metric().rows(),
                    (1 - quantile) * tally.rows(),
                    estimator))
            .count("points", tally.rows())
            .count("outliers", tally.outliers())
            .figure("cut_off", tally.cutOff(), "%.4g")
            .figure(
                "greatest", tally.greatest(), "%.4g", "the farthest point, " + tally.farthest());
    if (!Double.isNaN(metric.shrinkage())) {
      outcome.record("shrinkage", metric.shrinkage());
    }
    List<String> leftOut =
        Arrays.stream(metric.leftOut()).mapToObj(table.featureNames()::get).toList();
    if (!leftOut.isEmpty()) {
      outcome
          .line("left out, since they do not vary: " + InputPath.some(leftOut))
          .record("left_out", leftOut);
    }
    run.outcome(outcome);
    MetricTable.write(run, metric.metric());
    run.report(
        () -> {
          double[][] shares = tally.shares();
          return Report.titled("Outliers in " + table.source())
              .section(
                  "Against the law",
                  Words.of(
                      "%.3g %% of the points are outliers; of normally distributed points it would be %.3g %%.",
                      100.0 * tally.outliers() / tally.rows(), 100 * (1 - quantile)),
                  LinePlot.of(
                          "Share of points within a distance, against the share of normal ones",
                          Axis.linear("share of normal points"),
                          Axis.linear("share of points"))
                      .series("normal", shares[0], shares[0])
                      .series("these points", shares[0], shares[1]));
        });
  }
}
