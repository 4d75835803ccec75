package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.job.TableInput.Learns;
import dev.kindling.spark.setting.SettingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Learns a metric, from constraints on pairs of points or from labels. */
@Command(
    name = "learn",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Learns a Mahalanobis metric: online from constraints on pairs of points (lego, itml, pola), or from labels (rca, nca, lmnn).",
      "For neighbors use lmnn: whitening, as rca does it, can make them worse."
    },
    footer = {
      "",
      "Examples: large margins between the built-in wines, and what they are worth on a fifth of them",
      "  submit/kindling ade learn --data wine --learner lmnn",
      "Neighborhood components of the digits, ten numbers an image",
      "  submit/kindling ade learn --data digits --learner nca --rank 10",
      "Pairs drawn from labels, then what was learned as a start:",
      "  submit/kindling ade learn --data digits --learner itml --output kindling-runs/itml",
      "  submit/kindling ade learn --data digits --learner itml --seed 43 --initial kindling-runs/itml/tables/factor",
    })
public final class LearnJob extends Job {
  /** So that what is drawn for one purpose says nothing about what is drawn for another. */
  private static final long SAMPLE = 0x53414D50L;

  @Mixin TableInput input;

  @Mixin SettingOptions settings = LearnSettings.ALL.options();

  private LearnOptions options;

  @Override
  protected void check() {
    input.check();
    input.checkNoTargetOrWeight();
    options = LearnOptions.of(settings.values());
    if (options.lacksConstraints()) {
      throw options.badLearner(
          "give %s FILE; its targets are squared distances, which no label tells",
          LearnSettings.CONSTRAINTS.named());
    }
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(input.reads());
    options.constraints().ifPresent(reads::add);
    options.initialFile().ifPresent(reads::add);
    return reads;
  }

  @Override
  protected void run(Run run) {
    Learns learns = options.needsLabels() ? Learns.LABEL : Learns.LABEL_IF_SUPPLIED;
    NumericTable table = input.read(run, learns, 0);
    int classes = table.labels().map(labels -> labels.classes().size()).orElse(0);
    if (options.needsLabels() && classes < 2) {
      throw new BadInput(
          table.source()
              + (": one class, " + table.labels().orElseThrow().classes())
              + "; a metric from labels needs two");
    }
    HeldOut held =
        classes < 2
            ? HeldOut.of(table.numRows(), 0, run.seed())
            : options.heldOut(table.numRows(), run.seed());
    LearnResult result =
        options.learner().isOnline()
            ? new OnlineLearning(run, table, input.csv(), options, held).result()
            : labelled(run, table, held);
    LearnResult judged =
        classes < 2
            ? result
            : run.stage("judge", () -> result.judged(accuracy(run, table, held, result)));
    run.stage("write", () -> write(run, judged));
    run.outcome(judged.outcome());
    run.report(new LearnReport(table.source(), judged)::page);
  }

  private LearnResult labelled(Run run, NumericTable table, HeldOut held) {
    int d = table.numFeatures();
    run.input(table.fingerprint());
    options.ncaRank(table.source(), d);
    if (options.learner() == Learner.rca) {
      run.explain(
          LearnPlan.rca(
              run.context(), table.numRows(), d, table.labels().orElseThrow().classes().size()));
      PointBlocks blocks = PointBlocks.of(table, run.context().defaultParallelism());
      Metric metric =
          run.stage(
              "learn",
              () ->
                  LabelFit.rca(
                      blocks.blocks(), blocks.count(), held, options.shrink(), run.blas()));
      return LearnResult.of(options.learner(), metric, held.learned(), null, Set.of());
    }
    long n = options.rows(held.learned());
    run.explain(LearnPlan.onDriver(options, n, d));
    long[] rows = n == table.numRows() ? null : held.drawLearned(n, run.seed() ^ SAMPLE);
    PointSet points = run.stage("points", () -> PointPick.rows(run.context(), table, rows));
    held.requireClasses(table.source(), points.labels());
    Metric metric = run.stage("learn", () -> LabelFit.onDriver(points, options));
    return LearnResult.of(options.learner(), metric, n, null, Set.of());
  }

  private static LearnAccuracy accuracy(
      Run run, NumericTable table, HeldOut held, LearnResult result) {
    return LearnAccuracy.of(run.context(), table, held, result.named(), result.metric(), run.seed())
        .orElse(null);
  }

  private void write(Run run, LearnResult result) {
    MetricTable.write(run, result.metric());
    FactorTable.write(run, result.metric());
    if (common().exportsCsv()) {
      FactorTable.writeCsv(run, result.metric());
    }
    try {
      String path = run.path("model").toString();
      new MahalanobisMetricModel("learn", result.metric()).write().overwrite().save(path);
    } catch (IOException e) {
      throw new JobFailure("the model cannot be written: " + e.getMessage(), e);
    }
  }
}
