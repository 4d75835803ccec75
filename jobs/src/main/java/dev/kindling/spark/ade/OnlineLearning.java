package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.StateFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * The part of {@code ade learn} that goes through constraints, with checkpoints.
 *
 * @param csv how files are written, if they are CSV
 */
record OnlineLearning(
    Run run, NumericTable table, CsvDialect csv, LearnOptions options, HeldOut held) {
  private static final int STATE = 0x4B4C_0001;

  /** So that what is drawn for pairs says nothing about what is drawn to judge. */
  private static final long PAIRS = 0x50414952L;

  /** Reads constraints or draws them, learns, and writes the table {@code history}. */
  LearnResult result() {
    int d = table.numFeatures();
    NamedPairs named =
        options
            .constraints()
            .map(
                file ->
                    run.stage(
                        "constraints",
                        () ->
                            NamedPairs.read(
                                run.spark(),
                                file,
                                PointPick.hasWords(table),
                                options.learner(),
                                csv),
                        c -> Words.of("%,d", c.count())))
            .orElse(null);
    int pairs =
        named != null
            ? named.count()
            : options.pairs(table.labels().orElseThrow().classes().size());
    run.input(fingerprint(named));
    run.explain(
        LearnPlan.online(
            options,
            d,
            pairs,
            named != null ? named.ids().size() : Constraints.rowsFor(pairs, held.learned())));
    Metric given =
        options.initialFile().isEmpty()
            ? null
            : run.stage("initial", () -> OnlineStart.given(run.spark(), options, d, csv));
    OnlineFit fit = run.stage("points", () -> begin(named, pairs, given));
    LearnHistory history = new LearnHistory(fit.steps());
    OnlineFit.Standing before = fit.standing();
    run.stage(
        "learn",
        () -> {
          learn(fit, history);
          return fit;
        },
        f -> Words.of("%,d constraints", f.steps()));
    history.write(run);
    return LearnResult.of(
        options.learner(),
        OnlineStart.unscaled(fit.metric(), options),
        fit.points(),
        new LearnResult.Online(
            pairs, options.timesThrough(), before, fit.standing(), fit.judge(), history),
        named == null ? Set.of() : named.ids());
  }

  private OnlineFit begin(NamedPairs named, int pairs, Metric given) {
    if (named != null) {
      PointSet points = PointPick.named(run.context(), table, named.ids());
      return OnlineStart.of(options, points, named.on(points, table.source()), given, run.seed());
    }
    long[] rows = held.drawLearned(Constraints.rowsFor(pairs, held.learned()), run.seed() ^ PAIRS);
    PointSet points = PointPick.rows(run.context(), table, rows);
    held.requireClasses(table.source(), points.labels());
    Constraints drawn = Constraints.draw(points.labels(), pairs, run.seed() ^ PAIRS);
    return OnlineStart.of(options, points, drawn, given, run.seed());
  }

  /** Learns to the end, from the checkpoint where there is one. */
  private void learn(OnlineFit fit, LearnHistory history) {
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
          run.advance(step.step(), fit.steps(), () -> Words.of("loss %.3g", step.loss()));
          if (step.step() % options.stepsToCheckpoint() == 0) {
            state.write(
                out -> {
                  fit.write(out);
                  history.write(out);
                });
          }
        });
  }

  /** Of everything that is read, for --resume. */
  private String fingerprint(NamedPairs named) {
    List<String> all = new ArrayList<>(List.of(table.fingerprint()));
    if (named != null) {
      all.add(named.fingerprint());
    }
    options
        .initialFile()
        .map(
            file ->
                NumericTables.read(
                        run.spark(), file, TableOptions.defaults().numbersAreRows().csv(csv))
                    .fingerprint())
        .ifPresent(all::add);
    return String.join("+", all);
  }
}
