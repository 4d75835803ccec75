package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Kernel ridge on the finished Gram matrix, in one task: the matrix goes to one executor, never to
 * the driver.
 */
final class RidgeStage implements LearningStage {
  private static final TableSchema SPECTRUM =
      TableSchema.empty().with("index", Kind.LONG).with("eigenvalue", Kind.DOUBLE);

  private final GraphLabels labels;
  private final Folds folds;
  private final GntkOptions options;

  RidgeStage(GraphLabels labels, Folds folds, GntkOptions options) {
    this.labels = labels;
    this.folds = folds;
    this.options = options;
  }

  @Override
  public void plan(Plan plan, JavaSparkContext spark) {
    double n = labels.labels().length;
    plan.needs(
        Words.of("kernel ridge on %,.0f graphs, one task", n),
        48 * n * n,
        Memory.executor(spark),
        "Give --task none for the matrix alone, or more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
    plan.say(Words.of("kernel ridge: about %.0f Gflop", (9 + 17 * 1.2) * n * n * n / 1e9));
  }

  @Override
  public KernelFunction solve(Run run, GramTable gram, GntkReport report) {
    Matrix targets = labels.targets();
    Score score = labels.score();
    BlasContract blas = run.blas();
    Folds testedTogether = folds;
    Normalization normalization = options.normalization();
    RidgeValidation result =
        run.stage(
            "ridge",
            () ->
                run.context()
                    .parallelize(List.of(gram), 1)
                    .map(
                        g -> {
                          blas.enter();
                          Matrix k = g.matrix();
                          double[] scales = normalization.apply(k);
                          return RidgeValidation.of(k, targets, testedTogether, score)
                              .scaled(scales);
                        })
                    .first());
    publish(run, result, labels, folds, options, report);
    return result.model();
  }

  /** Writes the tables and says the result. */
  static void publish(
      Run run,
      RidgeValidation result,
      GraphLabels labels,
      Folds folds,
      GntkOptions options,
      GntkReport report) {
    Validated validated =
        new Validated(labels, folds, result.validation(), options.select(), Wording.RIDGE);
    new ValidationTables(run, validated)
        .write(Map.of("degrees_of_freedom", result.degreesOfFreedom()));
    spectrum(run, result);
    classes(run, labels);
    run.outcome(
        ValidationSummary.of(validated)
            .count("rank", result.rank(), "of " + result.spectrum().length)
            .figure(
                "smallest_eigenvalue",
                result.spectrum()[0],
                "%.3g",
                Words.of("largest %.3g", result.spectrum()[result.spectrum().length - 1])));
    report.learned(validated, new RidgePage(result));
  }

  private static void spectrum(Run run, RidgeValidation r) {
    List<Object[]> spectrum = new ArrayList<>();
    for (int i = 0; i < r.spectrum().length; i++) {
      spectrum.add(new Object[] {(long) i, r.spectrum()[r.spectrum().length - 1 - i]});
    }
    run.table("spectrum", SPECTRUM, spectrum.iterator());
  }

  /** Notes how labels became classes. */
  static void classes(Run run, GraphLabels labels) {
    if (labels.classify()) {
      run.note("label_mapping", labels.classes());
    }
  }
}
