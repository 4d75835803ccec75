package dev.kindling.gntk;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Landmarks of the kernel that are parts of graphs. The kernel of a graph is a sum over its nodes,
 * so that the nodes of some colours alone have one as well, and from the same kernel between
 * colours come q columns a graph instead of one. What they span holds what the whole graphs do, so
 * that Nyström from the pieces is never worse.
 *
 * <p>A colour's piece depends on the colour alone: a graph is cut the same way however its nodes
 * are numbered.
 *
 * @param counts by level that enters the kernel, ascending: pieces of each graph, q
 */
public record Pieces(int[] counts) implements Serializable {
  /**
   * @throws IllegalArgumentException if a count is not positive
   */
  public Pieces {
    counts = counts.clone();
    if (Arrays.stream(counts).anyMatch(q -> q < 1)) {
      throw new IllegalArgumentException("pieces " + Arrays.toString(counts));
    }
  }

  /**
   * As many as the graphs have different colours for.
   *
   * @param sides the landmarks
   * @param most pieces of a graph
   * @param columns pieces of all graphs at a level, if one piece a graph is not more already
   */
  public static Pieces of(List<TileSide> sides, int most, int columns, GntkParameters parameters) {
    int graphs = sides.stream().mapToInt(TileSide::graphs).sum();
    int[] counts = new int[parameters.parts()];
    for (int level = 0, part = 0; level <= parameters.blocks(); level++) {
      if (parameters.reads(level)) {
        int colors = colors(sides, level);
        counts[part++] = Math.max(1, Math.min(most, Math.min(columns / graphs, colors / graphs)));
      }
    }
    return new Pieces(counts);
  }

  private record Color(long high, long low) {}

  private static int colors(List<TileSide> sides, int level) {
    Set<Color> colors = new HashSet<>();
    for (TileSide side : sides) {
      for (int u = 0; u < side.size(level); u++) {
        colors.add(new Color(side.high[level][u], side.low[level][u]));
      }
    }
    return colors.size();
  }

  /** q. */
  public int count(int part) {
    return counts[part];
  }

  /** The piece that a colour's nodes are in, from 0. */
  static int of(long low, int count) {
    return (int) Long.remainderUnsigned(low, count);
  }

  /**
   * Histograms of pieces: row g·q + p is what graph g has of piece p.
   *
   * @param low of each column's colour
   */
  static SparseRows cut(SparseRows histograms, long[] low, int count) {
    if (count == 1) {
      return histograms;
    }
    int graphs = histograms.rows();
    int[] offsets = new int[graphs * count + 1];
    int[] columns = new int[histograms.columns.length];
    double[] values = new double[columns.length];
    int entry = 0;
    for (int g = 0; g < graphs; g++) {
      for (int piece = 0; piece < count; piece++) {
        for (int k = histograms.offsets[g]; k < histograms.offsets[g + 1]; k++) {
          if (of(low[histograms.columns[k]], count) == piece) {
            columns[entry] = histograms.columns[k];
            values[entry++] = histograms.values[k];
          }
        }
        offsets[g * count + piece + 1] = entry;
      }
    }
    return new SparseRows(offsets, columns, values);
  }
}
