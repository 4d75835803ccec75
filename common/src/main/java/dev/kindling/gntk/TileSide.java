package dev.kindling.gntk;

import dev.kindling.block.ArrayIo;
import dev.kindling.block.RowKeys;
import dev.kindling.nystrom.SparseVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * One side of a tile of the kernel: some graphs as the recursion sees them, level by level, by
 * their distinct colours (engine tiles) or by their nodes (engine dense).
 *
 * <p>About 60 bytes a row of a level, 12 an edge or member, 8 a feature.
 */
public final class TileSide implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nodes of a side, if no graph is larger. */
  public static final int MOST_NODES = GraphChunks.NODES;

  private static final int MOST_ROWS = 1 << 24;
  private static final int MOST_FEATURES = 1 << 20;

  private final int[] graphs;

  /** Level 0: one-hot tags by row, or none; then features, feature by feature. */
  final int[] tags;

  final double[][] features;

  /** By level from 1: the colours or nodes of the level below that each one aggregates. */
  final SparseRows[] aggregation;

  /** By level: a row a graph, how often it has each colour or node. */
  final SparseRows[] histograms;

  /** By level: 128-bit colours. Equal ones have equal σ. */
  final long[][] high;

  final long[][] low;

  /** By level from 1: √Σ^l_uu after aggregation. */
  final double[][] norms;

  private TileSide(
      int[] graphs,
      int[] tags,
      double[][] features,
      SparseRows[] aggregation,
      SparseRows[] histograms,
      long[][] high,
      long[][] low,
      double[][] norms) {
    this.graphs = graphs;
    this.tags = tags;
    this.features = features;
    this.aggregation = aggregation;
    this.histograms = histograms;
    this.high = high;
    this.low = low;
    this.norms = norms;
  }

  /**
   * The graphs by their distinct colours.
   *
   * @param positions what to call each graph: where its values go. Not modified
   */
  static TileSide ofColors(
      int[] positions, Graph[] graphs, GntkParameters parameters, Precision precision) {
    int blocks = parameters.blocks();
    ColorSet[] sets = ColorSet.of(Arrays.asList(graphs), blocks);
    ColorLevels colors = ColorLevels.of(sets, parameters.scale());
    SparseRows[] aggregation = new SparseRows[blocks + 1];
    long[][] high = new long[blocks + 1][];
    long[][] low = new long[blocks + 1][];
    for (int level = 0; level <= blocks; level++) {
      aggregation[level] = level == 0 ? null : colors.aggregation(level);
      high[level] = sets[level].high;
      low[level] = sets[level].low;
    }
    return normed(
        new TileSide(
            positions.clone(),
            sets[0].tags(),
            sets[0].features(),
            aggregation,
            colors.histograms(graphs),
            high,
            low,
            new double[blocks + 1][0]),
        parameters,
        precision);
  }

  /**
   * The graphs by their nodes.
   *
   * @param positions what to call each graph: where its values go. Not modified
   */
  static TileSide ofNodes(
      int[] positions, Graph[] graphs, GntkParameters parameters, Precision precision) {
    StackedGraphs stacked = StackedGraphs.of(graphs, parameters);
    return normed(
        new TileSide(
            positions.clone(),
            stacked.tags(),
            stacked.features(),
            stacked.aggregation(),
            stacked.histograms(),
            stacked.high(),
            stacked.low(),
            new double[parameters.blocks() + 1][0]),
        parameters,
        precision);
  }

  private static TileSide normed(TileSide side, GntkParameters parameters, Precision precision) {
    new TileKernel(parameters, precision).findNorms(side);
    return side;
  }

  /** Number of graphs. */
  public int graphs() {
    return graphs.length;
  }

  /** What the {@code k}-th graph is called. */
  public int position(int k) {
    return graphs[k];
  }

  /** Colours or nodes of a level. */
  public int size(int level) {
    return high[level].length;
  }

  /**
   * Each graph's histogram over the colours of all levels: whole numbers under 64 bits of a
   * colour's hash and its level.
   */
  public SparseVector[] histograms() {
    SparseVector[] vectors = new SparseVector[graphs.length];
    for (int g = 0; g < vectors.length; g++) {
      int entries = 0;
      for (SparseRows rows : histograms) {
        entries += rows.offsets[g + 1] - rows.offsets[g];
      }
      long[] keys = new long[entries];
      double[] counts = new double[entries];
      int entry = 0;
      for (int level = 0; level < levels(); level++) {
        SparseRows rows = histograms[level];
        for (int k = rows.offsets[g]; k < rows.offsets[g + 1]; k++) {
          keys[entry] = RowKeys.key(high[level][rows.columns[k]], level);
          counts[entry++] = rows.values[k];
        }
      }
      vectors[g] = SparseVector.of(keys, counts);
    }
    return vectors;
  }

  int levels() {
    return high.length;
  }

  /** √Σ⁰_uu, in doubles: floats may not hold its square. */
  double featureNorm(int u) {
    double sum = tags.length > 0 ? 1 : 0;
    for (double[] feature : features) {
      sum += feature[u] * feature[u];
    }
    return Math.sqrt(sum);
  }

  boolean signed() {
    return features.length > 0;
  }

  /**
   * Hands each colour's norm to a global table.
   *
   * @param colors colours of the whole set
   * @param global by level from 1 and colour. Modified
   */
  public void putNorms(ColorLevels colors, double[][] global) {
    for (int level = 1; level < levels(); level++) {
      for (int u = 0; u < size(level); u++) {
        int color = colors.set(level).indexOf(high[level][u], low[level][u]);
        if (color < 0) {
          throw new IllegalArgumentException("the set has no such colour at level " + level);
        }
        global[level][color] = norms[level][u];
      }
    }
  }

  /** Writes the side so that {@link #read} gives it back. */
  public void write(DataOutput out) throws IOException {
    ArrayIo.writeInts(out, graphs);
    out.writeInt(levels());
    ArrayIo.writeInts(out, tags);
    out.writeInt(features.length);
    for (int level = 0; level < levels(); level++) {
      out.writeInt(size(level));
      for (int u = 0; u < size(level); u++) {
        out.writeLong(high[level][u]);
        out.writeLong(low[level][u]);
      }
      if (level > 0) {
        aggregation[level].write(out);
        ArrayIo.writeDoubles(out, norms[level]);
      }
      histograms[level].write(out);
    }
    for (double[] feature : features) {
      ArrayIo.writeDoubles(out, feature);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the bytes cannot be that; nothing is allocated before its length is
   *     checked
   */
  public static TileSide read(DataInput in, GntkParameters parameters) throws IOException {
    int[] graphs = ArrayIo.readInts(in, MOST_ROWS);
    int levels = in.readInt();
    ArrayIo.check(levels == parameters.blocks() + 1, "levels", levels);
    int[] tags = ArrayIo.readInts(in, MOST_ROWS);
    int width = in.readInt();
    ArrayIo.check(width >= 0 && width <= MOST_FEATURES, "features", width);
    SparseRows[] aggregation = new SparseRows[levels];
    SparseRows[] histograms = new SparseRows[levels];
    long[][] high = new long[levels][];
    long[][] low = new long[levels][];
    double[][] norms = new double[levels][0];
    for (int level = 0; level < levels; level++) {
      int size = in.readInt();
      ArrayIo.check(size >= 1 && size <= MOST_ROWS, "colours", size);
      high[level] = new long[size];
      low[level] = new long[size];
      for (int u = 0; u < size; u++) {
        high[level][u] = in.readLong();
        low[level][u] = in.readLong();
      }
      if (level > 0) {
        aggregation[level] = SparseRows.read(in, size, high[level - 1].length);
        norms[level] = ArrayIo.readDoubles(in, size);
        ArrayIo.check(norms[level].length == size, "norms", norms[level].length);
      }
      histograms[level] = SparseRows.read(in, graphs.length, size);
    }
    int nodes = high[0].length;
    ArrayIo.check(tags.length == 0 || tags.length == nodes, "tags", tags.length);
    double[][] features = new double[width][];
    for (int k = 0; k < width; k++) {
      features[k] = ArrayIo.readDoubles(in, nodes);
      ArrayIo.check(features[k].length == nodes, "values", features[k].length);
    }
    return new TileSide(graphs, tags, features, aggregation, histograms, high, low, norms);
  }

  /** Colours of the sides that {@link #of} would make by colours, all together, by level. */
  public static long[] chunkedColors(Graph[] graphs, int blocks) {
    long[] sizes = new long[blocks + 1];
    for (int[] chunk : GraphChunks.of(graphs, false)) {
      List<Graph> some = Arrays.stream(chunk).mapToObj(g -> graphs[g]).toList();
      ColorSet[] sets = ColorSet.of(some, blocks);
      for (int level = 0; level <= blocks; level++) {
        sizes[level] += sets[level].size();
      }
    }
    return sizes;
  }

  /**
   * The sides that a block of graphs is cut into; see {@link GraphChunks}.
   *
   * @param precision of the norms
   * @throws ArithmeticException if a norm is beyond the precision's range
   */
  public static List<TileSide> of(
      Graph[] graphs, GntkParameters parameters, boolean byNodes, Precision precision) {
    return GraphChunks.of(graphs, byNodes).stream()
        .map(
            chunk -> {
              Graph[] some = Arrays.stream(chunk).mapToObj(g -> graphs[g]).toArray(Graph[]::new);
              return byNodes
                  ? ofNodes(chunk, some, parameters, precision)
                  : ofColors(chunk, some, parameters, precision);
            })
        .toList();
  }
}
