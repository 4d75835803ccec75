package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.Folds;
import dev.kindling.ridge.RidgeModel;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.ridge.Score;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Kernel ridge on the finished Gram matrix, in one task: the matrix goes to one executor, never to
 * the driver.
 */
final class RidgeStage {
  private static final TableSchema FOLDS =
      TableSchema.empty()
          .with("fold", Kind.LONG)
          .with("graphs", Kind.LONG)
          .with("nested", Kind.DOUBLE)
          .with("nested_lambda", Kind.DOUBLE)
          .with("best", Kind.DOUBLE)
          .with("constant", Kind.DOUBLE);
  private static final TableSchema PATH =
      TableSchema.empty()
          .with("lambda", Kind.DOUBLE)
          .with("degrees_of_freedom", Kind.DOUBLE)
          .with("leave_one_out", Kind.DOUBLE)
          .with("folds_mean", Kind.DOUBLE)
          .with("folds_standard_error", Kind.DOUBLE);
  private static final TableSchema SPECTRUM =
      TableSchema.empty().with("index", Kind.LONG).with("eigenvalue", Kind.DOUBLE);

  private final GraphLabels labels;
  private final Folds folds;
  private final GntkOptions options;

  private RidgeStage(GraphLabels labels, Folds folds, GntkOptions options) {
    this.labels = labels;
    this.folds = folds;
    this.options = options;
  }

  /**
   * @throws BadInput if there is nothing to learn, or the folds do not fit the graphs
   */
  static RidgeStage of(GraphLabels labels, String set, GntkOptions options, Run run) {
    int n = labels.labels().length;
    if (labels.classes().size() == 1) {
      throw new BadInput(
          set
              + ": every label is "
              + labels.labels()[0]
              + "; there is nothing to learn, give --task none");
    }
    if (options.foldDir == null && options.folds > n) {
      throw new BadInput(
          "--folds " + options.folds + ": there are " + n + " graphs; give at most that many");
    }
    Folds folds =
        options.foldDir == null
            ? Folds.random(n, options.folds, labels.classOf(), run.seed())
            : GivenFolds.read(options.foldDir, n, run.hadoop());
    return new RidgeStage(labels, folds, options);
  }

  RidgeModel solve(Run run, GramTable gram, GntkReport report) {
    Matrix targets = labels.targets();
    Score score = labels.score();
    BlasContract blas = run.blas();
    Folds testedTogether = folds;
    RidgeValidation result =
        run.stage(
            "ridge",
            () ->
                run.context()
                    .parallelize(List.of(gram), 1)
                    .map(
                        g -> {
                          blas.enter();
                          return RidgeValidation.of(g.matrix(), targets, testedTogether, score);
                        })
                    .first());
    write(run, result);
    say(run, result);
    report.ridge(result, folds);
    return result.model();
  }

  private void write(Run run, RidgeValidation r) {
    boolean classify = labels.classify();
    Kind kind = classify ? Kind.TEXT : Kind.DOUBLE;
    Matrix shown =
        options.select == GntkOptions.Select.best ? r.bestPredictions() : r.nestedPredictions();
    int[] foldOf = folds.ofRows(labels.ids().length);
    List<Object[]> predictions = new ArrayList<>();
    for (int i = 0; i < labels.ids().length; i++) {
      boolean tested = foldOf[i] >= 0;
      Object label =
          classify ? labels.labels()[i] : (Object) Double.parseDouble(labels.labels()[i]);
      Object prediction =
          !tested
              ? null
              : classify ? labels.classes().get(Score.largest(shown, i)) : (Object) shown.get(i, 0);
      predictions.add(
          new Object[] {labels.ids()[i], tested ? (long) foldOf[i] + 1 : null, label, prediction});
    }
    run.table(
        "predictions",
        TableSchema.empty()
            .with("id", Kind.TEXT)
            .with("fold", Kind.LONG)
            .with("label", kind)
            .with("prediction", kind),
        predictions.iterator());
    List<Object[]> rows = new ArrayList<>();
    for (int f = 0; f < folds.count(); f++) {
      rows.add(
          new Object[] {
            f + 1L,
            (long) folds.test()[f].length,
            r.nestedScores()[f],
            r.lambdas()[r.nestedChoice()[f]],
            r.foldScores()[r.best()][f],
            r.constantScores()[f]
          });
    }
    run.table("folds", FOLDS, rows.iterator());
    List<Object[]> path = new ArrayList<>();
    for (int l = 0; l < r.lambdas().length; l++) {
      path.add(
          new Object[] {
            r.lambdas()[l],
            r.degreesOfFreedom()[l],
            r.leaveOneOut()[l],
            RidgeValidation.mean(r.foldScores()[l]),
            RidgeValidation.standardError(r.foldScores()[l])
          });
    }
    run.table("path", PATH, path.iterator());
    List<Object[]> spectrum = new ArrayList<>();
    for (int i = 0; i < r.spectrum().length; i++) {
      spectrum.add(new Object[] {(long) i, r.spectrum()[r.spectrum().length - 1 - i]});
    }
    run.table("spectrum", SPECTRUM, spectrum.iterator());
  }

