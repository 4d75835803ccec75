package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.spark.job.Run;
import dev.kindling.validation.Folds;

/** The folds that the options ask for. */
final class FoldPlan {
  private FoldPlan() {}

  /**
   * @throws BadInput if there is nothing to learn, or the folds do not fit the graphs
   */
  static Folds of(GraphLabels labels, String set, GntkOptions options, Run run) {
    int n = labels.labels().length;
    if (labels.classes().size() == 1) {
      throw BadInput.of(
          "%s: every label is %s; there is nothing to learn, give --task none",
          set, labels.labels()[0]);
    }
    if (options.foldDir().isEmpty() && options.folds() > n) {
      throw BadInput.of(
          "--folds %s: there are %s graphs; give at most that many", options.folds(), n);
    }
    return options.foldDir().isEmpty()
        ? Folds.random(n, options.folds(), labels.classOf(), run.seed())
        : GivenFolds.read(options.foldDir().get(), n, run.hadoop());
  }
}
