package dev.kindling.ridge;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Score;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Kernel ridge without folds: one fit of all rows.
 *
 * @param function the fit
 * @param leaveOneOut its leave-one-out score
 */
public record RidgeModel(KernelFunction function, double leaveOneOut) implements Serializable {
  /**
   * Fits.
   *
   * @param gram n×n. Not modified
   * @param targets n×m. Not modified
   * @param lambda λ; 0: the one of {@link RidgeValidation#path} with the best leave-one-out
   */
  public static RidgeModel fit(Matrix gram, Matrix targets, double lambda, Score score) {
    KernelRidge ridge = new KernelRidge(gram, targets);
    double[] candidates = lambda > 0 ? new double[] {lambda} : RidgeValidation.path(ridge);
    int[] all = IntStream.range(0, gram.rows()).toArray();
    KernelRidge.Fit chosen = null;
    double best = 0;
    for (double candidate : candidates) {
      KernelRidge.Fit fit = ridge.fit(candidate);
      double value = score.of(targets, fit.leaveOneOut(), all, Score.SAME_ROWS);
      if (chosen == null || !score.better(best, value)) {
        chosen = fit; // of equals the largest λ
        best = value;
      }
    }
    return new RidgeModel(chosen.function(), best);
  }
}
