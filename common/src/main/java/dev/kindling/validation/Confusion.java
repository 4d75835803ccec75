package dev.kindling.validation;

import dev.kindling.linalg.Matrix;

/**
 * How often each class was taken for each.
 *
 * @param counts by true and predicted class
 */
public record Confusion(long[][] counts) {
  /**
   * @param targets n×m, one-hot. Not modified
   * @param predictions n×m, the largest entry wins. Not modified
   * @param rows which to count
   */
  public static Confusion of(Matrix targets, Matrix predictions, int[] rows) {
    long[][] counts = new long[targets.cols()][targets.cols()];
    for (int row : rows) {
      counts[Score.largest(targets, row)][Score.largest(predictions, row)]++;
    }
    return new Confusion(counts);
  }
}
