package dev.kindling.data.table;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** One row on its way from a file to a DataFrame. Reused from row to row. */
final class TableRow {
  /** The features, or in a sparse row the values that stand at {@link #indices}. */
  double[] values;

  /** Increasing, 0-based; null in a dense row. */
  int[] indices;

  double target;
  double weight;
  String id;
  final String[] carried;

  /** The label as text, or null when it is the number in {@link #labelNumber}. */
  String labelText;

  double labelNumber;

  TableRow(Layout layout) {
    values = new double[layout.dense()];
    carried = new String[layout.carried().size()];
  }

  /** A vector of its own: the row's arrays are overwritten by the next row. */
  Vector features(int size) {
    if (indices == null) {
      return Vectors.dense(values.clone());
    }
    return Vectors.sparse(size, indices.clone(), values.clone());
  }
}
