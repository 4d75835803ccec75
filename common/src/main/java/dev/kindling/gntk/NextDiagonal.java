package dev.kindling.gntk;

/**
 * The diagonal of Σ^{l+1} = B Σ^l Bᵀ, gathered tile by tile while level l is made, so that no level
 * is read twice.
 */
public final class NextDiagonal {
  private NextDiagonal() {}

  /** Σ¹_uu = Σ_a B₁[u,a]², since Σ⁰ is the identity. */
  public static double[] ofLevelOne(ColorLevels colors) {
    SparseRows aggregation = colors.aggregation(1);
    double[] diagonal = new double[aggregation.rows()];
    for (int u = 0; u < diagonal.length; u++) {
      for (int k = aggregation.offsets[u]; k < aggregation.offsets[u + 1]; k++) {
        diagonal[u] += aggregation.values[k] * aggregation.values[k];
      }
    }
    return diagonal;
  }

  /**
   * Adds what one tile of level l contributes.
   *
   * @param level l
   * @param diagonal C_{l+1} sums. Modified
   */
  public static void add(ColorLevels colors, int level, ColorTile tile, double[] diagonal) {
    SparseRows next = colors.aggregation(level + 1);
    double twice = tile.onDiagonal() ? 1 : 2; // the mirrored tile contributes the same
    int lastRow = tile.firstRow() + tile.rows();
    int lastColumn = tile.firstColumn() + tile.columns();
    for (int u = 0; u < diagonal.length; u++) {
      double sum = 0;
      int end = next.offsets[u + 1];
      int columnStart = next.lowerBound(u, tile.firstColumn());
      for (int a = next.lowerBound(u, tile.firstRow()); a < end && next.columns[a] < lastRow; a++) {
        int row = next.columns[a] - tile.firstRow();
        for (int b = columnStart; b < end && next.columns[b] < lastColumn; b++) {
          int column = next.columns[b] - tile.firstColumn();
          sum += next.values[a] * next.values[b] * tile.sigma()[column * tile.rows() + row];
        }
      }
      diagonal[u] += twice * sum;
    }
  }

  /** √ of each entry, in place; rounding below zero counts as zero. */
  public static double[] squareRoots(double[] diagonal) {
    for (int u = 0; u < diagonal.length; u++) {
      diagonal[u] = Math.sqrt(Math.max(0, diagonal[u]));
    }
    return diagonal;
  }
}
