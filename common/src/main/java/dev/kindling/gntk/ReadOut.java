package dev.kindling.gntk;

import java.util.Arrays;

/**
 * The sum read-out K = factor · Σ_l H_l Θ^l H_lᵀ from the products Q^l = T^l H_lᵀ of {@link
 * RowReadOut}: M = Σ_l H_l Q^l, then K = factor · (M + Mᵀ). All matrices are row-major.
 */
public final class ReadOut {
  private ReadOut() {}

  /** Q⁰ of a block of graphs as columns, C_0 × graphs: Θ⁰ is the identity, T⁰ half of it. */
  public static double[] levelZero(ColorLevels colors, Histograms columns) {
    int graphs = columns.graphs();
    SparseRows h = columns.level(0);
    double[] product = new double[Math.multiplyExact(colors.size(0), graphs)];
    for (int g = 0; g < graphs; g++) {
      for (int k = h.offsets[g]; k < h.offsets[g + 1]; k++) {
        product[h.columns[k] * graphs + g] = h.values[k] / 2;
      }
    }
    return product;
  }

  /**
   * Adds what a range of a level's colours contributes to a tile of M. Over all levels and ranges,
   * in ascending order each time: the order decides the bits.
   *
   * @param rows the graphs that are rows
   * @param firstColor the range's first
   * @param product Q of the range, colours × columns. Not modified
   * @param columns number of graphs that are columns
   * @param sums rows × columns. Modified
   */
  public static void add(
      Histograms rows, int level, int firstColor, double[] product, int columns, double[] sums) {
    SparseRows h = rows.level(level);
    int end = firstColor + product.length / columns;
    for (int g = 0; g < h.rows(); g++) {
      int to = g * columns;
      for (int k = h.lowerBound(g, firstColor); k < h.offsets[g + 1] && h.columns[k] < end; k++) {
        double count = h.values[k];
        int from = (h.columns[k] - firstColor) * columns;
        for (int j = 0; j < columns; j++) {
          sums[to + j] += count * product[from + j];
        }
      }
    }
  }

  /**
   * A tile of M + Mᵀ.
   *
   * @param tile the tile of M, rows × columns. Not modified
   * @param mirrored the tile of M in the mirrored place, columns × rows. Not modified
   */
  public static double[] symmetric(double[] tile, double[] mirrored, int rows, int columns) {
    double[] sums = Arrays.copyOf(tile, tile.length);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        sums[i * columns + j] += mirrored[j * rows + i];
      }
    }
    return sums;
  }
}
