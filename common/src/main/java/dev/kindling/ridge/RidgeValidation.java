package dev.kindling.ridge;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Kernel ridge along a path of λ, ascending, validated in three ways from one eigendecomposition:
 * leave-one-out; k-fold at each λ; and nested, where each fold's λ is the one with the best
 * leave-one-out among the rows outside the fold.
 *
 * @param validation over the path of λ; its selection is leave-one-out
 * @param degreesOfFreedom at each λ
 * @param model the fit of all rows at the λ with the best leave-one-out
 * @param spectrum eigenvalues of the Gram matrix, ascending
 * @param rank see {@link KernelRidge#rank}
 */
public record RidgeValidation(
    Validation validation,
    double[] degreesOfFreedom,
    KernelFunction model,
    double[] spectrum,
    int rank)
    implements Serializable {

  /** Half-decades from 1e-6 to 100 times the mean eigenvalue. */
  private static final double[] PATH =
      IntStream.rangeClosed(-12, 4).mapToDouble(e -> Math.pow(10, e / 2.0)).toArray();

  /** The path of λ, ascending. */
  static double[] path(KernelRidge ridge) {
    return path(ridge.meanEigenvalue());
  }

  /**
   * The path of λ, ascending.
   *
   * @param mean eigenvalue of the Gram matrix
   */
  public static double[] path(double mean) {
    return Arrays.stream(PATH).map(share -> share * mean).toArray();
  }

  /**
   * Validates.
   *
   * <p>About 9 n³ flops for the eigenvalues and, for each of 17 λ, n³ (1 + 2/k); 6 n² doubles.
   *
   * @param gram n×n. Not modified
   * @param targets n×m: one-hot classes for {@link Score#ACCURACY}, one column for {@link
   *     Score#RMSE}. Not modified
   */
  public static RidgeValidation of(Matrix gram, Matrix targets, Folds folds, Score score) {
    KernelRidge ridge = new KernelRidge(gram, targets);
    int n = gram.rows();
    int k = folds.count();
    double[] lambdas = path(ridge);
    double[] freedom = new double[PATH.length];
    double[] leaveOneOut = new double[PATH.length];
    double[][] inner = new double[PATH.length][k];
    Matrix[][] held = new Matrix[PATH.length][k];
    int[] all = IntStream.range(0, n).toArray();
    int[][] outside = folds.outside(n);
    for (int l = 0; l < PATH.length; l++) {
      KernelRidge.Fit fit = ridge.fit(lambdas[l]);
      freedom[l] = fit.degreesOfFreedom();
      leaveOneOut[l] = score.of(targets, fit.leaveOneOut(), all, Score.SAME_ROWS);
      for (int f = 0; f < k; f++) {
        KernelRidge.Fit.HeldOut without = fit.without(folds.test()[f]);
        held[l][f] = without.predictions();
        inner[l][f] = score.of(targets, without.leaveOneOut(), outside[f], Score.SAME_ROWS);
      }
    }
    Validation validation = Validation.of(score, lambdas, leaveOneOut, targets, folds, held, inner);
    return new RidgeValidation(
        validation,
        freedom,
        ridge.fit(lambdas[validation.chosen()]).function(),
        ridge.spectrum(),
        ridge.rank());
  }

  /**
   * With a model for the kernel that is not normalised; see {@link KernelFunction#scaled}.
   *
   * @param scales not modified
   */
  public RidgeValidation scaled(double[] scales) {
    return new RidgeValidation(validation, degreesOfFreedom, model.scaled(scales), spectrum, rank);
  }
}
