package dev.kindling.validation;

import dev.kindling.linalg.Matrix;

/** How predictions are judged on some rows. */
public enum Score {
  /** Share of rows whose largest column is the true one: one-hot targets, higher is better. */
  ACCURACY(true) {
    @Override
    public double sum(Matrix targets, Matrix predictions, int[] rows, int firstPrediction) {
      int right = 0;
      for (int k = 0; k < rows.length; k++) {
        if (largest(targets, rows[k])
            == largest(predictions, prediction(rows, k, firstPrediction))) {
          right++;
        }
      }
      return right;
    }

    @Override
    public double mean(double sum, int rows) {
      return sum / rows;
    }
  },
  /** Root of the mean squared error, in the target's unit: lower is better. */
  RMSE(false) {
    @Override
    public double sum(Matrix targets, Matrix predictions, int[] rows, int firstPrediction) {
      double sum = 0;
      for (int k = 0; k < rows.length; k++) {
        double error =
            targets.get(rows[k], 0) - predictions.get(prediction(rows, k, firstPrediction), 0);
        sum += error * error;
      }
      return sum;
    }

    @Override
    public double mean(double sum, int rows) {
      return Math.sqrt(sum / rows);
    }
  };

  private final boolean higherIsBetter;

  Score(boolean higherIsBetter) {
    this.higherIsBetter = higherIsBetter;
  }

  /** Predictions stand under the same row numbers as the targets. */
  public static final int SAME_ROWS = -1;

  /**
   * @param firstPrediction {@link #SAME_ROWS}, or the row of the first prediction where they stand
   *     in the order of {@code rows}
   */
  public double of(Matrix targets, Matrix predictions, int[] rows, int firstPrediction) {
    return mean(sum(targets, predictions, rows, firstPrediction), rows.length);
  }

  /** What adds up over blocks of rows: rows that are right, squared errors. See {@link #of}. */
  public abstract double sum(Matrix targets, Matrix predictions, int[] rows, int firstPrediction);

  /** The score of some rows from their {@link #sum}. */
  public abstract double mean(double sum, int rows);

  private static int prediction(int[] rows, int k, int first) {
    return first == SAME_ROWS ? rows[k] : first + k;
  }

  public boolean better(double a, double b) {
    return higherIsBetter ? a > b : a < b;
  }

  /** The index of the best of some scores, the last of equals. */
  public int lastBest(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (!better(scores[best], scores[i])) {
        best = i;
      }
    }
    return best;
  }

  /** The index of the largest entry, the first of equals. */
  public static int largest(double[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      if (values[c] > values[best]) {
        best = c;
      }
    }
    return best;
  }

  /** The column of the largest entry of a row, the first of equals. */
  public static int largest(Matrix matrix, int row) {
    int best = 0;
    for (int c = 1; c < matrix.cols(); c++) {
      if (matrix.get(row, c) > matrix.get(row, best)) {
        best = c;
      }
    }
    return best;
  }
}
