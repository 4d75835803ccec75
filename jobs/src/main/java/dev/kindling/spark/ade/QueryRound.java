package dev.kindling.spark.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.Function;

/**
 * As many queries as travel to the executors at a time, in batches for BLAS 3.
 *
 * @param first number of the first batch among all
 * @param images of each batch in order, k×n
 * @param names of the queries of each
 * @param labels names of the classes of the queries of each; null where not known
 */
record QueryRound(int first, List<Matrix> images, List<RowNames> names, List<List<String>> labels)
    implements Serializable {
  /** Queries of a batch: their products with a tile are a megabyte. */
  static final int BATCH = 256;

  /** Bytes of images that travel at a time, about. */
  private static final long BYTES = 32L << 20;

  /** Blocks at most, since each query has its candidates, however few its numbers are. */
  static final int MOST_BLOCKS = 16;

  private static final int BATCHES_A_BLOCK = PointBlock.ROWS / BATCH;

  /** Blocks of queries in a round. */
  static int blocks(int k) {
    return (int) Math.max(1, Math.min(MOST_BLOCKS, BYTES / (IndexTile.bytes(k) * PointBlock.ROWS)));
  }

  /** Batches in a round. */
  static int batches(int k) {
    return blocks(k) * BATCHES_A_BLOCK;
  }

  /**
   * Of consecutive blocks.
   *
   * @param blocks of images
   * @param classes of the labels; empty without labels
   */
  static QueryRound of(List<PointBlock> blocks, List<String> classes) {
    List<Matrix> batches = new ArrayList<>();
    List<RowNames> names = new ArrayList<>();
    List<List<String>> labels = new ArrayList<>();
    for (PointBlock block : blocks) {
      int k = block.points().rows();
      for (int from = 0; from < block.rows(); from += BATCH) {
        int to = Math.min(block.rows(), from + BATCH);
        double[] some = Arrays.copyOfRange(block.points().values(), from * k, to * k);
        batches.add(Matrix.of(k, to - from, some));
        names.add(block.names().range(from, to));
        List<String> known = new ArrayList<>();
        for (int i = from; i < to; i++) {
          known.add(classes.isEmpty() ? null : classes.get(block.labels()[i]));
        }
        labels.add(known);
      }
    }
    return new QueryRound(blocks.get(0).number() * BATCHES_A_BLOCK, batches, names, labels);
  }

  /** Makes a block of queries fit for a search, on an executor. */
  interface Change<T> extends Function<PointBlock, T> {}

  /** Answers some consecutive blocks. */
  interface Answer<T> {
    SearchTally of(List<T> blocks);
  }

  /**
   * Goes through the queries that are not answered, so many blocks at a time.
   *
   * @param state how many are answered; brought up to date after each round
   * @param answered told then
   */
  static <T> void each(
      PointBlocks queries,
      int blocks,
      Change<T> change,
      Answer<T> answer,
      SearchState state,
      Runnable answered) {
    for (int from = state.blocks(); from < queries.count(); from += blocks) {
      int end = Math.min(queries.count(), from + blocks);
      state.answered(end, answer.of(queries.collect(from, end, change)));
      answered.run();
    }
  }

  /** Number of the first query of a batch among all. */
  long firstQuery(int batch) {
    return (long) (first + batch) * BATCH;
  }
}
