package dev.kindling.svm;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The choice of a cost by five folds of the training rows, and the fit of all of them at that cost.
 *
 * @param scores at each cost, over all training rows, each predicted by the fit that did not see it
 * @param model at the best cost, of equals the smallest
 */
public record SvmSelection(double[] scores, KernelFunction model) implements Serializable {
  /** Inner folds. */
  public static final int FOLDS = 5;

  /** Half-decades from 10⁴ to 10⁻², descending: the range of the literature. */
  public static double[] costs() {
    return IntStream.rangeClosed(-4, 8).mapToDouble(e -> Math.pow(10, (4 - e) / 2.0)).toArray();
  }

  /**
   * Of all rows.
   *
   * @param costs descending. Not modified
   * @param seed of the folds
   */
  public static SvmSelection of(KernelSvm svm, double[] costs, long seed) {
    int n = svm.targets().rows();
    double[] scores = scores(svm, IntStream.range(0, n).toArray(), costs, seed);
    return new SvmSelection(scores, model(svm, costs[svm.score().lastBest(scores)]));
  }

  /**
   * The score of the model's cost.
   *
   * @param score by which it was chosen
   */
  public double best(Score score) {
    return scores[score.lastBest(scores)];
  }

  /** The fit of all rows at one cost. */
  public static KernelFunction model(KernelSvm svm, double cost) {
    int n = svm.targets().rows();
    return svm.fit(IntStream.range(0, n).toArray(), cost).function(n);
  }

  /**
   * With a model for the kernel that is not normalised; see {@link KernelFunction#scaled}.
   *
   * @param scales not modified
   */
  public SvmSelection scaled(double[] scales) {
    return new SvmSelection(scores, model.scaled(scales));
  }

  /** The score of each cost by folds of some rows; nothing else is looked at. */
  static double[] scores(KernelSvm svm, int[] rows, double[] costs, long seed) {
    double[] scores = new double[costs.length];
    int count = Math.min(FOLDS, rows.length);
    if (count < 2) {
      return scores; // nothing to choose by: the smallest
    }
    Matrix targets = svm.targets();
    int[] classes =
        svm.score() == Score.ACCURACY
            ? Arrays.stream(rows).map(row -> Score.largest(targets, row)).toArray()
            : null;
    Folds folds = Folds.random(rows.length, count, classes, seed);
    int[][] outside = folds.outside(rows.length);
    Matrix[] predictions = new Matrix[costs.length];
    Arrays.setAll(predictions, l -> Matrix.zeros(rows.length, targets.cols()));
    for (int f = 0; f < count; f++) {
      int[] test = folds.test()[f];
      int[] testRows = Arrays.stream(test).map(k -> rows[k]).toArray();
      int[] trainRows = Arrays.stream(outside[f]).map(k -> rows[k]).toArray();
      for (int l = 0; l < costs.length; l++) {
        Matrix held = svm.predict(svm.fit(trainRows, costs[l]), testRows);
        for (int c = 0; c < targets.cols(); c++) {
          for (int k = 0; k < test.length; k++) {
            predictions[l].set(test[k], c, held.get(k, c));
          }
        }
      }
    }
    for (int l = 0; l < costs.length; l++) {
      scores[l] = svm.score().of(targets, predictions[l], rows, 0);
    }
    return scores;
  }
}
