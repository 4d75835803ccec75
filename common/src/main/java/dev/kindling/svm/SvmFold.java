package dev.kindling.svm;

import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Folds;
import java.io.Serializable;

/**
 * What one fold learns of a path of costs: the work of one task.
 *
 * @param held at each cost: predictions on the fold's rows by the fit of the others
 * @param inner at each cost: the score of {@link SvmSelection} among the others
 * @param supportVectors at each cost
 */
public record SvmFold(Matrix[] held, double[] inner, int[] supportVectors) implements Serializable {
  /**
   * @param costs descending. Not modified
   * @param seed of the inner folds
   */
  public static SvmFold of(KernelSvm svm, Folds folds, int fold, double[] costs, long seed) {
    int[] test = folds.test()[fold];
    int[] outside = folds.outside(svm.targets().rows())[fold];
    Matrix[] held = new Matrix[costs.length];
    int[] supportVectors = new int[costs.length];
    for (int l = 0; l < costs.length; l++) {
      SvmFit fit = svm.fit(outside, costs[l]);
      held[l] = svm.predict(fit, test);
      supportVectors[l] = fit.supportVectors();
    }
    return new SvmFold(held, SvmSelection.scores(svm, outside, costs, seed), supportVectors);
  }
}
