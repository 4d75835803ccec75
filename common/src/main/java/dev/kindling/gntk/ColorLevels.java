package dev.kindling.gntk;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The colours of a whole data set with the aggregation matrices between their levels.
 *
 * <p>B_l is C_l × C_{l−1}: how often a colour of level l−1 stands in the closed neighbourhood of
 * one of level l, divided by that neighbourhood's size under {@link GntkParameters.Scale#DEGREE}.
 * Rows are sparse, ascending. Colours are numbered by their hash. About 80 bytes a colour.
 */
public final class ColorLevels implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ColorSet[] sets;
  private final SparseRows[] aggregation;

  private ColorLevels(ColorSet[] sets, SparseRows[] aggregation) {
    this.sets = sets;
    this.aggregation = aggregation;
  }

  /**
   * @param sets the colours of levels 0 to {@code sets.length − 1}, closed under membership: each
   *     member of a colour is a colour of the level below
   * @throws IllegalArgumentException if a member is missing
   */
  public static ColorLevels of(ColorSet[] sets, GntkParameters.Scale scale) {
    SparseRows[] aggregation = new SparseRows[sets.length];
    for (int level = 1; level < sets.length; level++) {
      aggregation[level] = aggregation(sets[level], sets[level - 1], scale);
    }
    return new ColorLevels(sets.clone(), aggregation);
  }

  private static SparseRows aggregation(ColorSet set, ColorSet below, GntkParameters.Scale scale) {
    int[] columns = new int[set.memberHigh.length];
    double[] values = new double[columns.length];
    for (int i = 0; i < set.size(); i++) {
      long closedDegree = 0;
      for (int k = set.offsets[i]; k < set.offsets[i + 1]; k++) {
        closedDegree += set.counts[k];
      }
      for (int k = set.offsets[i]; k < set.offsets[i + 1]; k++) {
        columns[k] = below.indexOf(set.memberHigh[k], set.memberLow[k]);
        if (columns[k] < 0) {
          throw new IllegalArgumentException(
              "a member of color " + i + " is not in the level below");
        }
        values[k] =
            scale == GntkParameters.Scale.DEGREE
                ? (double) set.counts[k] / closedDegree
                : set.counts[k];
      }
    }
    return new SparseRows(set.offsets, columns, values);
  }

  /**
   * The levels of a kernel with fewer BLOCKs: levels 0 to {@code blocks}, shared with this.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public ColorLevels upTo(int blocks) {
    if (blocks < 0 || blocks > blocks()) {
      throw new IllegalArgumentException(
          "blocks must be from 0 to " + blocks() + ", got " + blocks);
    }
    return new ColorLevels(Arrays.copyOf(sets, blocks + 1), Arrays.copyOf(aggregation, blocks + 1));
  }

  /** Number of BLOCKs, one less than the number of levels. */
  public int blocks() {
    return sets.length - 1;
  }

  /** The colours of a level. */
  public ColorSet set(int level) {
    return sets[level];
  }

  /** C_l. */
  public int size(int level) {
    return sets[level].size();
  }

  /** B_l, for levels from 1. */
  SparseRows aggregation(int level) {
    return aggregation[level];
  }

  /**
   * H_l for some graphs: one row a graph, the number of its nodes of each colour. Index by level.
   */
  SparseRows[] histograms(Graph[] graphs) {
    SparseRows.Builder[] levels = new SparseRows.Builder[sets.length];
    int nodes = 0;
    for (Graph graph : graphs) {
      nodes += graph.nodes();
    }
    for (int level = 0; level < levels.length; level++) {
      levels[level] = new SparseRows.Builder(graphs.length, nodes);
    }
    for (Graph graph : graphs) {
      ColorHash colors = ColorHash.of(graph);
      for (int level = 0; level < levels.length; level++) {
        if (level > 0) {
          colors = colors.aggregate(graph);
        }
        int[] ids = new int[graph.nodes()];
        for (int u = 0; u < ids.length; u++) {
          ids[u] = sets[level].indexOf(colors.high[u], colors.low[u]);
          if (ids[u] < 0) {
            throw new IllegalArgumentException("a graph holds a color that these levels do not");
          }
        }
        levels[level].addCounted(ids);
      }
    }
    SparseRows[] histograms = new SparseRows[levels.length];
    for (int level = 0; level < levels.length; level++) {
      histograms[level] = levels[level].build();
    }
    return histograms;
  }
}
