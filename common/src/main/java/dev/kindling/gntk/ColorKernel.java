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
    ColorLevels colors =
        ColorLevels.of(ColorSet.of(graphs, parameters.blocks()), parameters.scale());
    Histograms histograms = Histograms.of(colors, graphs.toArray(Graph[]::new));
    int n = graphs.size();
    double[] sums = new double[Math.multiplyExact(n, n)];
    ReadOut readOut = new ReadOut(colors, histograms);
    List<ColorTile> tiles = List.of();
    double[] norms = null;
    for (int level = 0; level <= parameters.blocks(); level++) {
      if (level > 0) {
        double[] diagonal = level == 1 ? NextDiagonal.ofLevelOne(colors) : norms;
        norms = new double[level < parameters.blocks() ? colors.size(level + 1) : 0];
        tiles = level(colors, level, parameters, tiles, NextDiagonal.squareRoots(diagonal), norms);
      }
      if (parameters.reads(level)) {
        readOut.start(level);
        tiles.forEach(readOut::accept);
        readOut.seal();
        readOut.addTo(histograms, sums);
      }
    }
    return unpack(sums, n, parameters.factor());
  }

  /** √Σ^l_uu after aggregation for every level from 1; entry 0 is empty. */
  static double[][] norms(ColorLevels colors, GntkParameters parameters) {
    double[][] norms = new double[parameters.blocks() + 1][];
    norms[0] = new double[0];
    List<ColorTile> tiles = List.of();
    double[] next = null;
    for (int level = 1; level <= parameters.blocks(); level++) {
      norms[level] = NextDiagonal.squareRoots(level == 1 ? NextDiagonal.ofLevelOne(colors) : next);
      next = new double[level < parameters.blocks() ? colors.size(level + 1) : 0];
      tiles = level(colors, level, parameters, tiles, norms[level], next);
    }
    return norms;
  }

  private static List<ColorTile> level(
      ColorLevels colors,
      int level,
      GntkParameters parameters,
      List<ColorTile> previous,
      double[] norms,
      double[] nextDiagonal) {
    List<ColorTile> tiles = new ArrayList<>();
    int blocks = ColorTiling.of(colors.size(level)).blocks();
    for (int i = 0; i < blocks; i++) {
      LevelRow row = new LevelRow(colors, level, parameters, i, norms);
      previous.forEach(row::accept);
      row.seal();
      for (int j = i; j < blocks; j++) {
        ColorTile tile = row.tile(j);
        if (level < colors.blocks()) {
          NextDiagonal.add(colors, level, tile, nextDiagonal);
        }
        tiles.add(tile);
      }
    }
    return tiles;
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
