package dev.kindling.ade;

import dev.kindling.Words;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Points whose images follow a metric that changes, in place: a batch is one pass over the images,
 * without the product of U and the points.
 *
 * <p>It catches up when it is told to, with any number of batches, each once. Broken off in the
 * middle, it makes its images anew from the points: from the same history come the same bits, by
 * whatever way. Memory: 8·d + 12·k + 32 bytes a point.
 */
public final class LiveTile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Points whose images are changed and rounded while they are in a core's cache. */
  private static final int BLOCK = 128;

  /** Of a squared length's rounding: a sixteenth of what single precision adds to it. */
  private static final double DOUBT = 0x1p-28;

  /** x − o. */
  private final Matrix points;

  private final PointTile tile;

  /** Squared lengths and bounds of their errors, kept while single rows of U change. */
  private final double[] squares;

  private final double[] doubts;
  private boolean summed;

  private boolean whole;
  private int base = -1;
  private int version;

  /**
   * @param ids of the points. Kept
   * @param points d×n, a point a column. Not modified
   * @param origin o, from which images are taken, near most points. Not modified
   * @param k length of the images, which are not made yet
   */
  public LiveTile(long[] ids, Matrix points, double[] origin, int k) {
    if (ids.length != points.cols()) {
      throw new IllegalArgumentException(ids.length + " ids for " + points.shape());
    }
    this.points = Differences.from(origin, points);
    this.tile = new PointTile(ids, k);
    this.squares = new double[ids.length];
    this.doubts = new double[ids.length];
  }

  /**
   * Catches up with the history.
   *
   * @return the images under its last batch, good until a longer history is followed
   * @throws IllegalStateException if it has followed a longer one already: whoever asks is late
   */
  public synchronized PointTile follow(MetricHistory history) {
    if (base > history.base() || (base == history.base() && version > history.length())) {
      throw new IllegalStateException(
          Words.of(
              "a tile at base %s and %s batches cannot go back to %s and %s",
              base, version, history.base(), history.length()));
    }
    if (!whole || base < history.base()) {
      Metric metric = history.metric();
      whole = false;
      make(metric);
      base = history.base();
      version = 0;
      whole = true;
    }
    while (version < history.length()) {
      MetricBatch batch = history.batch(version);
      whole = false;
      add(batch);
      version++;
      whole = true;
    }
    return tile;
  }

  private void make(Metric metric) {
    int d = points.rows();
    for (int from = 0; from < tile.count(); from += BLOCK) {
      int end = Math.min(tile.count(), from + BLOCK);
      double[] some = Arrays.copyOfRange(points.values(), from * d, end * d);
      tile.put(from, metric.apply(Matrix.of(d, end - from, some)).values());
      tile.round(from, end);
    }
    summed = false;
  }

  private void add(MetricBatch batch) {
    double[] c = batch.room(BLOCK);
    int[] rows = batch.rows();
    if (rows != null && !summed) {
      sum();
    }
    summed &= rows != null;
    double[] changes = new double[rows == null ? 0 : rows.length * BLOCK];
    for (int from = 0; from < tile.count(); from += BLOCK) {
      int count = Math.min(tile.count() - from, BLOCK);
      batch.products(points, from, count, c);
      if (rows == null) {
        outer(batch.w(), c, count, tile.images(), from * tile.dimension());
        tile.round(from, from + count);
      } else {
        Arrays.fill(changes, 0);
        outer(batch.w(), c, count, changes, 0);
        for (int r = 0; r < rows.length; r++) {
          tile.add(rows[r], from, count, changes, r, rows.length, squares, doubts);
        }
      }
    }
    if (rows != null) {
      boolean sure = true;
      for (int i = 0; i < squares.length; i++) {
        sure &= doubts[i] <= DOUBT * squares[i];
      }
      if (!sure) {
        sum();
      }
      tile.norms(squares);
    }
  }

  private void sum() {
    tile.sum(squares);
    Arrays.fill(doubts, 0);
    summed = true;
  }

  /** Y += WC; one column by a loop, which reads Y once and does not pack it. */
  private static void outer(Matrix w, double[] c, int count, double[] y, int at) {
    int k = w.rows();
    int b = w.cols();
    if (b > 1) {
      Blas.gemm(false, false, k, count, b, 1, w.values(), 0, Math.max(1, k), c, 0, b, 1, y, at, k);
      return;
    }
    for (int i = 0; i < count; i++) {
      axpy(c[i], w.values(), y, at + i * k);
    }
  }

  private static void axpy(double a, double[] x, double[] y, int at) {
    for (int i = 0; i < x.length; i++) {
      y[at + i] += a * x[i];
    }
  }

  /** Not while it changes: Spark writes what it puts on disk from a thread of its own. */
  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
  }
}
