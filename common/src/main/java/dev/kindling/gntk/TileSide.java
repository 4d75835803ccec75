package dev.kindling.gntk;

import dev.kindling.block.ArrayIo;
import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Precision;
import dev.kindling.nystrom.SparseVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

  /** Nodes of a side that stands beside a {@link #union} of very many. */
  public static final int FEW_NODES = 128;

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

  /** Σ_l h_l Θ^l h_lᵀ of each graph with itself, without the kernel's factor. */
  final double[] own;

  /** By level: the order of its colours, once it was wanted. */
  private transient int[][] orders;

  private TileSide(
      int[] graphs,
      int[] tags,
      double[][] features,
      SparseRows[] aggregation,
      SparseRows[] histograms,
      long[][] high,
      long[][] low,
      double[][] norms,
      double[] own) {
    this.graphs = graphs;
    this.tags = tags;
    this.features = features;
    this.aggregation = aggregation;
    this.histograms = histograms;
    this.high = high;
    this.low = low;
    this.norms = norms;
    this.own = own;
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
            new double[blocks + 1][0],
            new double[graphs.length]),
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
            new double[parameters.blocks() + 1][0],
            new double[graphs.length]),
        parameters,
        precision);
  }

  private static TileSide normed(TileSide side, GntkParameters parameters, Precision precision) {
    new TileKernel(parameters, precision).complete(side);
    return side;
  }

  /**
   * One graph alone, with nothing in norms and own.
   *
   * @param g in this side's order
   */
  SingleGraph single(int g) {
    int levels = levels();
    int[][] colors = new int[levels][];
    SparseRows[] aggregated = new SparseRows[levels];
    SparseRows[] counts = new SparseRows[levels];
    long[][] ownHigh = new long[levels][];
    long[][] ownLow = new long[levels][];
    for (int level = 0; level < levels; level++) {
      SparseRows rows = histograms[level];
      int[] some = Arrays.copyOfRange(rows.columns, rows.offsets[g], rows.offsets[g + 1]);
      colors[level] = some;
      counts[level] =
          new SparseRows(
              new int[] {0, some.length},
              IntStream.range(0, some.length).toArray(),
              Arrays.copyOfRange(rows.values, rows.offsets[g], rows.offsets[g + 1]));
      long[] h = high[level];
      long[] l = low[level];
      ownHigh[level] = Arrays.stream(some).mapToLong(u -> h[u]).toArray();
      ownLow[level] = Arrays.stream(some).mapToLong(u -> l[u]).toArray();
      if (level > 0) {
        aggregated[level] = aggregation[level].some(some);
        int[] members = aggregated[level].columns;
        for (int k = 0; k < members.length; k++) {
          members[k] = Arrays.binarySearch(colors[level - 1], members[k]);
        }
      }
    }
    int[] ownTags = tags.length == 0 ? tags : Arrays.stream(colors[0]).map(u -> tags[u]).toArray();
    double[][] ownFeatures = new double[features.length][];
    Arrays.setAll(
        ownFeatures, k -> Arrays.stream(colors[0]).mapToDouble(u -> features[k][u]).toArray());
    return new SingleGraph(
        colors,
        new TileSide(
            new int[] {graphs[g]},
            ownTags,
            ownFeatures,
            aggregated,
            counts,
            ownHigh,
            ownLow,
            new double[levels][0],
            new double[1]));
  }

  /**
   * A graph alone.
   *
   * @param colors by level: which of the whole side's colours or nodes it has
   */
  record SingleGraph(int[][] colors, TileSide side) {}

  /** The kernel of the {@code k}-th graph with itself, without the kernel's factor. */
  public double own(int k) {
    return own[k];
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

  /** Positions of a level's colours in ascending order. Not for several threads at once. */
  int[] order(int level) {
    if (orders == null) {
      orders = new int[levels()][];
    }
    if (orders[level] == null) {
      orders[level] = EqualColors.ascending(high[level], low[level]);
    }
    return orders[level];
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

  /** The same graphs, each read out as pieces. */
  public TileSide cut(Pieces pieces, GntkParameters parameters) {
    SparseRows[] cut = histograms.clone();
    for (int level = 0, part = 0; level < levels(); level++) {
      if (parameters.reads(level)) {
        cut[level] = Pieces.cut(histograms[level], low[level], pieces.count(part++));
      }
    }
    return new TileSide(graphs, tags, features, aggregation, cut, high, low, norms, own);
  }

  /**
   * The same graphs, and below them in the read-out the pieces of some of them.
   *
   * @param some in this side's order
   */
  public TileSide withPieces(int[] some, Pieces pieces, GntkParameters parameters) {
    SparseRows[] more = histograms.clone();
    for (int level = 0, part = 0; level < levels(); level++) {
      if (parameters.reads(level)) {
        more[level] =
            histograms[level].above(
                Pieces.cut(histograms[level].some(some), low[level], pieces.count(part++)));
      }
    }
    return new TileSide(graphs, tags, features, aggregation, more, high, low, norms, own);
  }

  /**
   * The graphs of several sides by colours as one side, with each colour once, and the norm that
   * the first side has for it.
   *
   * @param sides at least one
   * @param first by side: what is added to its graphs' positions
   */
  public static TileSide union(List<TileSide> sides, int[] first) {
    int levels = sides.get(0).levels();
    int[] graphs =
        IntStream.range(0, sides.size())
            .flatMap(s -> Arrays.stream(sides.get(s).graphs).map(g -> first[s] + g))
            .toArray();
    SparseRows[] aggregation = new SparseRows[levels];
    SparseRows[] histograms = new SparseRows[levels];
    long[][] high = new long[levels][];
    long[][] low = new long[levels][];
    double[][] norms = new double[levels][0];
    int[] tags = {};
    double[][] features = new double[sides.get(0).features.length][];
    ColorUnion below = null;
    for (int level = 0; level < levels; level++) {
      int l = level;
      ColorUnion colors =
          ColorUnion.of(
              sides.stream().map(side -> side.high[l]).toList(),
              sides.stream().map(side -> side.low[l]).toList());
      high[level] = colors.high();
      low[level] = colors.low();
      histograms[level] = colors.joined(sides.stream().map(side -> side.histograms[l]).toList());
      if (level == 0) {
        if (sides.get(0).tags.length > 0) {
          tags = colors.pick((side, u) -> sides.get(side).tags[u]);
        }
        for (int k = 0; k < features.length; k++) {
          int feature = k;
          features[k] = colors.pickDoubles((side, u) -> sides.get(side).features[feature][u]);
        }
      } else {
        aggregation[level] =
            colors.picked(sides.stream().map(side -> side.aggregation[l]).toList(), below);
        norms[level] = colors.pickDoubles((side, u) -> sides.get(side).norms[l][u]);
      }
      below = colors;
    }
    double[] own = sides.stream().flatMapToDouble(side -> Arrays.stream(side.own)).toArray();
    return new TileSide(graphs, tags, features, aggregation, histograms, high, low, norms, own);
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
          throw new IllegalArgumentException("the set has no such color at level " + level);
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
    ArrayIo.writeDoubles(out, own);
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
      ArrayIo.check(size >= 1 && size <= MOST_ROWS, "colors", size);
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
    double[] own = ArrayIo.readDoubles(in, graphs.length);
    ArrayIo.check(own.length == graphs.length, "values", own.length);
    return new TileSide(graphs, tags, features, aggregation, histograms, high, low, norms, own);
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
    return of(GraphChunks.of(graphs, byNodes), graphs, parameters, byNodes, precision);
  }

  /** In chunks of {@value #FEW_NODES} nodes, for the other side of a {@link #union}. */
  public static List<TileSide> few(Graph[] graphs, GntkParameters parameters, boolean byNodes) {
    return of(
        GraphChunks.of(graphs, byNodes, FEW_NODES), graphs, parameters, byNodes, Precision.DOUBLE);
  }

  private static List<TileSide> of(
      List<int[]> chunks,
      Graph[] graphs,
      GntkParameters parameters,
      boolean byNodes,
      Precision precision) {
    return chunks.stream()
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
