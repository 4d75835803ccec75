package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.LeaveOneOut;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.StateFile;
import dev.kindling.spark.job.TableInput;
import dev.kindling.spark.job.TableInput.Learns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Learns a metric, from constraints on pairs of points or from labels. */
@Command(
    name = "learn",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Learns a Mahalanobis metric: online from constraints on pairs of points (lego, itml, pola), or from labels (rca, nca, lmnn).",
      "For neighbours use nca or lmnn: whitening, as rca does it, can make them worse."
    },
    footer = {
      "",
      "Examples: neighbourhood components of the built-in digits",
      "  submit/kindling ade learn --data digits --learner nca --rank 10",
      "Pairs drawn from labels, then what was learnt as a start:",
      "  submit/kindling ade learn --data digits --learner itml --output kindling-runs/itml",
      "  submit/kindling ade learn --data digits --learner itml --seed 43 --initial kindling-runs/itml/tables/factor",
    })
public final class LearnJob extends Job {
  private static final int STATE = 0x4B4C_0001;
  private static final int NEIGHBORS = 3;
  private static final int JUDGED = 2000;

  /** So that what is drawn for one purpose says nothing about what is drawn for another. */
  private static final long PAIRS = 0x50414952L;

  private static final long SAMPLE = 0x53414D50L;
  private static final long JUDGES = 0x4A554447L;

  @Mixin TableInput input;

  @Mixin LearnOptions options;

  @Override
  protected void check() {
    input.check();
    options.check();
  }

  @Override
  protected String input() {
    return input.shown();
  }

  @Override
  protected List<String> reads() {
    List<String> reads = new ArrayList<>(input.reads());
    if (options.constraints != null) {
      reads.add(options.constraints);
    }
    if (options.initialFile() != null) {
      reads.add(options.initialFile());
    }
    return reads;
  }

  @Override
  protected void run(Run run) {
    Learns learns = options.needsLabels() ? Learns.LABEL : Learns.LABEL_IF_SUPPLIED;
    NumericTable table =
        run.stage(
            "read",
            () -> input.read(run.spark(), learns, 0),
            t ->
                String.format(
                    Locale.ROOT, "%,d rows of %,d features", t.numRows(), t.numFeatures()));
    int classes = table.labels().map(labels -> labels.classes().size()).orElse(0);
    if (options.needsLabels() && classes < 2) {
      throw new BadInput(
          table.source()
              + (": one class, " + table.labels().orElseThrow().classes())
              + "; a metric from labels needs two");
    }
    LearnResult result = options.learner.isOnline() ? online(run, table) : labelled(run, table);
    LearnResult judged =
        classes < 2 ? result : run.stage("judge", () -> judged(run, table, result));
    run.stage(
        "write",
        () -> {
          write(run, judged);
          return null;
        });
    judged.record(run);
    judged.say(run);
    run.report(new LearnReport(table.source(), judged)::html);
  }

  private LearnResult online(Run run, NumericTable table) {
    int d = table.numFeatures();
    NamedPairs named =
        options.constraints == null
            ? null
            : run.stage(
                "constraints",
                () ->
                    NamedPairs.read(
                        run.spark(),
                        options.constraints,
                        PointPick.hasWords(table),
                        options.learner),
                c -> String.format(Locale.ROOT, "%,d", c.count()));
    int pairs =
        named != null
            ? named.count()
            : options.pairs != null
                ? options.pairs
                : Constraints.usual(table.labels().orElseThrow().classes().size());
    run.input(fingerprint(run, table, named));
    run.explain(
        LearnPlan.online(
            options,
            d,
            pairs,
            named != null ? named.ids().size() : Constraints.rowsFor(pairs, table.numRows())));
    Metric given = initial(run, d);
    OnlineFit fit = run.stage("points", () -> begin(run, table, named, pairs, given));
    LearnHistory history = new LearnHistory(fit.steps());
    OnlineFit.Standing before = fit.standing();
    run.stage(
        "learn",
        () -> {
          learn(run, fit, history);
          return fit;
        },
        f -> String.format(Locale.ROOT, "%,d constraints", f.steps()));
    history.write(run);
    return LearnResult.of(
        options.learner,
        unscaled(fit.metric()),
        fit.points(),
        new LearnResult.Online(
            pairs, options.timesThrough(), before, fit.standing(), fit.judge(), history));
  }

