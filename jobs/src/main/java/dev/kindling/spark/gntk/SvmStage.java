package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.svm.KernelSvm;
import dev.kindling.svm.SvmFold;
import dev.kindling.svm.SvmParameters;
import dev.kindling.svm.SvmSelection;
import dev.kindling.svm.SvmValidation;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A support vector machine on the finished Gram matrix: a task a fold and one for the model, each
 * of which reads the matrix from its tiles.
 */
final class SvmStage implements LearningStage {
  private final GraphLabels labels;
  private final Folds folds;
  private final GntkOptions options;
  private final SvmOptions svm;

  SvmStage(GraphLabels labels, Folds folds, GntkOptions options, SvmOptions svm) {
    this.labels = labels;
    this.folds = folds;
    this.options = options;
    this.svm = svm;
  }

  @Override
  public void plan(Plan plan, JavaSparkContext spark) {
    double n = labels.labels().length;
    int machines = Math.max(1, labels.classes().size() == 2 ? 1 : labels.classes().size());
    plan.needs(
        Words.of("SVM on %,.0f graphs, a task", n),
        28 * n * n,
        Memory.task(spark),
        "Give --task none for the matrix alone, or more memory with --conf spark.driver.memory=… (local) or spark.executor.memory=…");
    int costs = svm.costs().length;
    long fits = (folds.count() + (folds.count() + 1L) * SvmSelection.FOLDS) * costs + 1;
    plan.say(
        Words.of(
            "SVM: %,d tasks, %,d fits at %,d costs", folds.count() + 1, fits * machines, costs));
  }

  /** What a task brings back; one of the two is null. */
  private record Part(SvmFold fold, SvmSelection all) implements Serializable {}

  @Override
  public KernelFunction solve(Run run, GramTable gram, GntkReport report) {
    Matrix targets = labels.targets();
    Score score = labels.score();
    Folds testedTogether = folds;
    int count = folds.count();
    double[] costs = svm.costs();
    SvmParameters parameters = svm.parameters();
    Normalization normalization = options.normalization();
    long seed = run.seed();
    SvmValidation result =
        run.stage(
            "svm",
            () -> {
              List<Part> parts =
                  run.context()
                      .parallelize(IntStream.rangeClosed(0, count).boxed().toList(), count + 1)
                      .map(
                          part -> {
                            Matrix k = gram.matrix();
                            double[] scales = normalization.apply(k);
                            KernelSvm machine = new KernelSvm(k, targets, score, parameters);
                            return part < count
                                ? new Part(
                                    SvmFold.of(machine, testedTogether, part, costs, seed), null)
                                : new Part(
                                    null, SvmSelection.of(machine, costs, seed).scaled(scales));
                          })
                      .collect();
              return SvmValidation.of(
                  parts.subList(0, count).stream().map(Part::fold).toList(),
                  parts.get(count).all(),
                  targets,
                  folds,
                  costs,
                  score);
            });
    Validated validated =
        new Validated(labels, folds, result.validation(), options.select(), Wording.SVM);
    new ValidationTables(run, validated).write(Map.of("support_vectors", result.supportVectors()));
    RidgeStage.classes(run, labels);
    run.outcome(ValidationSummary.of(validated));
    report.learned(validated, new SvmPage(result));
    return result.model();
  }
}
