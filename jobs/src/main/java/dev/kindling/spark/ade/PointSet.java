package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.block.Permutation;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * Some rows of a table on the driver, in the order of the table.
 *
 * @param points d×n, a point a column
 * @param names n
 * @param labels n class numbers; all 0 without labels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PointSet(Matrix points, RowNames names, int[] labels) {
  int count() {
    return labels.length;
  }

  /** Point j, new. */
  double[] point(int j) {
    int d = points.rows();
    return Arrays.copyOfRange(points.values(), j * d, (j + 1) * d);
  }

  /** Some of them, by their columns; new. */
  PointSet of(int[] columns) {
    int d = points.rows();
    Matrix some = Matrix.zeros(d, columns.length);
    RowNames own = new RowNames(names.inWords(), columns.length);
    int[] classes = new int[columns.length];
    for (int j = 0; j < columns.length; j++) {
      System.arraycopy(points.values(), columns[j] * d, some.values(), j * d, d);
      own.add(names.get(columns[j]));
      classes[j] = labels[columns[j]];
    }
    return new PointSet(some, own, classes);
  }

  /** Numbers of so many rows out of n, all where there are no more; ascending. */
  static long[] draw(long n, long count, long seed) {
    long[] rows = new long[Math.toIntExact(Math.min(n, count))];
    Permutation order = new Permutation(n, seed);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows.length == n ? i : order.of(i);
    }
    Arrays.sort(rows);
    return rows;
  }

  /**
   * @throws BadInput if a matrix cannot hold so many numbers
   */
  static void requireRoom(int dimension, long points) {
    if (points * dimension > Integer.MAX_VALUE - 8L) {
      throw BadInput.of(
          "%,d points of %,d features are more than one matrix on the driver can hold; take fewer",
          points, dimension);
    }
  }
}
