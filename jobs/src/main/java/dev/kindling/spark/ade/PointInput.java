package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.setting.SettingGroup;
import dev.kindling.spark.setting.SettingOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Which points, under which metric. */
final class PointInput {
  @Mixin TableInput table;

  @Mixin SettingOptions settings = SettingGroup.of(SearchSettings.METRIC).options();

  private MetricSource source;

  /**
   * @throws dev.kindling.BadInput naming the option, its value and what it may be
   */
  void check() {
    table.check();
    source = MetricSource.parse(settings.checked().get(SearchSettings.METRIC)).in(table.csv());
    table.checkNoTargetOrWeight();
  }

  /** How CSV files are written. */
  CsvDialect csv() {
    return table.csv();
  }

  /** The column with the points' classes, as the user named it, or null. */
  String labelColumn() {
    return table.labelColumn();
  }

  /** What --metric says. */
  MetricSource source() {
    return source;
  }

  String shown() {
    return table.shown();
  }

  List<String> reads() {
    List<String> reads = new ArrayList<>(table.reads());
    reads.addAll(source.reads());
    return reads;
  }

  /** Reads the points, with the label that the metric needs or the source has. */
  NumericTable read(Run run) {
    return table.read(run, source.learns(), 0);
  }

  /** What tells these points and the metric's file from others. */
  String fingerprint(Run run, NumericTable points) {
    return points.fingerprint() + source.fingerprint(run.spark());
  }

  /** The metric that was asked for, in a stage of its own. */
  PointMetric estimate(Run run, PointBlocks points) {
    return run.stage(
        "metric",
        () ->
            PointMetric.of(
                run.spark(), points, source, SearchSettings.METRIC.is(source), run.seed()),
        m -> words(m.metric()));
  }

  private String words(Metric metric) {
    int still = metric.isDiagonal() ? metric.dimension() - metric.rank() : 0;
    return Words.of("%s, %,d rows", source, metric.rows())
        + (still == 0 ? "" : Words.of("; %,d features count nothing", still));
  }
}
