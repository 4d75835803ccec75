package dev.kindling.spark.ade;

import dev.kindling.ade.LiveTile;
import dev.kindling.ade.Metric;
import dev.kindling.ade.MetricHistory;
import dev.kindling.ade.PointTile;
import java.io.Serializable;

/**
 * A block's points as a search needs them.
 *
 * @param number of the block
 * @param rows what its rows are called, and their classes
 * @param tile their images, under the numbers of the rows; null where they follow a metric
 * @param live those that follow a metric; null where they do not
 */
record IndexTile(int number, Rows rows, PointTile tile, LiveTile live) implements Serializable {
  /** Names and labels of a block's rows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rows(RowNames names, int[] labels) implements Serializable {}

  /**
   * @param origin that images are taken from
   */
  static IndexTile of(PointBlock block, Metric metric, double[] origin) {
    return new IndexTile(
        block.number(),
        rows(block),
        new PointTile(block.rowNumbers(), metric.apply(block.points(), origin)),
        null);
  }

  /**
   * One that follows a metric and keeps the block's points; images are made when it is first asked.
   *
   * @param origin that images are taken from
   * @param k length of the images
   */
  static IndexTile live(PointBlock block, double[] origin, int k) {
    return new IndexTile(
        block.number(),
        rows(block),
        null,
        new LiveTile(block.rowNumbers(), block.points(), origin, k));
  }

  private static Rows rows(PointBlock block) {
    return new Rows(block.names(), block.labels());
  }

  /**
   * The images.
   *
   * @param history that they follow; null where they follow none
   */
  PointTile under(MetricHistory history) {
    return live == null ? tile : live.follow(history);
  }

  /** Bytes of a point's image. */
  static double bytes(int k) {
    return 12.0 * k + 40;
  }
}
