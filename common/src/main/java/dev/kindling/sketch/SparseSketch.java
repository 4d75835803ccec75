package dev.kindling.sketch;

import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * OSNAP in its block form (Nelson and Nguyên 2013; Kane and Nelson 2014): the rows are cut into s
 * parts, and each column has one entry ±1/√s in each part.
 *
 * <p>s = 8, or m where that is less: with s = 1 the difference of two points in two coordinates
 * that meet in one row is lost altogether. Memory: 5·s·k bytes. Time: s operations for each number
 * of a vector that is not zero.
 */
final class SparseSketch implements Sketch {
  private static final int NON_ZEROS = 8;

  private final int rows;
  private final int columns;
  private final int perColumn;
  private final int[] row;
  private final double[] entry;

  SparseSketch(int rows, int columns, long seed) {
    Shape.require(rows, columns);
    this.rows = rows;
    this.columns = columns;
    this.perColumn = Math.min(NON_ZEROS, rows);
    int size = Math.multiplyExact(columns, perColumn);
    row = new int[size];
    entry = new double[size];
    double value = 1 / Math.sqrt(perColumn);
    for (int at = 0; at < size; at++) {
      int part = at % perColumn;
      int first = (int) ((long) part * rows / perColumn);
      int end = (int) ((long) (part + 1) * rows / perColumn);
      row[at] = first + (int) (RowKeys.even(seed, 2L * at) * (end - first));
      entry[at] = RowKeys.key(seed, 2L * at + 1) < 0 ? -value : value;
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    Shape.require(this, x, y);
    double[] from = x.values();
    double[] to = y.values();
    Arrays.fill(to, 0);
    for (int j = 0; j < x.cols(); j++) {
      for (int c = 0; c < columns; c++) {
        double value = from[j * columns + c];
        if (value != 0) {
          for (int at = c * perColumn; at < (c + 1) * perColumn; at++) {
            to[j * rows + row[at]] += entry[at] * value;
          }
        }
      }
    }
  }
}
