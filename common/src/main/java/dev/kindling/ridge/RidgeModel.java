package dev.kindling.ridge;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Score;
import java.util.stream.IntStream;

/** Kernel ridge without validation: one fit of all rows. */
public final class RidgeModel {
  private RidgeModel() {}

  /**
   * Fits.
   *
   * @param gram n×n. Not modified
   * @param targets n×m. Not modified
   * @param lambda λ; 0: the one of {@link RidgeValidation#path} with the best leave-one-out
   */
  public static KernelFunction fit(Matrix gram, Matrix targets, double lambda, Score score) {
    KernelRidge ridge = new KernelRidge(gram, targets);
    if (lambda > 0) {
      return ridge.fit(lambda).function();
    }
    int[] all = IntStream.range(0, gram.rows()).toArray();
    KernelRidge.Fit chosen = null;
    double best = 0;
    for (double candidate : RidgeValidation.path(ridge)) {
      KernelRidge.Fit fit = ridge.fit(candidate);
      double value = score.of(targets, fit.leaveOneOut(), all, Score.SAME_ROWS);
      if (chosen == null || !score.better(best, value)) {
        chosen = fit; // of equals the largest λ
        best = value;
      }
    }
    return chosen.function();
  }
}
