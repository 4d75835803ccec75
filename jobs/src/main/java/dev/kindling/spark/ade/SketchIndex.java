package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.Sketches;
import dev.kindling.spark.job.Table;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Points under a metric, sketched, in the executors' memory (or on their disks where they do not
 * fit). A batch of queries meets the sketches of a tile as one matrix product; whoever seems
 * nearest is a candidate, and the exact distances of candidates decide.
 *
 * <p>A round of queries is two Spark jobs: candidates of all tiles, merged on the executors, then
 * exact distances where the candidates lie. With a radius and no k, tiles find their candidates in
 * the second job once more, since nothing bounds how many there are.
 */
final class SketchIndex implements AutoCloseable {
  private final JavaSparkContext context;
  private final JavaRDD<SketchedTile> tiles;
  private final Broadcast<Metric> metric;
  private final Broadcast<Sketches> sketches;
  private final double[] origin;
  private final Sketching sketching;
  private final boolean namedInWords;

  private SketchIndex(
      JavaSparkContext context,
      JavaRDD<SketchedTile> tiles,
      Broadcast<Metric> metric,
      Broadcast<Sketches> sketches,
      double[] origin,
      Sketching sketching,
      boolean namedInWords) {
    this.context = context;
    this.tiles = tiles;
    this.metric = metric;
    this.sketches = sketches;
    this.origin = origin;
    this.sketching = sketching;
    this.namedInWords = namedInWords;
  }

  /**
   * Makes it; one pass over the points.
   *
   * @param origin near most points: images are taken from it, for precision's sake alone
   */
  static SketchIndex of(
      JavaSparkContext context,
      PointBlocks points,
      Metric metric,
      double[] origin,
      Sketching sketching) {
    Broadcast<Metric> shared = context.broadcast(metric);
    Broadcast<Sketches> maps = context.broadcast(sketching.sketches(metric.rows()));
    JavaRDD<SketchedTile> tiles =
        points
            .blocks()
            .map(block -> SketchedTile.of(block, shared.value(), origin, maps.value()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    tiles.count();
    return new SketchIndex(context, tiles, shared, maps, origin, sketching, points.namedInWords());
  }

  /**
   * Answers all queries that are not answered, a round at a time.
   *
   * @param estimates a table for all estimates; null for none
   * @param checks of the first queries, whose true neighbours are found too
   * @param state how many are answered; brought up to date after each round
   * @param answered told then
   */
  void ask(
      PointBlocks queries,
      TileScan.Question question,
      NeighborTables out,
      Table estimates,
      int checks,
      SearchState state,
      Runnable answered) {
    Broadcast<Metric> shared = metric;
    Broadcast<Sketches> maps = sketches;
    Sketching how = sketching;
    double[] from = origin;
    QueryRound.each(
        queries.count(),
        QueryRound.blocks(metric.value().rows() + (int) (how.numbersRead() / 2)),
        (first, end) ->
            queries.collect(
                first,
                end,
                block ->
                    SketchedRound.Block.of(block.under(shared.value(), from), how, maps.value())),
        blocks ->
            ask(SketchedRound.of(blocks, queries.classes()), question, out, estimates, checks),
        state,
        answered);
  }

  private SearchTally ask(
      SketchedRound round,
      TileScan.Question question,
      NeighborTables out,
      Table estimates,
      int checks) {
    Broadcast<SketchedRound> shared = context.broadcast(round);
    try {
      int parts = Math.min(round.batches(), context.defaultParallelism());
      SketchSift sift = new SketchSift(shared, question, sketching, estimates, checks);
      List<Sifted> sifted =
          inOrder(
              tiles
                  .mapPartitionsToPair(sift)
                  .groupByKey(parts)
                  .mapValues(Sifted::merged)
                  .collect());
      Broadcast<Shortlist> wanted =
          context.broadcast(question.isBounded() ? Shortlist.of(sifted) : Shortlist.none());
      try {
        List<SearchTally> tallies =
            inOrder(
                tiles
                    .mapPartitionsToPair(
                        new SketchMeasure(shared, wanted, question, sketching, namedInWords))
                    .groupByKey(parts)
                    .map(
                        new SketchMeasure.Write(
                            shared, question, out, SketchMeasure.Exact.of(sifted)))
                    .collect());
        SearchTally all = new SearchTally(sketching.epsilon());
        sifted.forEach(batch -> all.estimates().merge(batch.tally()));
        tallies.forEach(all::merge);
        return all;
      } finally {
        wanted.destroy();
      }
    } finally {
      shared.destroy();
    }
  }

  private static <T> List<T> inOrder(List<Tuple2<Integer, T>> batches) {
    return batches.stream().sorted(Comparator.comparingInt(Tuple2::_1)).map(Tuple2::_2).toList();
  }

  @Override
  public void close() {
    tiles.unpersist(false);
    metric.destroy();
    sketches.destroy();
  }
}
