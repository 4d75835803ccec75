package dev.kindling.spark.ade;

import dev.kindling.ade.BatchSearch;
import dev.kindling.ade.MetricHistory;
import dev.kindling.ade.PointTile;
import dev.kindling.ade.QueryBatch;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Looks for neighbours in the tiles of a partition.
 *
 * @param history that tiles follow; null where they follow none
 * @param question what to look for
 * @param inWords whether points are named by words
 */
record TileScan(MetricHistory history, Question question, boolean inWords) implements Serializable {
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
   * What these tiles have for batches of queries, in the order of the batches.
   *
   * @param images of each batch, k×n with n at most {@link QueryRound#BATCH}. Not modified
   */
  List<Found> find(List<Matrix> images, Iterator<IndexTile> tiles) {
    List<BatchSearch> searches = new ArrayList<>();
    for (Matrix batch : images) {
      searches.add(new BatchSearch(new QueryBatch(batch), question.most(), question.radius()));
    }
    float[] products = BatchSearch.room(QueryRound.BATCH);
    Map<Integer, IndexTile.Rows> seen = new HashMap<>();
    while (tiles.hasNext()) {
      IndexTile tile = tiles.next();
      PointTile now = tile.under(history);
      seen.put(tile.number(), tile.rows());
      searches.forEach(search -> search.scan(now, products));
    }
    List<Found> found = new ArrayList<>();
    for (BatchSearch search : searches) {
      found.add(Found.of(search.nearest(), seen, inWords));
    }
    return found;
  }
}
