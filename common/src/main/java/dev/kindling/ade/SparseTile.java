package dev.kindling.ade;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Sparse points as a search needs them: beside themselves, for each feature those that have it, so
 * that a query touches no point that shares nothing with it. 24 bytes for each number that is not
 * 0.
 */
public final class SparseTile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final SparsePoints points;
  private final double[] norms;

  /** Features that a point has, ascending, and where each begins in the following two. */
  private final int[] features;

  private final int[] starts;
  private final int[] owners;
  private final double[] values;

  /**
   * @param firstId number of the first point; the others follow
   * @param points images under a metric. Kept
   */
  public SparseTile(long firstId, SparsePoints points) {
    this.firstId = firstId;
    this.points = points;
    norms = new double[points.count()];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = points.norm(i);
    }
    int[] sorted = points.features().clone();
    Arrays.sort(sorted);
    int distinct = 0;
    int[] found = new int[sorted.length];
    for (int at = 0; at < sorted.length; at++) {
      if (at == 0 || sorted[at] != sorted[at - 1]) {
        found[distinct++] = sorted[at];
      }
    }
    features = Arrays.copyOf(found, distinct);
    starts = new int[distinct + 1];
    int[] columns = new int[sorted.length];
    for (int at = 0; at < columns.length; at++) {
      columns[at] = Arrays.binarySearch(features, points.features()[at]);
      starts[columns[at] + 1]++;
    }
    for (int column = 0; column < distinct; column++) {
      starts[column + 1] += starts[column];
    }
    owners = new int[sorted.length];
    values = new double[sorted.length];
    int[] next = starts.clone();
    for (int i = 0; i < norms.length; i++) {
      for (int at = points.start(i); at < points.end(i); at++) {
        int to = next[columns[at]]++;
        owners[to] = i;
        values[to] = points.values()[at];
      }
    }
  }

  /** Number of points. */
  public int count() {
    return norms.length;
  }

  long id(int point) {
    return firstId + point;
  }

  double norm(int point) {
    return norms[point];
  }

  SparsePoints points() {
    return points;
  }

  /**
   * yᵀq for all points.
   *
   * @param products a place for each point. Overwritten
   */
  void products(SparsePoints queries, int query, double[] products) {
    Arrays.fill(products, 0, norms.length, 0);
    for (int at = queries.start(query); at < queries.end(query); at++) {
      int column = Arrays.binarySearch(features, queries.features()[at]);
      if (column >= 0) {
        double q = queries.values()[at];
        for (int to = starts[column]; to < starts[column + 1]; to++) {
          products[owners[to]] += q * values[to];
        }
      }
    }
  }
}
