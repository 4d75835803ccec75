package dev.kindling.validation;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What k folds say of a path of fits, from the weakest regularisation to the strongest, in two
 * ways. Best: the point of the path with the best mean over the folds, the literature's protocol;
 * it looks at the test rows. Nested: each fold takes the point that an inner selection among the
 * rows outside the fold likes best. Of equals the strongest regularisation wins, everywhere.
 *
 * @param path the penalty, or whatever is varied, at each point
 * @param selection the score by which the model's own point is chosen from all rows
 * @param foldScores at each point, on each fold
 * @param nestedChoice index into the path, for each fold
 * @param nestedInner the inner selection's score of each fold's nested point
 * @param nestedScores on each fold at its nested point
 * @param constantScores on each fold, of the mean or the most frequent class of the rows outside
 * @param nestedPredictions n×m: each row from the fit that did not see its fold; NaN where no fold
 *     tests it
 * @param bestPredictions the same at the point of {@link #best}
 */
public record Validation(
    Score score,
    double[] path,
    double[] selection,
    double[][] foldScores,
    int[] nestedChoice,
    double[] nestedInner,
    double[] nestedScores,
    double[] constantScores,
    Matrix nestedPredictions,
    Matrix bestPredictions)
    implements Serializable {

  /**
   * Judges.
   *
   * @param path the weakest regularisation first
   * @param selection at each point, over all rows
   * @param targets n×m: one-hot classes for {@link Score#ACCURACY}, one column for {@link
   *     Score#RMSE}. Not modified
   * @param held by point and fold: predictions on the fold's rows, in their order, by the fit of
   *     the others
   * @param inner by point and fold: the score of the inner selection, which knows the rows outside
   *     the fold only
   */
  public static Validation of(
      Score score,
      double[] path,
      double[] selection,
      Matrix targets,
      Folds folds,
      Matrix[][] held,
      double[][] inner) {
    int k = folds.count();
    double[][] foldScores = new double[path.length][k];
    for (int l = 0; l < path.length; l++) {
      for (int f = 0; f < k; f++) {
        foldScores[l][f] = score.of(targets, held[l][f], folds.test()[f], 0);
      }
    }
    return of(
        score,
        path,
        selection,
        targets,
        folds,
        foldScores,
        inner,
        points -> {
          Matrix predictions = missing(targets.rows(), targets.cols());
          for (int f = 0; f < k; f++) {
            copy(held[points[f]][f], folds.test()[f], predictions);
          }
          return predictions;
        });
  }

  /** The predictions that are wanted once the points are chosen. */
  public interface Predictions {
    /**
     * @param points for each fold the point of the path that predicts its rows
     * @return n×m: each row from the fit that did not see its fold; NaN where no fold tests it
     */
    Matrix at(int[] points);
  }

  /**
   * Judges where no one holds the predictions at all points.
   *
   * @param foldScores by point and fold, on the fold's rows by the fit of the others
   * @param predictions is called twice
   */
  public static Validation of(
      Score score,
      double[] path,
      double[] selection,
      Matrix targets,
      Folds folds,
      double[][] foldScores,
      double[][] inner,
      Predictions predictions) {
    int k = folds.count();
    int[][] outside = folds.outside(targets.rows());
    int[] nestedChoice = new int[k];
    double[] nestedInner = new double[k];
    double[] nestedScores = new double[k];
    double[] constant = new double[k];
    for (int f = 0; f < k; f++) {
      int fold = f;
      nestedChoice[f] = score.lastBest(Arrays.stream(inner).mapToDouble(at -> at[fold]).toArray());
      nestedInner[f] = inner[nestedChoice[f]][f];
      nestedScores[f] = foldScores[nestedChoice[f]][f];
      constant[f] = constant(targets, outside[f], folds.test()[f], score);
    }
    int[] best = new int[k];
    Arrays.fill(best, best(foldScores, score));
    return new Validation(
        score,
        path,
        selection,
        foldScores,
        nestedChoice,
        nestedInner,
        nestedScores,
        constant,
        predictions.at(nestedChoice),
        predictions.at(best));
  }

  /**
   * One validation over the paths of several, end to end: what was validated on the same rows and
   * folds with something beside the regularization varied. Nested, each fold takes the part and its
   * point whose inner score is the best. Of equals the last part wins, everywhere.
   *
   * @param parts with equal targets and folds, at least one
   */
  public static Validation joined(List<Validation> parts, Folds folds) {
    Validation last = parts.get(parts.size() - 1);
    Score score = last.score;
    int k = folds.count();
    int[] first = new int[parts.size()];
    for (int p = 1; p < first.length; p++) {
      first[p] = first[p - 1] + parts.get(p - 1).path.length;
    }
    int[] nestedChoice = new int[k];
    double[] nestedInner = new double[k];
    double[] nestedScores = new double[k];
    Matrix nested = missing(last.nestedPredictions.rows(), last.nestedPredictions.cols());
    for (int f = 0; f < k; f++) {
      int fold = f;
      int p = score.lastBest(parts.stream().mapToDouble(v -> v.nestedInner[fold]).toArray());
      Validation part = parts.get(p);
      nestedChoice[f] = first[p] + part.nestedChoice[f];
      nestedInner[f] = part.nestedInner[f];
      nestedScores[f] = part.nestedScores[f];
      for (int row : folds.test()[f]) {
        for (int c = 0; c < nested.cols(); c++) {
          nested.set(row, c, part.nestedPredictions.get(row, c));
        }
      }
    }
    Validation best =
        parts.get(
            score.lastBest(
                parts.stream().mapToDouble(v -> mean(v.foldScores[v.best()])).toArray()));
    return new Validation(
        score,
        endToEnd(parts, Validation::path),
        endToEnd(parts, Validation::selection),
        parts.stream().flatMap(v -> Arrays.stream(v.foldScores)).toArray(double[][]::new),
        nestedChoice,
        nestedInner,
        nestedScores,
        last.constantScores,
        nested,
        best.bestPredictions);
  }

  private static double[] endToEnd(List<Validation> parts, Function<Validation, double[]> values) {
    return parts.stream().flatMapToDouble(v -> Arrays.stream(values.apply(v))).toArray();
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
    return score.lastBest(Arrays.stream(foldScores).mapToDouble(Validation::mean).toArray());
  }

  /**
   * Index of the point with the best mean over the folds: chosen on the test rows, so it flatters.
   */
  public int best() {
    return best(foldScores, score);
  }

  /** Index of the model's point: the best by {@link #selection}. */
  public int chosen() {
    return score.lastBest(selection);
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
