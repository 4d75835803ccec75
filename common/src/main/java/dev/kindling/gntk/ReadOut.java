package dev.kindling.gntk;

/**
 * The sum read-out of one block of graphs as columns: U = Σ_l Θ^l H_lᵀ, level by level, then K =
 * factor · H U for any block of graphs as rows. 16 · C_l · graphs bytes for one level at a time, 8
 * · rows · graphs for the sums.
 */
public final class ReadOut {
  private final ColorLevels colors;
  private final Histograms columns;
  private final int graphs;
  private int level;

  /** graphs × C_l, each graph contiguous, while tiles come in; C_l × graphs once sealed. */
  private double[] product;

  /**
   * @param columns the graphs that are columns of the kernel
   */
  public ReadOut(ColorLevels colors, Histograms columns) {
    this.colors = colors;
    this.columns = columns;
    this.graphs = columns.graphs();
  }

  /**
   * Starts on a level's kernel; all of its tiles follow. Level 0 needs none: Θ⁰ is the identity.
   */
  public void start(int newLevel) {
    level = newLevel;
    product = new double[Math.multiplyExact(graphs, colors.size(level))];
    if (level == 0) {
      SparseRows h = columns.level(0);
      for (int g = 0; g < graphs; g++) {
        for (int k = h.offsets[g]; k < h.offsets[g + 1]; k++) {
          product[g * colors.size(0) + h.columns[k]] = h.values[k];
        }
      }
    }
  }

  /** Takes in one tile of the level, in the same order each time. */
  public void accept(ColorTile tile) {
    int m = tile.rows();
    int n = tile.columns();
    addColumns(tile.firstColumn(), n, tile.theta(), m, tile.firstRow());
    if (!tile.onDiagonal()) {
      double[] flipped = new double[m * n];
      ColorTile.transpose(tile.theta(), m, n, flipped);
      addColumns(tile.firstRow(), m, flipped, n, tile.firstColumn());
    }
  }

  private void addColumns(int firstColor, int count, double[] source, int height, int toRow) {
    SparseRows h = columns.level(level);
    int size = colors.size(level);
    for (int g = 0; g < graphs; g++) {
      int to = g * size + toRow;
      for (int k = h.lowerBound(g, firstColor);
          k < h.offsets[g + 1] && h.columns[k] < firstColor + count;
          k++) {
        double factor = h.values[k];
        int from = (h.columns[k] - firstColor) * height;
        for (int i = 0; i < height; i++) {
          product[to + i] += factor * source[from + i];
        }
      }
    }
  }

  /** Ends the taking in for this level. */
  public void seal() {
    double[] flipped = new double[product.length];
    ColorTile.transpose(product, colors.size(level), graphs, flipped);
    product = flipped;
  }

  /**
   * Adds the sealed level's share of H_l Θ^l H_lᵀ, without the factor.
   *
   * @param rows the graphs that are rows
   * @param sums rows × columns, row-major. Modified
   */
  public void addTo(Histograms rows, double[] sums) {
    SparseRows h = rows.level(level);
    for (int g = 0; g < h.rows(); g++) {
      int to = g * graphs;
      for (int k = h.offsets[g]; k < h.offsets[g + 1]; k++) {
        double count = h.values[k];
        int from = h.columns[k] * graphs;
        for (int j = 0; j < graphs; j++) {
          sums[to + j] += count * product[from + j];
        }
      }
    }
  }
}
