package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Some points' sketches S_j = Π_j U X, for every j: what distances to a query are estimated from,
 * and what follows the metric and the points as they change.
 *
 * <p>Memory: 4·L·(m + 1) bytes a point.
 */
public final class SketchedPoints implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of |s|² + |t|² − 2sᵀt beside its terms: where fewer digits are left, differences are taken. */
  private static final float CANCELLED = 1e-4f;

  private final int rows;
  private final int count;

  /** By sketch; the m numbers of a point stand together. */
  private final float[][] s;

  /** By sketch, squared lengths. */
  private final float[][] norms;

  /**
   * @param images U(x − o), k×n, a point a column. Not modified
   */
  public SketchedPoints(Sketches sketches, Matrix images) {
    this.rows = sketches.rows();
    this.count = images.cols();
    int m = rows;
    this.norms = new float[sketches.count()][count];
    this.s = new float[sketches.count()][Math.multiplyExact(count, m)];
    Matrix y = Matrix.zeros(m, count);
    for (int j = 0; j < s.length; j++) {
      sketches.get(j).apply(images, y);
      for (int i = 0; i < s[j].length; i++) {
        s[j][i] = (float) y.values()[i];
      }
      for (int i = 0; i < count; i++) {
        measure(j, i);
      }
    }
  }

  private void measure(int j, int i) {
    double square = 0;
    for (int r = 0, at = i * rows; r < rows; r++, at++) {
      square += (double) s[j][at] * s[j][at];
    }
    norms[j][i] = (float) square;
  }

  /** Number of points. */
  public int count() {
    return count;
  }

  /** What a batch of queries and up to so many points need; may be used again and again. */
  public static final class Room {
    private final float[] products;
    private final float[] drawn;
    private final float[] squares;

    /** 4·n·b·(2r + 1) bytes at most. */
    public Room(int points, int queries, int draws) {
      products = new float[Math.multiplyExact(points, queries * draws)];
      drawn = draws == 1 ? new float[0] : new float[products.length];
      squares = new float[points * queries];
    }

    /** Squared estimates, the points of a query together. Not to be modified. */
    public float[] squares() {
      return squares;
    }
  }

  /**
   * QueryAll of a batch, by BLAS 3: for each query and point the median over the query's draws of
   * |Π_j U q − S_j|².
   *
   * @param room overwritten
   * @throws IllegalArgumentException if queries have another m, or the room is too small
   */
  public void squares(SketchedBatch queries, Room room) {
    int columns = queries.columnCount();
    boolean fits =
        queries.columns().length == rows * columns
            && room.products.length >= count * columns
            && room.squares.length >= count * queries.count();
    if (!fits) {
      throw new IllegalArgumentException(
          columns + " sketches of queries do not fit " + count + " points of " + rows + " numbers");
    }
    float[] out = queries.draws() == 1 ? room.squares : room.drawn;
    for (int from = 0, end; from < columns; from = end) {
      end = queries.end(from);
      float[] of = s[queries.map(from)];
      Blas.gemm(
          true,
          false,
          count,
          end - from,
          rows,
          1,
          of,
          0,
          rows,
          queries.columns(),
          from * rows,
          rows,
          0,
          room.products,
          0,
          count);
      for (int c = from; c < end; c++) {
        squares(queries, c, room.products, (c - from) * count, out);
      }
    }
    if (queries.draws() > 1) {
      medians(queries, room);
    }
  }

  private void squares(SketchedBatch queries, int c, float[] products, int at, float[] out) {
    float[] of = norms[queries.map(c)];
    float norm = queries.norm(c);
    int to = queries.place(c) * count;
    for (int i = 0; i < count; i++) {
      float terms = of[i] + norm;
      float square = terms - 2 * products[at + i];
      out[to + i] =
          square >= CANCELLED * terms
              ? square
              : (float)
                  Differences.squared(
                      s[queries.map(c)], i * rows, queries.columns(), c * rows, rows);
    }
  }

  private void medians(SketchedBatch queries, Room room) {
    int draws = queries.draws();
    for (int q = 0; q < queries.count(); q++) {
      int at = q * draws * count;
      sort(room.drawn, at, draws);
      System.arraycopy(room.drawn, at + draws / 2 * count, room.squares, q * count, count);
    }
  }

  /**
   * Sorts the draws of every point, all points in step, by Batcher's network (Knuth, volume 3,
   * algorithm 5.2.2M): comparisons without branches, which the compiler can keep in vectors.
   */
  private void sort(float[] x, int at, int draws) {
    int top = Integer.highestOneBit(Math.max(1, draws - 1));
    for (int p = top; p > 0; p /= 2) {
      for (int q = top, r = 0, d = p; ; d = q - p, q /= 2, r = p) {
        for (int i = 0; i + d < draws; i++) {
          if ((i & p) == r) {
            exchange(x, at + i * count, at + (i + d) * count);
          }
        }
        if (q == p) {
          break;
        }
      }
    }
  }

  private void exchange(float[] x, int a, int b) {
    for (int i = 0; i < count; i++) {
      float low = Math.min(x[a + i], x[b + i]);
      x[b + i] = Math.max(x[a + i], x[b + i]);
      x[a + i] = low;
    }
  }

  /**
   * UpdateU: the metric's U becomes U + w uᵀ, and so S_j += (Π_j w) cᵀ.
   *
   * <p>Rounds to single precision each time: after some hundred updates make them anew.
   *
   * @param c Xᵀ u, one of each point. Not modified
   * @param sketched Π_j w of every j, m×L. Not modified
   */
  public void update(double[] c, Matrix sketched) {
    int m = rows;
    if (c.length != count || sketched.rows() != m || sketched.cols() != s.length) {
      throw new IllegalArgumentException(
          c.length + " factors and " + sketched.shape() + " for " + count + " points");
    }
    double[] w = sketched.values();
    for (int j = 0; j < s.length; j++) {
      float[] of = s[j];
      for (int i = 0; i < count; i++) {
        if (c[i] != 0) {
          for (int r = 0; r < m; r++) {
            of[i * m + r] = (float) (of[i * m + r] + c[i] * w[j * m + r]);
          }
          measure(j, i);
        }
      }
    }
  }

  /**
   * UpdateX: point i becomes another.
   *
   * @param sketched Π_j U z of every j, m×L. Not modified
   */
  public void replace(int i, Matrix sketched) {
    if (sketched.rows() != rows || sketched.cols() != s.length) {
      throw new IllegalArgumentException(sketched.shape() + " for " + s.length + " sketches");
    }
    for (int j = 0; j < s.length; j++) {
      for (int r = 0; r < rows; r++) {
        s[j][i * rows + r] = (float) sketched.get(r, j);
      }
      measure(j, i);
    }
  }

  /**
   * QueryAll: for each point the median over the drawn j of |Π_j U q − S_j|.
   *
   * @param drawn the j, an odd number of them
   * @param sketched {@link Sketches#apply} of them and U q, m×r. Not modified
   * @param estimates of each point. Overwritten
   */
  public void estimate(int[] drawn, Matrix sketched, double[] estimates) {
    int m = rows;
    if (drawn.length % 2 == 0) {
      throw new IllegalArgumentException(drawn.length + " draws have no median of their own");
    }
    if (sketched.rows() != m || sketched.cols() != drawn.length || estimates.length != count) {
      throw new IllegalArgumentException(
          sketched.shape() + " and " + estimates.length + " places for " + count + " points");
    }
    float[] query = new float[m * drawn.length];
    for (int i = 0; i < query.length; i++) {
      query[i] = (float) sketched.values()[i];
    }
    double[] squares = new double[drawn.length];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < drawn.length; c++) {
        squares[c] = Differences.squared(s[drawn[c]], i * m, query, c * m, m);
      }
      Arrays.sort(squares);
      estimates[i] = Math.sqrt(squares[drawn.length / 2]);
    }
  }

  /** QueryPair: the median over the drawn j of |S_j[a] − S_j[b]|. */
  public double pair(int[] drawn, int a, int b) {
    int m = rows;
    double[] squares = new double[drawn.length];
    for (int c = 0; c < drawn.length; c++) {
      squares[c] = Differences.squared(s[drawn[c]], a * m, s[drawn[c]], b * m, m);
    }
    Arrays.sort(squares);
    return Math.sqrt(squares[drawn.length / 2]);
  }
}
