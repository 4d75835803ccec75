package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.PointTile;
import java.io.Serializable;

/**
 * A block's points as a search needs them.
 *
 * @param number of the block
 * @param rows what its rows are called, and their classes
 * @param tile their images, under the numbers of the rows
 */
record IndexTile(int number, Rows rows, PointTile tile) implements Serializable {
  /** Names and labels of a block's rows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rows(RowNames names, int[] labels) implements Serializable {}

  /**
   * @param centre of the images
   */
  static IndexTile of(PointBlock block, Metric metric, double[] centre) {
    return new IndexTile(
        block.number(),
        new Rows(block.names(), block.labels()),
        new PointTile(block.rowNumbers(), metric.apply(block.points()), centre));
  }

  /** Bytes of a point's image. */
  static double bytes(int k) {
    return 12.0 * k + 40;
  }
}
