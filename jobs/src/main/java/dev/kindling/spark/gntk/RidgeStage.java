package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Kernel ridge on finished Gram matrices, a task each: the matrix goes to one executor, never to
 * the driver. Where the memory of a task does not hold one, a single task takes them in turn.
 */
final class RidgeStage implements LearningStage {
  private final GraphLabels labels;
  private final Folds folds;
  private final GntkOptions options;

  RidgeStage(GraphLabels labels, Folds folds, GntkOptions options) {
    this.labels = labels;
    this.folds = folds;
    this.options = options;
  }

  private static double bytes(double n) {
    return 48 * n * n;
  }

  /** For some matrices of n graphs. */
  static int tasks(JavaSparkContext spark, int matrices, double n) {
    return bytes(n) <= Memory.task(spark) ? matrices : 1;
  }

  @Override
  public void plan(Plan plan, JavaSparkContext spark, int kernels) {
    double n = labels.labels().length;
    plan.needs(
        Words.of("kernel ridge on %,.0f graphs, one task", n),
        bytes(n),
        Memory.executor(spark),
        "Give --task none for the matrix alone, or more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
    if (kernels > 1) {
      plan.say(
          Words.of(
              "kernel ridge: %d kernels, %s",
              kernels,
              tasks(spark, kernels, n) > 1
                  ? "a task each"
                  : "in turn: the memory of a task does not hold one"));
    }
    plan.say(
        Words.of("kernel ridge: about %.0f Gflop", kernels * (9 + 17 * 1.2) * n * n * n / 1e9));
  }

  @Override
  public List<Learned> learn(Run run, List<GramTable> grams) {
    Matrix targets = labels.targets();
    Score score = labels.score();
    BlasContract blas = run.blas();
    Folds testedTogether = folds;
    Normalization normalization = options.normalization();
    int tasks = tasks(run.context(), grams.size(), targets.rows());
    return run
        .stage(
            "ridge",
            () ->
                run.context()
                    .parallelize(grams, tasks)
                    .map(
                        gram -> {
                          blas.enter();
                          Matrix k = gram.matrix();
                          double[] scales = normalization.apply(k);
                          return RidgeValidation.of(k, targets, testedTogether, score)
                              .scaled(scales);
                        })
                    .collect())
        .stream()
        .<Learned>map(RidgeLearned::new)
        .toList();
  }
}
