package dev.kindling.ridge;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Kernel ridge along a path of λ, validated in three ways from one eigendecomposition:
 * leave-one-out; k-fold at each λ, whose best is the literature's protocol and looks at the test
 * rows; and nested, where each fold's λ is the one with the best leave-one-out among the rows
 * outside the fold.
 *
 * @param lambdas the path, ascending
 * @param degreesOfFreedom at each λ
 * @param leaveOneOut score over all rows at each λ
 * @param foldScores at each λ, on each fold
 * @param nestedChoice index into the path, for each fold
 * @param nestedScores on each fold at its nested λ
 * @param constantScores on each fold, of the mean or the most frequent class of the rows outside
 * @param nestedPredictions n×m: each row from the fit that did not see its fold; NaN where no fold
 *     tests it
 * @param bestPredictions the same at the λ of {@link #best}
 * @param chosen index of the λ with the best leave-one-out over all rows: the model's
 * @param coefficients n×m at that λ
 * @param intercept 1×m at that λ
 * @param spectrum eigenvalues of the Gram matrix, ascending
 * @param rank see {@link KernelRidge#rank}
 */
public record RidgeValidation(
    Score score,
    double[] lambdas,
    double[] degreesOfFreedom,
    double[] leaveOneOut,
    double[][] foldScores,
    int[] nestedChoice,
    double[] nestedScores,
    double[] constantScores,
    Matrix nestedPredictions,
    Matrix bestPredictions,
    int chosen,
    Matrix coefficients,
    Matrix intercept,
    double[] spectrum,
    int rank)
    implements Serializable {

  /** Half-decades from 1e-6 to 100 times the mean eigenvalue. */
  private static final double[] PATH =
      IntStream.rangeClosed(-12, 4).mapToDouble(e -> Math.pow(10, e / 2.0)).toArray();

  /** The path of λ, ascending. */
  static double[] path(KernelRidge ridge) {
    double mean = ridge.meanEigenvalue();
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
    double[][] foldScores = new double[PATH.length][k];
    double[][] inner = new double[PATH.length][k];
    Matrix[][] held = new Matrix[PATH.length][k];
    int[] all = IntStream.range(0, n).toArray();
    int[][] outside = outside(folds, n);
    int chosen = 0;
    for (int l = 0; l < PATH.length; l++) {
      KernelRidge.Fit fit = ridge.fit(lambdas[l]);
      freedom[l] = fit.degreesOfFreedom();
      leaveOneOut[l] = score.of(targets, fit.leaveOneOut(), all, Score.SAME_ROWS);
      if (!score.better(leaveOneOut[chosen], leaveOneOut[l])) {
        chosen = l; // of equals the largest λ
      }
      for (int f = 0; f < k; f++) {
        KernelRidge.Fit.HeldOut without = fit.without(folds.test()[f]);
        held[l][f] = without.predictions();
        foldScores[l][f] = score.of(targets, held[l][f], folds.test()[f], 0);
        inner[l][f] = score.of(targets, without.leaveOneOut(), outside[f], Score.SAME_ROWS);
      }
    }
    int[] nestedChoice = new int[k];
    double[] nestedScores = new double[k];
    double[] constant = new double[k];
    int best = best(foldScores, score);
    Matrix nested = missing(n, targets.cols());
    Matrix atBest = missing(n, targets.cols());
    for (int f = 0; f < k; f++) {
      for (int l = 1; l < PATH.length; l++) {
        if (!score.better(inner[nestedChoice[f]][f], inner[l][f])) {
          nestedChoice[f] = l;
        }
      }
      nestedScores[f] = foldScores[nestedChoice[f]][f];
      constant[f] = constant(targets, outside[f], folds.test()[f], score);
      copy(held[nestedChoice[f]][f], folds.test()[f], nested);
      copy(held[best][f], folds.test()[f], atBest);
    }
    KernelRidge.Fit model = ridge.fit(lambdas[chosen]);
    return new RidgeValidation(
        score,
        lambdas,
        freedom,
        leaveOneOut,
        foldScores,
        nestedChoice,
        nestedScores,
        constant,
        nested,
        atBest,
        chosen,
        model.coefficients(),
        model.intercept(),
        ridge.spectrum(),
        ridge.rank());
  }

  private static int[][] outside(Folds folds, int n) {
    int[] foldOf = folds.ofRows(n);
    int[][] outside = new int[folds.count()][];
    for (int f = 0; f < outside.length; f++) {
      int fold = f;
      outside[f] = IntStream.range(0, n).filter(row -> foldOf[row] != fold).toArray();
    }
    return outside;
  }

  private static double constant(Matrix targets, int[] outside, int[] test, Score score) {
    Matrix mean = Matrix.zeros(test.length, targets.cols());
    for (int c = 0; c < targets.cols(); c++) {
      double sum = 0;
      for (int row : outside) {
        sum += targets.get(row, c);
      }
      for (int t = 0; t < test.length; t++) {
        mean.set(t, c, sum / outside.length);
      }
    }
    return score.of(targets, mean, test, 0);
  }

  private static Matrix missing(int rows, int cols) {
    double[] values = new double[rows * cols];
    Arrays.fill(values, Double.NaN);
    return Matrix.of(rows, cols, values);
  }

  private static void copy(Matrix from, int[] rows, Matrix into) {
    for (int c = 0; c < from.cols(); c++) {
      for (int k = 0; k < rows.length; k++) {
        into.set(rows[k], c, from.get(k, c));
      }
    }
  }

  private static int best(double[][] foldScores, Score score) {
    int best = 0;
    for (int l = 1; l < foldScores.length; l++) {
      if (!score.better(mean(foldScores[best]), mean(foldScores[l]))) {
        best = l;
      }
    }
    return best;
  }

  /** The model: the fit of all rows at the chosen λ. */
  public RidgeModel model() {
    return new RidgeModel(lambdas[chosen], coefficients, intercept);
  }

  /** Index of the λ with the best mean over the folds: chosen on the test rows, so it flatters. */
  public int best() {
    return best(foldScores, score);
  }

  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Standard deviation over √k. */
  public static double standardError(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1) / values.length);
  }
}
