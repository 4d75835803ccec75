package dev.kindling.spark.gntk;

import dev.kindling.Words;
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
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A support vector machine on finished Gram matrices: for each a task a fold and one for the model,
 * which read the matrix from its tiles.
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
  public void plan(Plan plan, JavaSparkContext spark, int kernels) {
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
            "SVM: %,d tasks, %,d fits at %,d costs",
            kernels * (folds.count() + 1), kernels * fits * machines, costs));
  }

  /** What a task brings back; one of the two is null. */
  private record Part(SvmFold fold, SvmSelection all) implements Serializable {}

  @Override
  public List<Learned> learn(Run run, List<GramTable> grams) {
    Matrix targets = labels.targets();
    Score score = labels.score();
    Folds testedTogether = folds;
    int count = folds.count();
    double[] costs = svm.costs();
    SvmParameters parameters = svm.parameters();
    Normalization normalization = options.normalization();
    long seed = run.seed();
    int each = count + 1;
    List<GramTable> matrices = List.copyOf(grams);
    List<Part> parts =
        run.stage(
            "svm",
            () ->
                run.context()
                    .parallelize(
                        IntStream.range(0, each * matrices.size()).boxed().toList(),
                        each * matrices.size())
                    .map(
                        task -> {
                          int part = task % each;
                          Matrix k = matrices.get(task / each).matrix();
                          double[] scales = normalization.apply(k);
                          KernelSvm machine = new KernelSvm(k, targets, score, parameters);
                          return part < count
                              ? new Part(
                                  SvmFold.of(machine, testedTogether, part, costs, seed), null)
                              : new Part(
                                  null, SvmSelection.of(machine, costs, seed).scaled(scales));
                        })
                    .collect());
    return IntStream.range(0, matrices.size())
        .mapToObj(m -> validated(parts.subList(m * each, (m + 1) * each)))
        .toList();
  }

  private Learned validated(List<Part> parts) {
    int count = folds.count();
    return new SvmLearned(
        SvmValidation.of(
            parts.subList(0, count).stream().map(Part::fold).toList(),
            parts.get(count).all(),
            labels.targets(),
            folds,
            svm.costs(),
            labels.score()));
  }
}
