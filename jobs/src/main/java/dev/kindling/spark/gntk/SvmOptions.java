package dev.kindling.spark.gntk;

import static dev.kindling.spark.gntk.GraphKernelSettings.*;

import dev.kindling.BadInput;
import dev.kindling.spark.setting.Settings;
import dev.kindling.svm.SvmParameters;

/** What the settings of a support vector machine come to. Immutable. */
final class SvmOptions {
  /** What an error costs on a graph of a class. */
  public enum ClassWeights {
    none,
    balanced
  }

  private final Settings settings;

  private SvmOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * @param settings with the task, too
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static SvmOptions of(Settings settings) {
    settings.check(OF_SVM.all());
    return new SvmOptions(settings);
  }

  /**
   * @throws BadInput if a setting does not go with the labels
   */
  void check(GraphLabels labels) {
    if (labels.classify() && settings.isGiven(TUBE)) {
      throw settings.bad(TUBE, "is for numbers, and the labels are classes");
    }
    if (!labels.classify() && settings.get(CLASS_WEIGHTS) == ClassWeights.balanced) {
      throw settings.bad(
          CLASS_WEIGHTS,
          "is for classes, and the labels are numbers; give %s",
          LABELS.is(GntkOptions.Labels.classes));
    }
  }

  /** Descending. */
  double[] costs() {
    return CostGrid.parse(settings.get(COST));
  }

  SvmParameters parameters() {
    return new SvmParameters(
        settings.get(CLASS_WEIGHTS) == ClassWeights.balanced, settings.get(TUBE));
  }
}
