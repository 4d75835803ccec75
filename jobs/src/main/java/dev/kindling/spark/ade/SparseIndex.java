package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.SparsePoints;
import dev.kindling.ade.SparseSearch;
import dev.kindling.ade.SparseTile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * A {@link PointIndex} of points of which most numbers are 0, under a diagonal metric: memory and
 * time go by the numbers that are not. 48 bytes for each in the executors' memory.
 */
final class SparseIndex implements ExactIndex {
  /** Blocks of queries that travel at a time. */
  static final int BLOCKS = 4;

  private final JavaSparkContext context;
  private final Broadcast<Metric> metric;
  private final JavaRDD<Tile> tiles;
  private final boolean namedInWords;

  private SparseIndex(
      JavaSparkContext context, Broadcast<Metric> metric, JavaRDD<Tile> tiles, boolean inWords) {
    this.context = context;
    this.metric = metric;
    this.tiles = tiles;
    this.namedInWords = inWords;
  }

  /** A block's points. */
  private record Tile(int number, IndexTile.Rows rows, SparseTile tile) implements Serializable {
    static Tile of(SparseBlock block, Metric metric) {
      return new Tile(
          block.number(),
          new IndexTile.Rows(block.names(), block.labels()),
          new SparseTile((long) block.number() * PointBlock.ROWS, block.under(metric).points()));
    }
  }

  /** Makes it; one pass over the points. */
  static SparseIndex of(JavaSparkContext context, PointBlocks points, Metric metric) {
    Broadcast<Metric> shared = context.broadcast(metric);
    JavaRDD<Tile> tiles =
        points
            .sparse()
            .map(block -> Tile.of(block, shared.value()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    tiles.count();
    return new SparseIndex(context, shared, tiles, points.namedInWords());
  }

  @Override
  public SearchTally ask(
      PointBlocks queries,
      TileScan.Question question,
      NeighborTables out,
      SearchState state,
      Runnable answered) {
    Broadcast<Metric> shared = metric;
    boolean inWords = namedInWords;
    QueryRound.each(
        queries.count(),
        BLOCKS,
        (first, end) -> queries.collectSparse(first, end, block -> block.under(shared.value())),
        blocks ->
            QueryRound.ofSparse(blocks, queries.classes())
                .answer(
                    context,
                    tiles,
                    (batches, some) -> find(batches, some, question, inWords),
                    question,
                    out),
        state,
        answered);
    return state.tally();
  }

  private static List<Found> find(
      List<SparsePoints> batches,
      Iterator<Tile> tiles,
      TileScan.Question question,
      boolean inWords) {
    List<SparseSearch> searches = new ArrayList<>();
    batches.forEach(
        batch -> searches.add(new SparseSearch(batch, question.most(), question.radius())));
    Map<Integer, IndexTile.Rows> seen = new HashMap<>();
    while (tiles.hasNext()) {
      Tile tile = tiles.next();
      seen.put(tile.number(), tile.rows());
      searches.forEach(search -> search.scan(tile.tile()));
    }
    return searches.stream().map(search -> Found.of(search.nearest(), seen, inWords)).toList();
  }

  @Override
  public void close() {
    tiles.unpersist(false);
    metric.destroy();
  }
}
