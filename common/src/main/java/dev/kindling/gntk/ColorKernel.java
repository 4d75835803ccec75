package dev.kindling.gntk;

import java.util.ArrayList;
import java.util.List;

/**
 * The kernel between all graphs of a set that fits in memory, on the calling thread. The job does
 * the same on Spark, block by block, with the same bits.
 *
 * <p>Memory: 8 N² bytes for N graphs and about 16 C_l² for the colours of the largest level.
 */
public final class ColorKernel {
  private ColorKernel() {}

  /**
   * @param graphs N graphs, at least one
   * @return N×N, symmetric
   * @throws IllegalArgumentException if there is no graph
   */
  public static double[][] gram(List<Graph> graphs, GntkParameters parameters) {
    if (graphs.isEmpty()) {
      throw new IllegalArgumentException("a Gram matrix needs at least one graph");
    }
    if (graphs.get(0).attributes() > 0) {
      throw new IllegalArgumentException(
          "graphs with attributes: equal tags alone have the kernel 1 at level 0");
    }
    ColorLevels colors =
        ColorLevels.of(ColorSet.of(graphs, parameters.blocks()), parameters.scale());
    Histograms histograms = Histograms.of(colors, graphs.toArray(Graph[]::new));
    int n = graphs.size();
    double[] sums = new double[Math.multiplyExact(n, n)];
    if (parameters.reads(0)) {
      ReadOut.add(histograms, 0, 0, ReadOut.levelZero(colors, histograms), n, sums);
    }
    levels(colors, parameters, histograms, sums);
    return unpack(ReadOut.symmetric(sums, sums, n, n), n, parameters.factor());
  }

  /** √Σ^l_uu after aggregation for every level from 1; entry 0 is empty. */
  static double[][] norms(ColorLevels colors, GntkParameters parameters) {
    return levels(colors, parameters, null, null);
  }

  /** Adds every level's share of the read-out, if there are histograms, and returns the norms. */
  private static double[][] levels(
      ColorLevels colors, GntkParameters parameters, Histograms histograms, double[] sums) {
    double[][] norms = new double[parameters.blocks() + 1][];
    norms[0] = new double[0];
    List<ColorTile> previous = List.of();
    double[] next = null;
    for (int level = 1; level <= parameters.blocks(); level++) {
      boolean last = level == parameters.blocks();
      boolean reads = histograms != null && parameters.reads(level);
      norms[level] = NextDiagonal.squareRoots(level == 1 ? NextDiagonal.ofLevelOne(colors) : next);
      next = new double[last ? 0 : colors.size(level + 1)];
      List<ColorTile> tiles = new ArrayList<>();
      ColorTiling tiling = ColorTiling.of(colors.size(level));
      for (int i = 0; i < tiling.blocks(); i++) {
        LevelRow row = new LevelRow(colors, level, parameters, i, norms[level]);
        previous.forEach(row::accept);
        row.seal();
        RowReadOut readOut = reads ? new RowReadOut(colors, level, i, List.of(histograms)) : null;
        ColorTile tile = null;
        for (int j = i; j < tiling.blocks(); j++) {
          tile = row.tile(j, last ? tile : null);
          if (reads) {
            readOut.accept(tile);
          }
          if (!last) {
            NextDiagonal.add(colors, level, tile, next);
            tiles.add(tile);
          }
        }
        if (reads) {
          ReadOut.add(
              histograms, level, tiling.first(i), readOut.product(0), histograms.graphs(), sums);
        }
      }
      previous = tiles;
    }
    return norms;
  }

  private static double[][] unpack(double[] sums, int n, double factor) {
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        gram[i][j] = gram[j][i] = factor * sums[i * n + j]; // the upper triangle, as in the job
      }
    }
    return gram;
  }
}
