package dev.kindling.spark.ade;

import dev.kindling.ade.BatchSearch;
import dev.kindling.ade.Metric;
import dev.kindling.ade.QueryBatch;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Points under a metric, in the executors' memory (or on their disks where they do not fit), that
 * answers batches of queries with their nearest points, exactly.
 *
 * <p>A round of queries is one Spark job: every task looks at its tiles for all of them, and what
 * partitions have found is merged by batch on the executors, which write it. Nothing that grows
 * with points or queries comes to the driver but a round of queries.
 */
final class PointIndex implements AutoCloseable {
  private final JavaSparkContext context;
  private final JavaRDD<IndexTile> tiles;
  private final Broadcast<Metric> metric;
  private final double[] centre;
  private final boolean namedInWords;

  private PointIndex(
      JavaSparkContext context,
      JavaRDD<IndexTile> tiles,
      Broadcast<Metric> metric,
      double[] centre,
      boolean namedInWords) {
    this.context = context;
    this.tiles = tiles;
    this.metric = metric;
    this.centre = centre;
    this.namedInWords = namedInWords;
  }

  /**
   * Makes it; one pass over the points.
   *
   * @param mean of the points: images are taken from that of the mean, for precision's sake alone
   */
  static PointIndex of(JavaSparkContext context, PointBlocks points, Metric metric, double[] mean) {
    double[] centre = metric.apply(mean);
    Broadcast<Metric> shared = context.broadcast(metric);
    JavaRDD<IndexTile> tiles =
        points
            .blocks()
            .map(block -> IndexTile.of(block, shared.value(), centre))
            .persist(StorageLevel.MEMORY_AND_DISK());
    tiles.count();
    return new PointIndex(context, tiles, shared, centre, points.namedInWords());
  }

  /**
   * What to look for.
   *
   * @param k at most so many
   * @param radius none beyond it
   * @param self whether queries are the points and must not find themselves
   */
  record Question(int k, double radius, boolean self) implements Serializable {
    /** Whether there is a k. */
    boolean isBounded() {
      return k < Integer.MAX_VALUE;
    }

    /** How many to look for, so that k are left. */
    int most() {
      return self && isBounded() ? k + 1 : k;
    }
  }

  /**
   * Answers all queries that are not answered, a round at a time.
   *
   * @param state how many are; brought up to date after each round
   * @param answered told then
   */
  SearchTally ask(
      PointBlocks queries,
      Question question,
      NeighborTables out,
      SearchState state,
      Runnable answered) {
    Broadcast<Metric> shared = metric;
    int round = QueryRound.blocks(metric.value().rows());
    for (int from = state.blocks(); from < queries.count(); from += round) {
      int end = Math.min(queries.count(), from + round);
      List<PointBlock> blocks = queries.collect(from, end, block -> block.under(shared.value()));
      state.answered(end, ask(QueryRound.of(blocks, queries.classes()), question, out));
      answered.run();
    }
    return state.tally();
  }

  private SearchTally ask(QueryRound round, Question question, NeighborTables out) {
    Broadcast<QueryRound> shared = context.broadcast(round);
    try {
      int parts = Math.min(round.images().size(), context.defaultParallelism());
      List<Tuple2<Integer, SearchTally>> tallies =
          tiles
              .mapPartitionsToPair(new Scan(shared, centre, question, namedInWords))
              .groupByKey(parts)
              .map(new Write(shared, question, out))
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
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scan(
      Broadcast<QueryRound> round, double[] centre, Question question, boolean inWords)
      implements PairFlatMapFunction<Iterator<IndexTile>, Integer, Found> {
    @Override
    public Iterator<Tuple2<Integer, Found>> call(Iterator<IndexTile> tiles) {
      List<BatchSearch> searches = new ArrayList<>();
      for (Matrix images : round.value().images()) {
        QueryBatch batch = new QueryBatch(images, centre);
        searches.add(new BatchSearch(batch, question.most(), question.radius()));
      }
      float[] products = BatchSearch.room(QueryRound.BATCH);
      Map<Integer, IndexTile.Rows> seen = new HashMap<>();
      while (tiles.hasNext()) {
        IndexTile tile = tiles.next();
        seen.put(tile.number(), tile.rows());
        searches.forEach(search -> search.scan(tile.tile(), products));
      }
      List<Tuple2<Integer, Found>> found = new ArrayList<>();
      for (int b = 0; b < searches.size(); b++) {
        found.add(new Tuple2<>(b, Found.of(searches.get(b).nearest(), seen, inWords)));
      }
      return found.iterator();
    }
  }

  /** Merges what partitions found for a batch, and writes it. */
  private record Write(Broadcast<QueryRound> round, Question question, NeighborTables out)
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

  @Override
  public void close() {
    tiles.unpersist(false);
    metric.destroy();
  }
}
