package dev.kindling.spark.ade;

import dev.kindling.ade.Differences;
import dev.kindling.ade.Metric;
import dev.kindling.ade.SketchedPoints;
import dev.kindling.ade.Sketches;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/**
 * A block's points as a search by sketches needs them.
 *
 * @param number of the block
 * @param rows what its rows are called, and their classes
 * @param sketched their sketches
 * @param images U(x − o), k×n, for exact distances
 */
record SketchedTile(int number, IndexTile.Rows rows, SketchedPoints sketched, Matrix images)
    implements Serializable {
  /**
   * @param origin that images are taken from
   */
  static SketchedTile of(PointBlock block, Metric metric, double[] origin, Sketches sketches) {
    Matrix images = metric.apply(block.points(), origin);
    return new SketchedTile(
        block.number(),
        new IndexTile.Rows(block.names(), block.labels()),
        new SketchedPoints(sketches, images),
        images);
  }

  int count() {
    return images.cols();
  }

  long firstRow() {
    return (long) number * PointBlock.ROWS;
  }

  /**
   * The exact squared distance of point i.
   *
   * @param query images, taken from the same origin, k×b
   * @param q column of the one in question
   */
  double squared(int i, Matrix query, int q) {
    int k = images.rows();
    return Differences.squared(images.values(), i * k, query.values(), q * k, k);
  }

  /** Bytes of a point. */
  static double bytes(int k, long numbers) {
    return 8.0 * k + 4.0 * numbers + 40;
  }
}
