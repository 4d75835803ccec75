package dev.kindling.gntk;

import java.util.Arrays;

/**
 * One block row of a level: from the tiles of level l−1 the tiles of Σ^l = B_l Σ^{l−1} B_lᵀ and Θ^l
 * after R ReLU layers (Du et al. 2019, eqs. 8 and 9), for a block of colours as rows and any block
 * from its own on as columns.
 *
 * <p>First the products B_I Σ^{l−1} and B_I Θ^{l−1} are gathered from tiles that are streamed past
 * once, in order; they take 32 · {@link ColorTiling#BLOCK} · C_{l−1} bytes. All inner loops run
 * over contiguous memory.
 */
public final class LevelRow {
  private final SparseRows aggregation;
  private final int layers;
  private final ArcCosine arcCosine = new ArcCosine(false);
  private final double[] norms;
  private final ColorTiling tiling;
  private final int firstRow;
  private final int rows;
  private final int previousColors;

  /** rows × C_{l−1}, each row contiguous, until {@link #seal}; then C_{l−1} × rows. */
  private double[] sigmaProduct;

  private double[] thetaProduct;

  private double[] flipped;

  /**
   * @param level from 1
   * @param block which block of rows
   * @param norms √Σ^l_uu for all colours of the level, after aggregation. Not modified
   */
  public LevelRow(
      ColorLevels colors, int level, GntkParameters parameters, int block, double[] norms) {
    this.aggregation = colors.aggregation(level);
    this.layers = parameters.mlpLayers();
    this.norms = norms;
    this.tiling = ColorTiling.of(colors.size(level));
    this.firstRow = tiling.first(block);
    this.rows = tiling.length(block);
    this.previousColors = colors.size(level - 1);
    this.sigmaProduct = new double[Math.multiplyExact(rows, previousColors)];
    this.thetaProduct = level == 1 ? sigmaProduct : new double[sigmaProduct.length];
    if (level == 1) {
      // Σ⁰ is the identity: equal tags correlate with 1, others with 0; Θ⁰ enters as Σ¹ does.
      for (int u = 0; u < rows; u++) {
        for (int k = aggregation.offsets[firstRow + u];
            k < aggregation.offsets[firstRow + u + 1];
            k++) {
          sigmaProduct[u * previousColors + aggregation.columns[k]] = aggregation.values[k];
        }
      }
    }
  }

  /**
   * Takes in one tile of level l−1. All of them, in the same order each time: the order decides the
   * bits.
   */
  public void accept(ColorTile previous) {
    flipped = ColorTile.memory(flipped, previous.rows() * previous.columns());
    gather(previous, previous.sigma(), sigmaProduct);
    gather(previous, previous.theta(), thetaProduct);
  }

  private void gather(ColorTile tile, double[] values, double[] product) {
    int m = tile.rows();
    int n = tile.columns();
    ColorTile.transpose(values, m, n, flipped);
    addRows(tile.firstRow(), m, flipped, n, tile.firstColumn(), product);
    if (!tile.onDiagonal()) {
      addRows(tile.firstColumn(), n, values, m, tile.firstRow(), product);
    }
  }

  /**
   * product[u, toColumn …] += Σ_a B[u,a] source[a − firstColor, …] for the members a of u in the
   * source's range.
   */
  private void addRows(
      int firstColor, int colors, double[] source, int width, int toColumn, double[] product) {
    for (int u = 0; u < rows; u++) {
      int row = firstRow + u;
      int to = u * previousColors + toColumn;
      for (int k = aggregation.lowerBound(row, firstColor);
          k < aggregation.offsets[row + 1] && aggregation.columns[k] < firstColor + colors;
          k++) {
        addScaled(
            aggregation.values[k],
            source,
            (aggregation.columns[k] - firstColor) * width,
            product,
            to,
            width);
      }
    }
  }

  private static void addScaled(
      double factor, double[] x, int xFrom, double[] y, int yFrom, int length) {
    for (int i = 0; i < length; i++) {
      y[yFrom + i] += factor * x[xFrom + i];
    }
  }

  /** Ends the taking in; {@link #tile} may be called from now on. */
  public void seal() {
    boolean same = sigmaProduct == thetaProduct;
    flipped = null;
    double[] transposed = new double[sigmaProduct.length];
    ColorTile.transpose(sigmaProduct, previousColors, rows, transposed);
    double[] spare = sigmaProduct;
    sigmaProduct = transposed;
    if (same) {
      thetaProduct = sigmaProduct;
    } else {
      ColorTile.transpose(thetaProduct, previousColors, rows, spare);
      thetaProduct = spare;
    }
  }

  /**
   * The tile between this block of rows and a block of columns that is not before it.
   *
   * @param done a tile that is no longer needed: its memory is taken where it fits. Or null
   */
  public ColorTile tile(int columnBlock, ColorTile done) {
    int firstColumn = tiling.first(columnBlock);
    int columns = tiling.length(columnBlock);
    double[] sigma =
        aggregateColumns(sigmaProduct, firstColumn, columns, done == null ? null : done.sigma());
    double[] theta =
        aggregateColumns(thetaProduct, firstColumn, columns, done == null ? null : done.theta());
    if (firstColumn == firstRow) {
      // Equal colours have ρ = 1 exactly; rounding would turn it into an angle of 1e-8.
      for (int u = 0; u < rows; u++) {
        sigma[u * rows + u] = norms[firstRow + u] * norms[firstRow + u];
      }
    }
    arcCosine.layers(layers, sigma, theta, norms, firstRow, rows, norms, firstColumn, columns);
    return new ColorTile(firstRow, rows, firstColumn, columns, sigma, theta);
  }

  private double[] aggregateColumns(
      double[] product, int firstColumn, int columns, double[] spare) {
    double[] tile = ColorTile.memory(spare, rows * columns);
    Arrays.fill(tile, 0, rows * columns, 0);
    for (int v = 0; v < columns; v++) {
      int row = firstColumn + v;
      for (int k = aggregation.offsets[row]; k < aggregation.offsets[row + 1]; k++) {
        addScaled(
            aggregation.values[k], product, aggregation.columns[k] * rows, tile, v * rows, rows);
      }
    }
    return tile;
  }
}
