package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exact k nearest points of each query of a batch: |y|² + |q|² − 2 yᵀq in single precision by
 * BLAS 3, then the distances of candidates in double precision.
 *
 * <p>Rounding moves a squared distance by at most (γ + 16u)·(|y|² + |q|²), u = 2^-24: γ = ku/(1 −
 * ku) for a sum of k products in any order (Higham 2002, section 3.1), the rest for rounded
 * coordinates and norms. Who is surely beyond the k-th is left out, and nobody else, so that the
 * answer is that of double precision, whatever the data. Distances in double precision are put off
 * until the bounds have settled: some more than k of a query, instead of k·log n.
 *
 * <p>Not for several threads at once. Memory: about 1 kB a query for small k, and the last {@value
 * #HELD} tiles.
 */
public final class BatchSearch {
  /** Unit roundoff of single precision. */
  private static final double UNIT = 0x1p-24;

  /** Tiles that are held at most: after so many candidates are settled. */
  public static final int HELD = 16;

  private final QueryBatch queries;
  private final Candidates[] candidates;
  private final List<PointTile> held = new ArrayList<>();
  private final double error;

  /**
   * @param k of the nearest
   */
  public BatchSearch(QueryBatch queries, int k) {
    this(queries, k, Double.POSITIVE_INFINITY);
  }

  /**
   * @param k of the nearest
   * @param radius beyond which no point is taken
   */
  public BatchSearch(QueryBatch queries, int k, double radius) {
    this.queries = queries;
    this.candidates = new Candidates[queries.count()];
    double sum = UNIT * queries.dimension();
    if (sum >= 0.5) {
      throw new IllegalArgumentException(
          queries.dimension() + " numbers a point: too many for single precision");
    }
    this.error = sum / (1 - sum) + 16 * UNIT;
    for (int q = 0; q < candidates.length; q++) {
      candidates[q] = new Candidates(k, radius * radius);
    }
  }

  /** Room for {@link #scan}, which batches of so many queries may share. */
  public static float[] room(int queries) {
    return new float[Math.multiplyExact(PointTile.POINTS, queries)];
  }

  /**
   * Looks at the points of a tile.
   *
   * @param products of {@link #room}; overwritten
   */
  public void scan(PointTile tile, float[] products) {
    int n = tile.count();
    int k = queries.dimension();
    if (tile.dimension() != k || n > PointTile.POINTS) {
      throw new IllegalArgumentException(
          n + " points of " + tile.dimension() + " numbers for queries of " + k);
    }
    Blas.gemm(
        false,
        false,
        n,
        queries.count(),
        k,
        1,
        tile.coordinates(),
        0,
        n,
        queries.rounded(),
        0,
        k,
        0,
        products,
        0,
        n);
    held.add(tile);
    for (int q = 0; q < candidates.length; q++) {
      select(tile, products, q, n);
    }
    if (held.size() == HELD) {
      settle();
    }
  }

  private void select(PointTile tile, float[] products, int q, int n) {
    Candidates of = candidates[q];
    float[] norms = tile.norms();
    double norm = queries.norm(q);
    float shrunk = (float) (1 - error);
    float limit = limit(of, norm);
    int where = (held.size() - 1) * PointTile.POINTS;
    int at = q * n;
    for (int i = next(norms, products, 0, at, n, shrunk, limit); i < n; ) {
      double square = norms[i] + norm - 2.0 * products[at + i];
      of.add(where + i, square, error * (norms[i] + norm));
      limit = limit(of, norm);
      i = next(norms, products, i + 1, at, n, shrunk, limit);
    }
  }

  /**
   * The next point whose distance does not surely exceed the limit; n if none is. Few are: eight
   * are compared at a time, without a branch for each.
   */
  private static int next(
      float[] norms, float[] products, int from, int at, int n, float shrunk, float limit) {
    int i = from;
    for (; i + 7 < n; i += 8) {
      float a =
          Math.min(
              least(norms, products, i, at, shrunk), least(norms, products, i + 1, at, shrunk));
      float b =
          Math.min(
              least(norms, products, i + 2, at, shrunk), least(norms, products, i + 3, at, shrunk));
      float c =
          Math.min(
              least(norms, products, i + 4, at, shrunk), least(norms, products, i + 5, at, shrunk));
      float d =
          Math.min(
              least(norms, products, i + 6, at, shrunk), least(norms, products, i + 7, at, shrunk));
      if (!(Math.min(Math.min(a, b), Math.min(c, d)) > limit)) {
        break;
      }
    }
    while (i < n && least(norms, products, i, at, shrunk) > limit) {
      i++;
    }
    return i;
  }

  /** |y|²·(1 − error) − 2 yᵀq. */
  private static float least(float[] norms, float[] products, int i, int at, float shrunk) {
    return norms[i] * shrunk - 2 * products[at + i];
  }

  /** What |y|²·(1 − error) − 2 yᵀq must not exceed. */
  private float limit(Candidates of, double norm) {
    return Math.nextUp((float) (of.limit() - (1 - error) * norm));
  }

  private void settle() {
    int k = queries.dimension();
    for (int q = 0; q < candidates.length; q++) {
      candidates[q].settle(held, queries.images(), q * k);
    }
    held.clear();
  }

  /** The nearest of each query so far. */
  public List<Nearest> nearest() {
    settle();
    return Arrays.stream(candidates).map(Candidates::nearest).toList();
  }
}
