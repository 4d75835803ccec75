package dev.kindling.spark.ade;

import dev.kindling.ade.SparsePoints;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * As many queries as travel to the executors at a time, in batches for BLAS 3.
 *
 * @param first number of the first batch among all
 * @param <Q> a batch of queries as a search takes them
 * @param queries images of each batch in order: k×n, or without zeros
 * @param names of the queries of each
 * @param labels names of the classes of the queries of each; null where not known
 */
record QueryRound<Q>(int first, List<Q> queries, List<RowNames> names, List<List<String>> labels)
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
  static QueryRound<Matrix> of(List<PointBlock> blocks, List<String> classes) {
    QueryRound<Matrix> round = empty(blocks.get(0).number());
    for (PointBlock block : blocks) {
      int k = block.points().rows();
      double[] values = block.points().values();
      round.add(
          block.names(),
          block.labels(),
          classes,
          (from, to) -> Matrix.of(k, to - from, Arrays.copyOfRange(values, from * k, to * k)));
    }
    return round;
  }

  /** The same of blocks without zeros. */
  static QueryRound<SparsePoints> ofSparse(List<SparseBlock> blocks, List<String> classes) {
    QueryRound<SparsePoints> round = empty(blocks.get(0).number());
    for (SparseBlock block : blocks) {
      round.add(block.names(), block.labels(), classes, block.points()::range);
    }
    return round;
  }

  private static <Q> QueryRound<Q> empty(int firstBlock) {
    return new QueryRound<>(
        firstBlock * BATCHES_A_BLOCK, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Some of a block's queries. */
  private interface Range<Q> {
    Q of(int from, int to);
  }

  private void add(RowNames block, int[] classOf, List<String> classes, Range<Q> range) {
    for (int from = 0; from < block.count(); from += BATCH) {
      int to = Math.min(block.count(), from + BATCH);
      queries.add(range.of(from, to));
      names.add(block.range(from, to));
      List<String> known = new ArrayList<>();
      for (int i = from; i < to; i++) {
        known.add(classes.isEmpty() ? null : classes.get(classOf[i]));
      }
      labels.add(known);
    }
  }

  /** Brings consecutive blocks of queries to the driver, fit for a search. */
  interface Collect<T> {
    List<T> blocks(int first, int end);
  }

  /** Answers some consecutive blocks. */
  interface Answer<T> {
    SearchTally of(List<T> blocks);
  }

  /**
   * Goes through the queries that are not answered, so many blocks at a time.
   *
   * @param count blocks of queries
   * @param blocks at a time
   * @param state how many are answered; brought up to date after each round
   * @param answered told then
   */
  static <T> void each(
      int count,
      int blocks,
      Collect<T> collect,
      Answer<T> answer,
      SearchState state,
      Runnable answered) {
    for (int from = state.blocks(); from < count; from += blocks) {
      int end = Math.min(count, from + blocks);
      state.answered(end, answer.of(collect.blocks(from, end)));
      answered.run();
    }
  }

  /** What the tiles of a partition have for the batches of a round, in their order. */
  interface Scan<Q, T> extends Serializable {
    List<Found> find(List<Q> queries, Iterator<T> tiles);
  }

  /**
   * Answers the round: every partition of tiles looks, and executors merge a batch and write it.
   */
  <T> SearchTally answer(
      JavaSparkContext context,
      JavaRDD<T> tiles,
      Scan<Q, T> scan,
      TileScan.Question question,
      NeighborTables out) {
    Broadcast<QueryRound<Q>> shared = context.broadcast(this);
    try {
      int parts = Math.min(queries.size(), context.defaultParallelism());
      List<Tuple2<Integer, SearchTally>> tallies =
          tiles
              .mapPartitionsToPair(new Look<>(shared, scan))
              .groupByKey(parts)
              .map(new Write<>(shared, question, out))
              .collect();
      SearchTally all = new SearchTally();
      tallies.stream()
          .sorted(Comparator.comparingInt(Tuple2::_1))
          .forEach(batch -> all.merge(batch._2()));
      return all;
    } finally {
      shared.destroy();
    }
  }

  /** Looks at the tiles of a partition for all queries of a round. */
  private record Look<Q, T>(Broadcast<QueryRound<Q>> round, Scan<Q, T> scan)
      implements PairFlatMapFunction<Iterator<T>, Integer, Found> {
    @Override
    public Iterator<Tuple2<Integer, Found>> call(Iterator<T> tiles) {
      List<Found> found = scan.find(round.value().queries(), tiles);
      return IntStream.range(0, found.size())
          .mapToObj(b -> new Tuple2<>(b, found.get(b)))
          .iterator();
    }
  }

  /** Merges what partitions found for a batch, and writes it. */
  private record Write<Q>(
      Broadcast<QueryRound<Q>> round, TileScan.Question question, NeighborTables out)
      implements Function<Tuple2<Integer, Iterable<Found>>, Tuple2<Integer, SearchTally>> {
    @Override
    public Tuple2<Integer, SearchTally> call(Tuple2<Integer, Iterable<Found>> found) {
      int b = found._1();
      RowNames names = round.value().names().get(b);
      long self = question.self() ? round.value().firstQuery(b) : -1;
      List<Neighbors> merged = Found.merged(found._2(), names.count(), question.k(), self);
      return new Tuple2<>(
          b, out.write(round.value().first() + b, names, round.value().labels().get(b), merged));
    }
  }

  /** Number of the first query of a batch among all. */
  long firstQuery(int batch) {
    return (long) (first + batch) * BATCH;
  }
}