  private OnlineFit begin(Run run, NumericTable table, NamedPairs named, int pairs, Metric given) {
    if (named != null) {
      PointSet points = PointPick.named(run.context(), table, named.ids());
      return OnlineStart.of(options, points, named.on(points, table.source()), given, run.seed());
    }
    long[] rows =
        PointSet.draw(
            table.numRows(), Constraints.rowsFor(pairs, table.numRows()), run.seed() ^ PAIRS);
    PointSet points = PointPick.rows(run.context(), table, rows);
    Constraints drawn = Constraints.draw(points.labels(), pairs, run.seed() ^ PAIRS);
    return OnlineStart.of(options, points, drawn, given, run.seed());
  }

  /** Learns to the end, from the checkpoint where there is one. */
  private void learn(Run run, OnlineFit fit, LearnHistory history) {
    StateFile state = new StateFile(new Path(run.work(), "checkpoint"), STATE, run.hadoop());
    boolean resumed =
        state.read(
            in -> {
              fit.read(in);
              history.read(in);
            });
    if (resumed) {
      run.note("resumed_at_constraint", fit.step());
    }
    fit.run(
        step -> {
          history.add(step);
          run.advance(
              step.step(), fit.steps(), () -> String.format(Locale.ROOT, "loss %.3g", step.loss()));
          if (step.step() % options.stepsToCheckpoint() == 0) {
            state.write(
                out -> {
                  fit.write(out);
                  history.write(out);
                });
          }
        });
  }

  private LearnResult labelled(Run run, NumericTable table) {
    int d = table.numFeatures();
    run.input(table.fingerprint());
    if (options.rank != null && options.rank > d) {
      throw new BadInput(
          "--rank " + options.rank + ": " + table.source() + " has " + d + " features");
    }
    if (options.learner == Learner.rca) {
      run.explain(
          LearnPlan.rca(
              run.context(), table.numRows(), d, table.labels().orElseThrow().classes().size()));
      PointBlocks blocks = PointBlocks.of(table, run.context().defaultParallelism());
      double shrink = options.shrink == null ? 0 : options.shrink;
      Metric metric =
          run.stage(
              "learn", () -> LabelFit.rca(blocks.blocks(), blocks.count(), shrink, run.blas()));
      return LearnResult.of(options.learner, metric, table.numRows(), null);
    }
    long n = options.sample == null ? table.numRows() : Math.min(options.sample, table.numRows());
    run.explain(LearnPlan.onDriver(options, n, d));
    long[] rows =
        n == table.numRows() ? null : PointSet.draw(table.numRows(), n, run.seed() ^ SAMPLE);
    PointSet points = run.stage("points", () -> PointPick.rows(run.context(), table, rows));
    Metric metric = run.stage("learn", () -> LabelFit.onDriver(points, options));
    return LearnResult.of(options.learner, metric, n, null);
  }

  private LearnResult judged(Run run, NumericTable table, LearnResult result) {
    long[] rows = PointSet.draw(table.numRows(), JUDGED, run.seed() ^ JUDGES);
    PointSet points = PointPick.rows(run.context(), table, rows);
    if (Arrays.stream(points.labels()).distinct().count() < 2) {
      return result;
    }
    Metric euclid = Metric.identity(table.numFeatures());
    return result.judged(
        new LearnResult.Accuracy(
            points.count(),
            LeaveOneOut.accuracy(euclid, points.points(), points.labels(), NEIGHBORS),
            LeaveOneOut.accuracy(result.metric(), points.points(), points.labels(), NEIGHBORS)));
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

  /** The factor of --initial FILE, or null. */
  private Metric initial(Run run, int d) {
    if (options.initialFile() == null) {
      return null;
    }
    long most = Math.max(1, (Integer.MAX_VALUE - 8L) / d);
    Matrix u = MatrixFile.read(run.spark(), "--initial", options.initialFile(), d, most);
    try {
      return Metric.factor(u);
    } catch (BadInput e) {
      throw new BadInput("--initial " + options.initialFile() + ": " + e.getMessage(), e);
    }
  }

  /** For points as they are. */
  private Metric unscaled(Metric metric) {
    Matrix u = metric.factor();
    Blas.scal(1 / options.divisor(), u.values());
    return Metric.factor(u);
  }

  /** Of everything that is read, for --resume. */
  private String fingerprint(Run run, NumericTable table, NamedPairs named) {
    List<String> all = new ArrayList<>(List.of(table.fingerprint()));
    if (named != null) {
      all.add(named.fingerprint());
    }
    if (options.initialFile() != null) {
      all.add(
          NumericTables.read(run.spark(), options.initialFile(), TableOptions.defaults())
              .fingerprint());
    }
    return String.join("+", all);
  }
}
