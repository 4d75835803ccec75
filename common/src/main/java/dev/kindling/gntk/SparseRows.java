package dev.kindling.gntk;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/** A sparse matrix by rows. 12 bytes an entry. */
final class SparseRows implements Serializable {
  private static final long serialVersionUID = 1L;

  final int[] offsets;
  final int[] columns;
  final double[] values;

  SparseRows(int[] offsets, int[] columns, double[] values) {
    this.offsets = offsets;
    this.columns = columns;
    this.values = values;
  }

  int rows() {
    return offsets.length - 1;
  }

  /**
   * Position of the first entry of {@code row} whose column is {@code column} or more, where
   * columns ascend in a row.
   */
  int lowerBound(int row, int column) {
    int at = Arrays.binarySearch(columns, offsets[row], offsets[row + 1], column);
    return at >= 0 ? at : -1 - at;
  }

  /** Some rows, in that order, and all of their columns. */
  SparseRows some(int[] rows) {
    int[] ends = new int[rows.length + 1];
    for (int r = 0; r < rows.length; r++) {
      ends[r + 1] = ends[r] + offsets[rows[r] + 1] - offsets[rows[r]];
    }
    int[] some = new int[ends[rows.length]];
    double[] numbers = new double[some.length];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(columns, offsets[rows[r]], some, ends[r], ends[r + 1] - ends[r]);
      System.arraycopy(values, offsets[rows[r]], numbers, ends[r], ends[r + 1] - ends[r]);
    }
    return new SparseRows(ends, some, numbers);
  }

  /** Some rows that follow each other, and all of their columns. */
  SparseRows range(int from, int to) {
    int[] ends = new int[to - from + 1];
    for (int r = from; r <= to; r++) {
      ends[r - from] = offsets[r] - offsets[from];
    }
    return new SparseRows(
        ends,
        Arrays.copyOfRange(columns, offsets[from], offsets[to]),
        Arrays.copyOfRange(values, offsets[from], offsets[to]));
  }

  /**
   * The transpose; rows stay in order in each of its rows.
   *
   * @param width number of columns
   */
  SparseRows transposed(int width) {
    int[] ends = new int[width + 1];
    int entries = offsets[rows()];
    for (int k = 0; k < entries; k++) {
      ends[columns[k] + 1]++;
    }
    for (int c = 0; c < width; c++) {
      ends[c + 1] += ends[c];
    }
    int[] next = Arrays.copyOf(ends, width);
    int[] turned = new int[entries];
    double[] numbers = new double[entries];
    for (int r = 0; r < rows(); r++) {
      for (int k = offsets[r]; k < offsets[r + 1]; k++) {
        int at = next[columns[k]]++;
        turned[at] = r;
        numbers[at] = values[k];
      }
    }
    return new SparseRows(ends, turned, numbers);
  }

  /** These rows, then the others. */
  SparseRows above(SparseRows others) {
    int[] ends = Arrays.copyOf(offsets, offsets.length + others.rows());
    int entries = offsets[rows()];
    for (int r = 1; r <= others.rows(); r++) {
      ends[rows() + r] = entries + others.offsets[r];
    }
    int[] both = Arrays.copyOf(columns, ends[ends.length - 1]);
    double[] numbers = Arrays.copyOf(values, both.length);
    System.arraycopy(others.columns, 0, both, entries, both.length - entries);
    System.arraycopy(others.values, 0, numbers, entries, both.length - entries);
    return new SparseRows(ends, both, numbers);
  }

  void write(DataOutput out) throws IOException {
    ArrayIo.writeInts(out, offsets);
    ArrayIo.writeInts(out, columns);
    ArrayIo.writeDoubles(out, values);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param rows how many it must have
   * @param width above each of its columns
   * @throws IOException if the bytes cannot be that; nothing is allocated before its length is
   *     checked
   */
  static SparseRows read(DataInput in, int rows, int width) throws IOException {
    int[] offsets = ArrayIo.readInts(in, rows + 1);
    ArrayIo.check(offsets.length == rows + 1 && offsets[0] == 0, "rows", offsets.length);
    for (int row = 0; row < rows; row++) {
      ArrayIo.check(offsets[row] <= offsets[row + 1], "row end", offsets[row + 1]);
    }
    int entries = offsets[rows];
    int[] columns = ArrayIo.readInts(in, entries);
    double[] values = ArrayIo.readDoubles(in, entries);
    ArrayIo.check(columns.length == entries && values.length == entries, "entries", entries);
    for (int column : columns) {
      ArrayIo.check(column >= 0 && column < width, "column", column);
    }
    return new SparseRows(offsets, columns, values);
  }

  /** Appends row after row. */
  static final class Builder {
    private final int[] offsets;
    private final int[] columns;
    private final double[] values;
    private int rows;

    Builder(int rows, int mostEntries) {
      offsets = new int[rows + 1];
      columns = new int[mostEntries];
      values = new double[mostEntries];
    }

    /**
     * Adds a row that holds how often each number stands in {@code ids}.
     *
     * @param ids Modified: sorted
     */
    void addCounted(int[] ids) {
      Arrays.sort(ids);
      int entry = offsets[rows];
      for (int k = 0; k < ids.length; k++) {
        if (k == 0 || ids[k] != ids[k - 1]) {
          columns[entry++] = ids[k];
        }
        values[entry - 1]++;
      }
      offsets[++rows] = entry;
    }

    SparseRows build() {
      int entries = offsets[rows];
      return new SparseRows(
          offsets, Arrays.copyOf(columns, entries), Arrays.copyOf(values, entries));
    }
  }
}
