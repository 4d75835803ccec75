package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.svm.SvmParameters;
import picocli.CommandLine.Option;

/** A support vector machine's own options. */
public final class SvmOptions {
  /** What a graph of a class costs. */
  public enum ClassWeights {
    none,
    balanced
  }

  private static final double TUBE = 0.1;

  @Option(
      names = "--cost",
      paramLabel = "C",
      description =
          "SVM: the costs to try, as 1,10,100 or 1e-2:1e4:120 for 120 equal steps of the logarithm; for a kernel whose smallest entry on the diagonal is 1. Default: 1e-2:1e4:13.")
  String cost;

  @Option(
      names = "--class-weights",
      paramLabel = "none|balanced",
      defaultValue = "none",
      description =
          "SVM: balanced makes an error cost the more the rarer its class is. Default: ${DEFAULT-VALUE}.")
  ClassWeights classWeights;

  @Option(
      names = "--tube",
      paramLabel = "e",
      description =
          "SVM on numbers: errors below e standard deviations of the labels are free. Default: 0.1.")
  Double tube;

  /**
   * @throws BadInput naming the option, its value and what it may be
   */
  void check(GntkOptions.Task task) {
    if (task != GntkOptions.Task.svm) {
      refuse("--cost", cost);
      refuse("--class-weights", classWeights == ClassWeights.none ? null : classWeights);
      refuse("--tube", tube);
    }
    costs();
    if (tube != null && (!(tube >= 0) || Double.isInfinite(tube))) {
      throw new BadInput("--tube " + tube + ": must be finite and not negative");
    }
  }

  private static void refuse(String option, Object value) {
    if (value != null) {
      throw new BadInput(option + " " + value + ": is for --task svm; leave it out or give that");
    }
  }

  /**
   * @throws BadInput if an option does not go with the labels
   */
  void check(GraphLabels labels) {
    if (labels.classify() && tube != null) {
      throw new BadInput("--tube " + tube + ": is for numbers, and the labels are classes");
    }
    if (!labels.classify() && classWeights == ClassWeights.balanced) {
      throw new BadInput(
          "--class-weights balanced: is for classes, and the labels are numbers; give --labels classes");
    }
  }

  /** Descending. */
  double[] costs() {
    return CostGrid.parse(cost);
  }

  SvmParameters parameters() {
    return new SvmParameters(classWeights == ClassWeights.balanced, tube == null ? TUBE : tube);
  }
}
