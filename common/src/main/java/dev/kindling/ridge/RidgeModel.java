package dev.kindling.ridge;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * A fitted kernel ridge: predictions are 1bᵀ + K(new, fitted) A.
 *
 * @param lambda λ
 * @param coefficients A, n×m
 * @param intercept b, 1×m
 */
public record RidgeModel(double lambda, Matrix coefficients, Matrix intercept)
    implements Serializable {
  /**
   * Fits.
   *
   * @param gram n×n. Not modified
   * @param targets n×m. Not modified
   * @param lambda λ; 0: the one of {@link RidgeValidation#path} with the best leave-one-out
   */
  public static RidgeModel fit(Matrix gram, Matrix targets, double lambda, Score score) {
    KernelRidge ridge = new KernelRidge(gram, targets);
    if (lambda > 0) {
      return of(ridge.fit(lambda));
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
    return of(chosen);
  }

  private static RidgeModel of(KernelRidge.Fit fit) {
    return new RidgeModel(fit.lambda(), fit.coefficients(), fit.intercept());
  }
}
