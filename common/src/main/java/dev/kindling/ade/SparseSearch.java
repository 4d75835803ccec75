package dev.kindling.ade;

import java.util.ArrayList;
import java.util.List;

/**
 * The exact k nearest of sparse points for each query of a batch: |y|² + |q|² − 2 yᵀq, which only
 * reads what both have, then for those that it does not rule out the distance by differences.
 *
 * <p>Each of the three sums of up to m products is off by at most mu/(1 − mu) of the sum of their
 * absolute values, u = 2^-53 (Higham 2002, section 3.1), and |yᵀq| ≤ (|y|² + |q|²)/2; so the sum is
 * off by at most 2(m + 2)u·(|y|² + |q|²)/(1 − mu), and nobody is left out wrongly.
 *
 * <p>Not for several threads at once.
 */
public final class SparseSearch {
  private static final double UNIT = 0x1p-53;

  private final SparsePoints queries;
  private final double[] norms;
  private final List<Nearest> nearest = new ArrayList<>();
  private double[] products = new double[0];

  /**
   * @param queries their images
   * @param k of the nearest
   * @param radius beyond which no point is taken
   */
  public SparseSearch(SparsePoints queries, int k, double radius) {
    this.queries = queries;
    this.norms = new double[queries.count()];
    for (int q = 0; q < norms.length; q++) {
      norms[q] = queries.norm(q);
      nearest.add(new Nearest(k, radius * radius));
    }
  }

  /** Looks at the points of a tile. */
  public void scan(SparseTile tile) {
    if (tile.points().dimension() != queries.dimension()) {
      throw new IllegalArgumentException(
          tile.points().dimension() + " features for queries of " + queries.dimension());
    }
    products = products.length < tile.count() ? new double[tile.count()] : products;
    for (int q = 0; q < norms.length; q++) {
      scan(tile, q);
    }
  }

  private void scan(SparseTile tile, int q) {
    tile.products(queries, q, products);
    Nearest of = nearest.get(q);
    SparsePoints points = tile.points();
    int own = queries.end(q) - queries.start(q);
    for (int i = 0; i < tile.count(); i++) {
      double sum = tile.norm(i) + norms[q];
      double terms = UNIT * Math.max(own, points.end(i) - points.start(i));
      double error = 2 * (terms + 2 * UNIT) / (1 - terms) * sum;
      // Negated, so that a sum that overflows rules nobody out.
      if (!(sum - 2 * products[i] - error > of.limit())) {
        of.offer(points.squared(i, queries, q), tile.id(i));
      }
    }
  }

  /** The nearest of each query so far. */
  public List<Nearest> nearest() {
    return nearest;
  }
}
