package dev.kindling.svm;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.util.List;

/**
 * A support vector machine along a path of costs, descending, validated as kernel ridge is; the
 * inner selection is five folds of the training rows.
 *
 * @param validation over the path of costs; its selection is five folds of all rows
 * @param supportVectors mean over the folds at each cost
 * @param model the fit of all rows at the cost that five folds of them like best
 */
public record SvmValidation(Validation validation, double[] supportVectors, KernelFunction model) {
  /**
   * Puts the parts together.
   *
   * @param parts one a fold, in order
   * @param targets n×m. Not modified
   * @param costs descending
   */
  public static SvmValidation of(
      List<SvmFold> parts,
      SvmSelection all,
      Matrix targets,
      Folds folds,
      double[] costs,
      Score score) {
    int k = folds.count();
    Matrix[][] held = new Matrix[costs.length][k];
    double[][] inner = new double[costs.length][k];
    double[] supportVectors = new double[costs.length];
    for (int l = 0; l < costs.length; l++) {
      for (int f = 0; f < k; f++) {
        held[l][f] = parts.get(f).held()[l];
        inner[l][f] = parts.get(f).inner()[l];
        supportVectors[l] += (double) parts.get(f).supportVectors()[l] / k;
      }
    }
    return new SvmValidation(
        Validation.of(score, costs, all.scores(), targets, folds, held, inner),
        supportVectors,
        all.model());
  }
}
