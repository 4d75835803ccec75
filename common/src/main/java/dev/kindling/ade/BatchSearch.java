package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact k nearest points of each query of a batch: |y|² + |q|² − 2 yᵀq in single precision by
 * BLAS 3, then the distances of candidates in double precision.
 *
 * <p>Rounding moves a squared distance by at most (γ + 16u)·(|y|² + |q|²), u = 2^-24: γ = ku/(1 −
 * ku) for a sum of k products in any order (Higham 2002, section 3.1), the rest for rounded
 * coordinates and norms. Who is beyond the k-th by more is left out, and nobody else, so that the
 * answer is that of double precision, whatever the data. Not for several threads at once. Memory: 4
 * kB a query.
 */
public final class BatchSearch {
  /** Unit roundoff of single precision. */
  private static final double UNIT = 0x1p-24;

  private final QueryBatch queries;
  private final float[] products;
  private final Nearest[] nearest;
  private final double shrink;

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
    this.products = new float[Math.multiplyExact(PointTile.POINTS, queries.count())];
    this.nearest = new Nearest[queries.count()];
    double sum = UNIT * queries.dimension();
    if (sum >= 0.5) {
      throw new IllegalArgumentException(
          queries.dimension() + " numbers a point: too many for single precision");
    }
    this.shrink = 1 - (sum / (1 - sum) + 16 * UNIT);
    for (int q = 0; q < nearest.length; q++) {
      nearest[q] = new Nearest(k, radius * radius);
    }
  }

  /** Looks at the points of a tile. */
  public void scan(PointTile tile) {
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
    for (int q = 0; q < nearest.length; q++) {
      select(tile, q, n);
    }
  }

  private void select(PointTile tile, int q, int n) {
    Nearest best = nearest[q];
    float[] norms = tile.norms();
    float shrunk = (float) shrink;
    float limit = limit(best, q);
    for (int i = 0, at = q * n; i < n; i++, at++) {
      if (norms[i] * shrunk - 2 * products[at] <= limit) {
        best.offer(tile.squared(i, queries.images(), q * queries.dimension()), tile.id(i));
        limit = limit(best, q);
      }
    }
  }

  /** What |y|²·shrink − 2 yᵀq must not exceed. */
  private float limit(Nearest best, int q) {
    return Math.nextUp((float) (best.limit() - shrink * queries.norm(q)));
  }

  /** The nearest of each query so far. */
  public List<Nearest> nearest() {
    return new ArrayList<>(List.of(nearest));
  }
}
