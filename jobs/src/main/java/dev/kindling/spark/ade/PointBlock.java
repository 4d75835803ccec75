package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.PointTile;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Consecutive rows of a table, in the order of the table, at most as many as fill a {@link
 * PointTile}: which rows share a block depends on their numbers alone.
 *
 * @param number of the block, from 0
 * @param points d×n, a point a column
 * @param names n
 * @param labels n class numbers or {@link #NO_LABEL}; all 0 without labels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PointBlock(int number, Matrix points, RowNames names, int[] labels) implements Serializable {
  /** Of a point whose class is not known. */
  static final int NO_LABEL = -1;

  /** Rows of a block. */
  static final int ROWS = PointTile.POINTS;

  static int count(long rows) {
    return Math.toIntExact((rows + ROWS - 1) / ROWS);
  }

  int rows() {
    return points.cols();
  }

  /** The same rows with their images U x for points. */
  PointBlock under(Metric metric) {
    return new PointBlock(number, metric.apply(points), names, labels);
  }

  /** The same rows with U x − centre for points. */
  PointBlock centred(Metric metric, double[] centre) {
    PointBlock images = under(metric);
    double[] values = images.points.values();
    for (int i = 0; i < values.length; i++) {
      values[i] -= centre[i % centre.length];
    }
    return images;
  }

  /** A point; a copy. */
  double[] point(int i) {
    int d = points.rows();
    return Arrays.copyOfRange(points.values(), i * d, (i + 1) * d);
  }

  /** Number of its first row. */
  long firstRow() {
    return (long) number * ROWS;
  }

  /** The numbers of its rows. */
  long[] rowNumbers() {
    long[] numbers = new long[rows()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = firstRow() + i;
    }
    return numbers;
  }
}
