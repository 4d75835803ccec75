package dev.kindling.spark.report;

/** Means over blocks of a matrix, for one that has more cells than a screen has room. */
final class Blocks {
  private Blocks() {}

  /**
   * At most side×side means, of the finite entries of each block; NaN for a block without any.
   *
   * @param values rows of one length, at least one. Not modified.
   */
  static double[][] means(double[][] values, int side) {
    int rows = Math.min(side, values.length);
    int cols = Math.min(side, values[0].length);
    double[][] means = new double[rows][cols];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        means[i][j] =
            mean(
                values,
                start(i, rows, values.length),
                start(i + 1, rows, values.length),
                start(j, cols, values[0].length),
                start(j + 1, cols, values[0].length));
      }
    }
    return means;
  }

  private static int start(int block, int blocks, int length) {
    return (int) ((long) block * length / blocks);
  }

  private static double mean(double[][] values, int top, int bottom, int left, int right) {
    double sum = 0;
    int count = 0;
    for (int i = top; i < bottom; i++) {
      for (int j = left; j < right; j++) {
        if (Double.isFinite(values[i][j])) {
          sum += values[i][j];
          count++;
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
