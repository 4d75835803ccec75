package dev.kindling.ade;

import java.util.Arrays;

/**
 * The k nearest points of one query, reading few coordinates of most points: after j of k rotated
 * coordinates the partial sum times k/j is a sketch of the squared distance, and a point is dropped
 * when its root is beyond the k-th distance by more than (1 + 2.1/√j).
 *
 * <p>The images must have been rotated at random ({@link Rotation}); without it the first
 * coordinates tell little. Recall is not 1 by proof: a near point is lost when its first
 * coordinates make it look far. Distances of what is kept are exact. Not for several threads at
 * once.
 */
public final class ProgressiveScan {
  /** Of the bound, so that next to no near point is lost. */
  public static final double MARGIN = 2.1;

  /** Coordinates between two looks at who is left. */
  private static final int STRIDE = 16;

  private static final int FIRST = 32;

  /** With fewer survivors than this share a look at single points reads less than at whole rows. */
  private static final int SPARSE = 3;

  private final double margin;
  private final double[] query;
  private final float[] rounded;
  private final Nearest nearest;
  private final float[] partial = new float[PointTile.POINTS];
  private final int[] left = new int[PointTile.POINTS];
  private long read;

  /**
   * @param query a batch of one query
   * @param k of the nearest
   */
  public ProgressiveScan(QueryBatch query, int k) {
    this(query, k, MARGIN);
  }

  /**
   * @param query a batch of one query
   * @param k of the nearest
   * @param margin instead of {@link #MARGIN}; infinite: all coordinates are read
   */
  public ProgressiveScan(QueryBatch query, int k, double margin) {
    if (query.count() != 1) {
      throw new IllegalArgumentException(query.count() + " queries");
    }
    this.margin = margin;
    this.query = query.images();
    this.rounded = query.rounded();
    this.nearest = new Nearest(k);
  }

  /** Numbers of points that have been read. */
  public long read() {
    return read;
  }

  /** The nearest so far. */
  public Nearest nearest() {
    return nearest;
  }

  /** Looks at the points of a tile. */
  public void scan(PointTile tile) {
    int n = tile.count();
    int k = query.length;
    if (tile.dimension() != k || n > PointTile.POINTS) {
      throw new IllegalArgumentException(
          n + " points of " + tile.dimension() + " numbers for a query of " + k);
    }
    double limit = nearest.limit();
    if (limit == Double.POSITIVE_INFINITY || k <= FIRST) {
      for (int i = 0; i < n; i++) {
        offer(tile, i);
      }
      read += (long) n * k;
      return;
    }
    Arrays.fill(partial, 0, n, 0);
    int survivors = n;
    for (int i = 0; i < n; i++) {
      left[i] = i;
    }
    int j = 0;
    while (j < k && survivors > 0 && survivors * SPARSE >= n) {
      int to = Math.min(k, j + (j == 0 ? FIRST : STRIDE));
      rows(tile.coordinates(), n, j, to);
      read += (long) (to - j) * n;
      j = to;
      survivors = survivors(survivors, limit, j);
    }
    for (int s = 0; s < survivors; s++) {
      single(tile, left[s], j);
    }
  }

  /** Adds coordinates j to end of all points, four a pass. */
  private void rows(float[] coordinates, int n, int j, int end) {
    int c = j;
    for (; c + 3 < end; c += 4) {
      float a = rounded[c];
      float b = rounded[c + 1];
      float e = rounded[c + 2];
      float f = rounded[c + 3];
      int at = c * n;
      for (int i = 0; i < n; i++) {
        float da = coordinates[at + i] - a;
        float db = coordinates[at + n + i] - b;
        float de = coordinates[at + 2 * n + i] - e;
        float df = coordinates[at + 3 * n + i] - f;
        partial[i] += da * da + db * db + (de * de + df * df);
      }
    }
    for (; c < end; c++) {
      float a = rounded[c];
      int at = c * n;
      for (int i = 0; i < n; i++) {
        float da = coordinates[at + i] - a;
        partial[i] += da * da;
      }
    }
  }

  private float most(double limit, int j) {
    double factor = 1 + margin / Math.sqrt(j);
    return (float) (limit * factor * factor * j / query.length);
  }

  private int survivors(int count, double limit, int j) {
    if (j == query.length) {
      return count;
    }
    float most = most(limit, j);
    int kept = 0;
    for (int s = 0; s < count; s++) {
      int i = left[s];
      left[kept] = i;
      kept += partial[i] <= most ? 1 : 0;
    }
    return kept;
  }

  /** The rest of one point, which is dropped as soon as it is too far. */
  private void single(PointTile tile, int i, int from) {
    double limit = nearest.limit();
    double sum = partial[i];
    for (int j = from; j < query.length; ) {
      if (sum > most(limit, j)) {
        return;
      }
      int to = Math.min(query.length, j + STRIDE);
      sum += tile.squared(i, query, j, to);
      read += to - j;
      j = to;
    }
    offer(tile, i);
    read += query.length;
  }

  private void offer(PointTile tile, int i) {
    nearest.offer(tile.squared(i, query, 0), tile.id(i));
  }
}
