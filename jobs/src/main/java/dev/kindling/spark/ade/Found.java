package dev.kindling.spark.ade;

import dev.kindling.ade.Nearest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a partition found for a batch of queries: for each query rows and squared distances.
 *
 * @param names of all rows, query by query
 * @param labels of all rows, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Found(long[][] rows, double[][] squares, RowNames names, int[] labels)
    implements Serializable {
  /** A neighbour's name, a Long or a String, and its label. */
  private record Known(Object name, int label) {}

  /**
   * @param blocks rows of the partition's tiles by the tiles' numbers
   */
  static Found of(List<Nearest> nearest, Map<Integer, IndexTile.Rows> blocks, boolean inWords) {
    int count = nearest.stream().mapToInt(Nearest::count).sum();
    long[][] rows = new long[nearest.size()][];
    double[][] squares = new double[nearest.size()][];
    RowNames names = new RowNames(inWords, count);
    int[] labels = new int[count];
    for (int q = 0; q < rows.length; q++) {
      rows[q] = nearest.get(q).ids();
      squares[q] = nearest.get(q).squares();
      for (long row : rows[q]) {
        IndexTile.Rows block = blocks.get((int) (row / PointBlock.ROWS));
        int i = (int) (row % PointBlock.ROWS);
        labels[names.count()] = block.labels()[i];
        names.add(block.names().get(i));
      }
    }
    return new Found(rows, squares, names, labels);
  }

  /**
   * The nearest of all partitions' for each query of a batch.
   *
   * @param most of a query
   * @param self number of the first query where queries are points and are not to find themselves;
   *     otherwise −1
   */
  static List<Neighbors> merged(Iterable<Found> parts, int queries, int most, long self) {
    List<Nearest> nearest = new ArrayList<>();
    List<Map<Long, Known>> known = new ArrayList<>();
    for (int q = 0; q < queries; q++) {
      nearest.add(new Nearest(most));
      known.add(new HashMap<>());
    }
    for (Found part : parts) {
      for (int q = 0, at = 0; q < queries; q++) {
        for (int i = 0; i < part.rows[q].length; i++, at++) {
          long row = part.rows[q][i];
          if (self < 0 || row != self + q) {
            nearest.get(q).offer(part.squares[q][i], row);
            known.get(q).put(row, new Known(part.names.get(at), part.labels[at]));
          }
        }
      }
    }
    List<Neighbors> merged = new ArrayList<>();
    for (int q = 0; q < queries; q++) {
      Map<Long, Known> of = known.get(q);
      long[] rows = nearest.get(q).ids();
      Object[] ids = new Object[rows.length];
      int[] labels = new int[rows.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = of.get(rows[i]).name();
        labels[i] = of.get(rows[i]).label();
      }
      merged.add(new Neighbors(ids, nearest.get(q).squares(), labels));
    }
    return merged;
  }
}
