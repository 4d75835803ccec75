package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.PointTile;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

  /** Rows whose images are made at a time where several cores make them. */
  private static final int PART = 128;

  static int count(long rows) {
    return Math.toIntExact((rows + ROWS - 1) / ROWS);
  }

  /**
   * Rows in blocks.
   *
   * @param rows id, label and point of each
   * @param firstRow number of the first, a multiple of {@link #ROWS}
   */
  static List<PointBlock> cut(int dimension, boolean inWords, List<Object[]> rows, long firstRow) {
    List<PointBlock> blocks = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ROWS) {
      int count = Math.min(ROWS, rows.size() - from);
      Matrix points = Matrix.zeros(dimension, count);
      RowNames names = new RowNames(inWords, count);
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        Object[] row = rows.get(from + i);
        names.add(row[0]);
        labels[i] = (Integer) row[1];
        System.arraycopy((double[]) row[2], 0, points.values(), i * dimension, dimension);
      }
      int number = Math.toIntExact((firstRow + from) / ROWS);
      blocks.add(new PointBlock(number, points, names, labels));
    }
    return List.copyOf(blocks);
  }

  int rows() {
    return points.cols();
  }

  /** The same rows with their images U(x − o) for points. */
  PointBlock under(Metric metric, double[] origin) {
    return new PointBlock(number, metric.apply(points, origin), names, labels);
  }

  /**
   * The same rows with their images for points, a part of them on each core that has nothing else
   * to do: all others wait for a block of queries. The parts, and so the bits, are always the same.
   */
  PointBlock inParts(Metric metric, double[] origin) {
    int d = points.rows();
    int k = metric.rows();
    int parts = (rows() + PART - 1) / PART;
    Matrix images = Matrix.zeros(k, rows());
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              int from = part * PART;
              int to = Math.min(rows(), from + PART);
              double[] some = Arrays.copyOfRange(points.values(), from * d, to * d);
              double[] made = metric.apply(Matrix.of(d, to - from, some), origin).values();
              System.arraycopy(made, 0, images.values(), from * k, made.length);
            });
    return new PointBlock(number, images, names, labels);
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
