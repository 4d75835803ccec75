package dev.kindling.spark.ade;

import dev.kindling.ade.SketchedBatch;
import dev.kindling.ade.Sketches;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A round of queries with their sketches.
 *
 * @param round the queries' images
 * @param sketched of each batch
 */
record SketchedRound(QueryRound<Matrix> round, List<SketchedBatch> sketched)
    implements Serializable {
  /**
   * A block of queries, on its way to the driver.
   *
   * @param block with images for points
   * @param batches its sketches
   */
  record Block(PointBlock block, List<SketchedBatch> batches) implements Serializable {
    static Block of(PointBlock images, Sketching sketching, Sketches sketches) {
      int k = images.points().rows();
      List<SketchedBatch> batches = new ArrayList<>();
      for (int from = 0; from < images.rows(); from += QueryRound.BATCH) {
        int to = Math.min(images.rows(), from + QueryRound.BATCH);
        double[] some = new double[(to - from) * k];
        System.arraycopy(images.points().values(), from * k, some, 0, some.length);
        batches.add(
            sketching.batch(sketches, images.firstRow() + from, Matrix.of(k, to - from, some)));
      }
      return new Block(images, batches);
    }
  }

  /**
   * @param classes of the labels; empty without labels
   */
  static SketchedRound of(List<Block> blocks, List<String> classes) {
    return new SketchedRound(
        QueryRound.of(blocks.stream().map(Block::block).toList(), classes),
        blocks.stream().flatMap(block -> block.batches().stream()).toList());
  }

  int batches() {
    return sketched.size();
  }
}
