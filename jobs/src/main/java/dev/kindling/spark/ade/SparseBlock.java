package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.SparsePoints;
import java.io.Serializable;

/**
 * A {@link PointBlock} of points of which most numbers are 0.
 *
 * @param number of the block, from 0
 * @param names n
 * @param labels n class numbers; all 0 without labels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SparseBlock(int number, SparsePoints points, RowNames names, int[] labels)
    implements Serializable {
  /** The same rows with their images under a diagonal metric for points. */
  SparseBlock under(Metric metric) {
    return new SparseBlock(number, points.under(metric), names, labels);
  }
}
