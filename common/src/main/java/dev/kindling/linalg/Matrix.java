package dev.kindling.linalg;

import java.util.Arrays;

/**
 * A dense matrix of doubles, column-major: entry (i, j) is {@code values[i + j·rows]}. Its shape
 * never changes, its entries may. 8·rows·cols bytes.
 */
public final class Matrix implements java.io.Serializable {
  private final int rows;
  private final int cols;
  private final double[] values;

  private Matrix(int rows, int cols, double[] values) {
    this.rows = rows;
    this.cols = cols;
    this.values = values;
  }

  /**
   * A matrix of zeros.
   *
   * @throws IllegalArgumentException if a side is negative, or rows·cols entries do not fit into
   *     one array
   */
  public static Matrix zeros(int rows, int cols) {
    return new Matrix(rows, cols, new double[size(rows, cols)]);
  }

  /** The identity of order n. */
  public static Matrix identity(int n) {
    return diagonal(filled(n, 1));
  }

  /** The square matrix with these entries on its diagonal. */
  public static Matrix diagonal(double... entries) {
    Matrix m = zeros(entries.length, entries.length);
    for (int i = 0; i < entries.length; i++) {
      m.values[i + i * m.rows] = entries[i];
    }
    return m;
  }

  /**
   * A view of an array: writes to one are writes to the other.
   *
   * @param values rows·cols entries, column-major. Kept, not copied.
   * @throws IllegalArgumentException if there are more or fewer of them
   */
  public static Matrix of(int rows, int cols, double[] values) {
    if (values.length != size(rows, cols)) {
      throw new IllegalArgumentException(
          rows + "×" + cols + " needs " + size(rows, cols) + " values, not " + values.length);
    }
    return new Matrix(rows, cols, values);
  }

  /**
   * A copy of a table given by rows.
   *
   * @param table rows of one length. Not modified.
   * @throws IllegalArgumentException if the lengths differ
   */
  public static Matrix ofRows(double[][] table) {
    Matrix m = zeros(table.length, table.length == 0 ? 0 : table[0].length);
    for (int i = 0; i < m.rows; i++) {
      if (table[i].length != m.cols) {
        throw new IllegalArgumentException(
            "row " + i + " has " + table[i].length + " entries, row 0 has " + m.cols);
      }
      for (int j = 0; j < m.cols; j++) {
        m.values[i + j * m.rows] = table[i][j];
      }
    }
    return m;
  }

  public int rows() {
    return rows;
  }

  public int cols() {
    return cols;
  }

  /** The entries themselves, column-major; writes go through. */
  public double[] values() {
    return values;
  }

  public double get(int i, int j) {
    return values[index(i, j)];
  }

  public void set(int i, int j, double value) {
    values[index(i, j)] = value;
  }

  public Matrix copy() {
    return new Matrix(rows, cols, values.clone());
  }

  public Matrix transpose() {
    Matrix t = new Matrix(cols, rows, new double[values.length]);
    for (int j = 0, k = 0; j < cols; j++) {
      for (int i = 0; i < rows; i++, k++) {
        t.values[j + i * cols] = values[k];
      }
    }
    return t;
  }

  /** {@code 3×4}. */
  public String shape() {
    return rows + "×" + cols;
  }

  /**
   * @param operation whose input this is, for the message
   * @throws IllegalArgumentException naming the first entry, in column order, that is not finite
   */
  void requireFinite(String operation) {
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw new IllegalArgumentException(
            operation + ": row " + k % rows + ", column " + k / rows + " is " + values[k]);
      }
    }
  }

  void requireEntries(String operation) {
    if (values.length == 0) {
      throw new IllegalArgumentException(operation + " of a " + shape() + " matrix");
    }
    requireFinite(operation);
  }

  void requireSquare(String operation) {
    if (rows != cols) {
      throw new IllegalArgumentException(operation + " needs a square matrix, not " + shape());
    }
  }

  /**
   * @throws IllegalArgumentException naming the first pair of entries that differ by more than
   *     1e-10 of the largest entry
   */
  void requireSymmetric(String operation) {
    requireSquare(operation);
    requireFinite(operation);
    double largest = 0;
    for (double v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    for (int j = 0; j < cols; j++) {
      for (int i = j + 1; i < rows; i++) {
        double lower = values[i + j * rows];
        double upper = values[j + i * rows];
        if (Math.abs(lower - upper) > 1e-10 * largest) {
          throw new IllegalArgumentException(
              operation
                  + (" needs a symmetric matrix, but (" + i + ", " + j + ") is " + lower)
                  + (" and (" + j + ", " + i + ") is " + upper));
        }
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix m
        && rows == m.rows
        && cols == m.cols
        && Arrays.equals(values, m.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + cols) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length > 64 ? shape() : shape() + " " + Arrays.toString(values);
  }

  private int index(int i, int j) {
    if (i < 0 || i >= rows || j < 0 || j >= cols) {
      throw new IndexOutOfBoundsException("(" + i + ", " + j + ") of a " + shape() + " matrix");
    }
    return i + j * rows;
  }

  private static double[] filled(int n, double value) {
    double[] entries = new double[n];
    Arrays.fill(entries, value);
    return entries;
  }

  private static int size(int rows, int cols) {
    if (rows < 0 || cols < 0) {
      throw new IllegalArgumentException("no matrix is " + rows + "×" + cols);
    }
    long size = (long) rows * cols;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          rows + "×" + cols + " has " + size + " entries; an array holds 2147483639");
    }
    return (int) size;
  }
}