  private void say(Run run, RidgeValidation r) {
    boolean accuracy = r.score() == Score.ACCURACY;
    String name = accuracy ? "accuracy" : "RMSE";
    String nested =
        line(name + ", nested", r.nestedScores(), accuracy, "penalty chosen without the test rows");
    String best =
        line(
            name + ", best",
            r.foldScores()[r.best()],
            accuracy,
            String.format(
                Locale.ROOT, "penalty %.3g chosen on the test rows", r.lambdas()[r.best()]));
    run.say(
        String.format(
            Locale.ROOT,
            "kernel ridge, %d folds of %,d graphs, %s",
            folds.count(),
            labels.ids().length,
            accuracy ? labels.classes().size() + " classes" : "a number each"));
    boolean bestFirst = options.select == GntkOptions.Select.best;
    run.say(bestFirst ? best : nested);
    run.say(bestFirst ? nested : best);
    run.say(
        line(
            name + ", constant",
            r.constantScores(),
            accuracy,
            accuracy ? "the most frequent class" : "the mean"));
    run.say(
        String.format(
            Locale.ROOT,
            "  %-24s %-16s at penalty %.3g",
            name + ", leave-one-out",
            number(r.leaveOneOut()[r.chosen()], accuracy),
            r.lambdas()[r.chosen()]));
    run.say(
        String.format(
            Locale.ROOT,
            "  rank %d of %d, smallest eigenvalue %.3g, largest %.3g",
            r.rank(),
            r.spectrum().length,
            r.spectrum()[0],
            r.spectrum()[r.spectrum().length - 1]));
    record(run, r);
  }

  private void record(Run run, RidgeValidation r) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("score", r.score() == Score.ACCURACY ? "accuracy" : "rmse");
    metrics.put("nested_mean", RidgeValidation.mean(r.nestedScores()));
    metrics.put("nested_standard_error", RidgeValidation.standardError(r.nestedScores()));
    metrics.put("best_mean", RidgeValidation.mean(r.foldScores()[r.best()]));
    metrics.put("best_standard_error", RidgeValidation.standardError(r.foldScores()[r.best()]));
    metrics.put("constant_mean", RidgeValidation.mean(r.constantScores()));
    metrics.put("leave_one_out", r.leaveOneOut()[r.chosen()]);
    metrics.put("lambda", r.lambdas()[r.chosen()]);
    metrics.put("rank", r.rank());
    metrics.put("smallest_eigenvalue", r.spectrum()[0]);
    metrics.forEach(run::metric);
    if (labels.classify()) {
      run.note("label_mapping", labels.classes());
    }
  }

  private static String line(String name, double[] scores, boolean accuracy, String note) {
    return String.format(
        Locale.ROOT, "  %-24s %-16s %s", name, meanAndError(scores, accuracy), note);
  }

  /** "85.0 ± 2.9 %", "0.879 ± 0.076": the error with two digits, the mean with as many decimals. */
  static String meanAndError(double[] scores, boolean accuracy) {
    double mean = RidgeValidation.mean(scores);
    double error = RidgeValidation.standardError(scores);
    if (accuracy) {
      return String.format(Locale.ROOT, "%.1f ± %.1f %%", 100 * mean, 100 * error);
    }
    int decimals =
        error > 0 ? (int) Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error)))) : 4;
    String format = "%." + decimals + "f ± %." + decimals + "f";
    return String.format(Locale.ROOT, format, mean, error);
  }

  private static String number(double value, boolean accuracy) {
    return accuracy
        ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
