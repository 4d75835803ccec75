package dev.kindling.gntk;

import java.util.List;

/**
 * One block row of Q = T Hᵀ, where T holds the tiles of Θ^l above the diagonal and half of those on
 * it, so that Θ = T + Tᵀ: what the task that makes the tiles can sum alone, tile after tile. No
 * task reads Θ again, and the last level is never kept. 8 · {@link ColorTiling#BLOCK} bytes a
 * graph.
 */
public final class RowReadOut {
  private final List<Histograms> graphs;
  private final int level;
  private final int rows;

  /** By block of graphs: rows × graphs, column-major. */
  private final double[][] products;

  /**
   * @param block which block of rows of Θ^l
   * @param graphs the histograms of all graphs, block by block
   */
  public RowReadOut(ColorLevels colors, int level, int block, List<Histograms> graphs) {
    this.graphs = graphs;
    this.level = level;
    this.rows = ColorTiling.of(colors.size(level)).length(block);
    this.products = new double[graphs.size()][];
    for (int b = 0; b < products.length; b++) {
      products[b] = new double[rows * graphs.get(b).graphs()];
    }
  }

  /** Takes in one tile of the block row, from the diagonal on. */
  public void accept(ColorTile tile) {
    double half = tile.onDiagonal() ? 0.5 : 1;
    int end = tile.firstColumn() + tile.columns();
    double[] theta = tile.theta();
    for (int b = 0; b < products.length; b++) {
      SparseRows h = graphs.get(b).level(level);
      double[] product = products[b];
      for (int g = 0; g < h.rows(); g++) {
        int to = g * rows;
        for (int k = h.lowerBound(g, tile.firstColumn());
            k < h.offsets[g + 1] && h.columns[k] < end;
            k++) {
          double factor = half * h.values[k];
          int from = (h.columns[k] - tile.firstColumn()) * rows;
          for (int i = 0; i < rows; i++) {
            product[to + i] += factor * theta[from + i];
          }
        }
      }
    }
  }

  /** The columns of one block of graphs: colours × graphs, row-major. */
  public double[] product(int graphBlock) {
    double[] product = products[graphBlock];
    double[] transposed = new double[product.length];
    ColorTile.transpose(product, rows, product.length / rows, transposed);
    return transposed;
  }
}
