package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The sketches Π_j U q of a batch of queries under the maps that each has drawn, in single
 * precision: columns of one map stand together, so that they meet points as one matrix product.
 *
 * <p>Memory: 4·m·r bytes a query.
 */
public final class SketchedBatch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int draws;

  /** Query·r + draw of each column. */
  private final int[] places;

  /** The map of each column, in ascending order. */
  private final int[] maps;

  private final float[] columns;
  private final float[] norms;

  private SketchedBatch(int rows, int draws, int[] places, int[] maps) {
    this.rows = rows;
    this.draws = draws;
    this.places = places;
    this.maps = maps;
    this.columns = new float[Math.multiplyExact(rows, maps.length)];
    this.norms = new float[maps.length];
  }

  /**
   * Sketches them.
   *
   * @param drawn of each query as many maps, an odd number
   * @param images U(q − o), k×b, a query a column. Not modified
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static SketchedBatch of(Sketches sketches, int[][] drawn, Matrix images) {
    int queries = images.cols();
    int draws = queries == 0 ? 1 : drawn[0].length;
    if (drawn.length != queries || draws % 2 == 0) {
      throw new IllegalArgumentException(
          drawn.length + " draws of " + draws + " for " + queries + " queries");
    }
    int[] places = inOrder(sketches.count(), drawn, draws);
    int[] maps = new int[places.length];
    Arrays.setAll(maps, c -> drawn[places[c] / draws][places[c] % draws]);
    SketchedBatch batch = new SketchedBatch(sketches.rows(), draws, places, maps);
    for (int from = 0, end; from < maps.length; from = end) {
      end = batch.end(from);
      batch.fill(from, end, sketches, images);
    }
    return batch;
  }

  /** Places in the order of their maps, and of queries where these are the same. */
  private static int[] inOrder(int maps, int[][] drawn, int draws) {
    int[] next = new int[maps + 1];
    for (int[] of : drawn) {
      for (int map : of) {
        next[map + 1]++;
      }
    }
    for (int map = 0; map < maps; map++) {
      next[map + 1] += next[map];
    }
    int[] places = new int[drawn.length * draws];
    for (int q = 0; q < drawn.length; q++) {
      for (int s = 0; s < draws; s++) {
        places[next[drawn[q][s]]++] = q * draws + s;
      }
    }
    return places;
  }

  private void fill(int from, int end, Sketches sketches, Matrix images) {
    int k = images.rows();
    Matrix some = Matrix.zeros(k, end - from);
    for (int c = from; c < end; c++) {
      System.arraycopy(images.values(), places[c] / draws * k, some.values(), (c - from) * k, k);
    }
    Matrix sketched = Matrix.zeros(rows, end - from);
    sketches.get(maps[from]).apply(some, sketched);
    for (int c = from, at = 0; c < end; c++) {
      double square = 0;
      for (int r = 0; r < rows; r++, at++) {
        float rounded = (float) sketched.values()[at];
        columns[c * rows + r] = rounded;
        square += (double) rounded * rounded;
      }
      norms[c] = (float) square;
    }
  }

  /** b. */
  public int count() {
    return maps.length / draws;
  }

  /** r. */
  public int draws() {
    return draws;
  }

  /** How many columns, b·r. */
  int columnCount() {
    return maps.length;
  }

  /** The column after those of the same map. */
  int end(int from) {
    int end = from;
    while (end < maps.length && maps[end] == maps[from]) {
      end++;
    }
    return end;
  }

  /** The map of a column. */
  int map(int column) {
    return maps[column];
  }

  /** Query·r + draw of a column. */
  int place(int column) {
    return places[column];
  }

  /** m of each column. Not to be modified. */
  float[] columns() {
    return columns;
  }

  /** Squared length of a column. */
  float norm(int column) {
    return norms[column];
  }
}
