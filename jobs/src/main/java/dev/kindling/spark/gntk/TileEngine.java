package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.gntk.Pieces;
import dev.kindling.gntk.TileKernel;
import dev.kindling.gntk.TileSide;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.job.BlockMerge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Engines {@code tiles} and {@code dense}: each tile of the Gram matrix from the colours, or the
 * nodes, of its two blocks of graphs alone.
 *
 * <p>Two passes: what each block is in a tile goes to {@link WorkFiles}; then one task a tile, the
 * dearest first. Nothing is shuffled. A task holds two blocks and some 50 bytes times the square of
 * a chunk's colours, in floats half of that; the driver a number a block and level.
 */
final class TileEngine {
  private final JavaSparkContext spark;
  private final GntkParameters parameters;
  private final Precision precision;
  private final WorkFiles files;
  private final boolean byNodes;

  /**
   * @param byNodes engine dense: nodes are not compressed to colours
   */
  TileEngine(
      JavaSparkContext spark,
      GntkParameters parameters,
      Precision precision,
      WorkFiles files,
      boolean byNodes) {
    this.spark = spark;
    this.parameters = parameters;
    this.precision = precision;
    this.files = files;
    this.byNodes = byNodes;
  }

  /** Whether nodes are not compressed to colours. */
  boolean byNodes() {
    return byNodes;
  }

  /**
   * Writes what is not there yet of the blocks' sides.
   *
   * @return by block of graphs and level: colours or nodes of its chunks together
   * @throws BadInput if a norm is beyond the precision's range
   */
  long[][] sides(GraphBlocks blocks) {
    WorkFiles to = files;
    GntkParameters p = parameters;
    Precision in = precision;
    boolean nodes = byNodes;
    List<Tuple2<Integer, long[]>> sizes =
        blocks
            .rdd()
            .mapToPair(
                block -> {
                  int b = block._1();
                  List<TileSide> chunks;
                  if (to.hasSides(b)) {
                    chunks = to.readSides(b, p);
                  } else {
                    chunks = cut(GraphBlocks.graphs(block._2()), p, nodes, in);
                    to.writeSides(b, chunks);
                  }
                  return new Tuple2<>(b, sizes(chunks, p.blocks()));
                })
            .collect();
    long[][] byBlock = new long[blocks.layout().blocks()][];
    sizes.forEach(size -> byBlock[size._1()] = size._2());
    return byBlock;
  }

  private static List<TileSide> cut(
      Graph[] graphs, GntkParameters parameters, boolean byNodes, Precision precision) {
    try {
      return TileSide.of(graphs, parameters, byNodes, precision);
    } catch (ArithmeticException e) {
      throw BadInput.of(
          e,
          "--precision %s: %s%sfewer --blocks, or attributes in another unit",
          precision,
          e.getMessage(),
          precision == Precision.FLOAT ? "; give --precision double, " : "; give ");
    }
  }

  private static long[] sizes(List<TileSide> chunks, int blocks) {
    long[] sizes = new long[blocks + 1];
    for (TileSide side : chunks) {
      for (int level = 0; level <= blocks; level++) {
        sizes[level] += side.size(level);
      }
    }
    return sizes;
  }

  /** √Σ^l_uu of the colours of the whole set, by level from 1; entry 0 is empty. */
  double[][] norms(GraphBlocks.Layout layout, Broadcast<ColorLevels> colors) {
    WorkFiles from = files;
    GntkParameters p = parameters;
    return BlockMerge.merge(
        spark
            .parallelize(IntStream.range(0, layout.blocks()).boxed().toList(), layout.blocks())
            .mapToPair(
                block -> {
                  double[][] norms = new double[p.blocks() + 1][0];
                  for (int level = 1; level < norms.length; level++) {
                    norms[level] = new double[colors.value().size(level)];
                    Arrays.fill(norms[level], Double.NaN);
                  }
                  for (TileSide side : from.readSides(block, p)) {
                    side.putNorms(colors.value(), norms);
                  }
                  return new Tuple2<>(block, norms);
                }),
        layout.blocks(),
        TileEngine::firstOf);
  }

  /** The left one's where it has one: the same colour may differ in its last bits elsewhere. */
  private static double[][] firstOf(double[][] left, double[][] right) {
    for (int level = 0; level < left.length; level++) {
      for (int u = 0; u < left[level].length; u++) {
        if (Double.isNaN(left[level][u])) {
          left[level][u] = right[level][u];
        }
      }
    }
    return left;
  }

  /**
   * Writes the tiles that are not there yet, the dearest first.
   *
   * @param sizes what {@link #sides} gave
   */
  void gram(GraphBlocks.Layout layout, long[][] sizes, GramTable gram) {
    WorkFiles from = files;
    GntkParameters p = parameters;
    Precision in = precision;
    List<int[]> tiles = new ArrayList<>();
    for (int j = 0; j < layout.blocks(); j++) {
      for (int i = 0; i <= j; i++) {
        tiles.add(new int[] {i, j});
      }
    }
    tiles.sort(
        Comparator.<int[]>comparingDouble(tile -> -cost(sizes[tile[0]], sizes[tile[1]]))
            .thenComparingInt(tile -> tile[1])
            .thenComparingInt(tile -> tile[0]));
    spark
        .parallelize(tiles, tiles.size())
        .foreach(tile -> tile(tile[0], tile[1], layout, from, p, in, gram));
  }

  /**
   * Writes what is not there yet of each graph's kernel with itself, and of the groups of blocks
   * with each colour once. Needs {@link #sides}.
   *
   * @param groups where nodes are not compressed to colours each block is one
   */
  void groups(GraphBlocks.Layout layout, BlockGroups groups) {
    WorkFiles work = files;
    GntkParameters p = parameters;
    boolean united = !byNodes;
    spark
        .parallelize(IntStream.range(0, groups.count()).boxed().toList(), groups.count())
        .foreach(group -> group(group, groups, layout, united, work, p));
  }

  private static void group(
      int group,
      BlockGroups groups,
      GraphBlocks.Layout layout,
      boolean united,
      WorkFiles files,
      GntkParameters parameters) {
    if (united && files.hasUnion(group)) {
      return; // the last file of a group
    }
    List<TileSide> sides = new ArrayList<>();
    IntStream.Builder firsts = IntStream.builder();
    for (int block = groups.first(group); block < groups.end(group); block++) {
      double[] diagonal = new double[layout.length(block)];
      for (TileSide side : files.readSides(block, parameters)) {
        for (int g = 0; g < side.graphs(); g++) {
          diagonal[side.position(g)] = parameters.factor() * side.own(g);
        }
        sides.add(side);
        firsts.add(layout.first(block) - groups.row(group, layout));
      }
      files.writeDiagonal(block, diagonal);
    }
    if (united) {
      files.writeUnion(group, TileSide.union(sides, firsts.build().toArray()));
    }
  }

  /**
   * Writes what is not there yet of the kernel between all graphs and pieces of some. Needs {@link
   * #groups}; in doubles.
   *
   * @param name what to call it among the run's files
   * @param most pieces of a graph
   * @param width pieces of all of them at a level
   */
  LandmarkColumns columns(
      String name,
      GraphBlocks.Layout layout,
      BlockGroups groups,
      Landmarks landmarks,
      int most,
      int width) {
    GntkParameters p = parameters;
    List<TileSide> whole = TileSide.few(landmarks.graphs(), p, byNodes);
    Pieces pieces = Pieces.of(whole, most, width, p);
    List<TileSide> chunks = whole.stream().map(side -> side.cut(pieces, p)).toList();
    LandmarkColumns columns =
        new LandmarkColumns(files, name, p, layout, groups, landmarks.rows(), chunks, pieces);
    Broadcast<List<TileSide>> shared = spark.broadcast(new ArrayList<>(chunks));
    WorkFiles work = files;
    boolean united = !byNodes;
    List<int[]> tasks = new ArrayList<>();
    for (int group = 0; group < groups.count(); group++) {
      for (int slice = 0; slice < columns.slices(); slice++) {
        tasks.add(new int[] {group, slice});
      }
    }
    spark
        .parallelize(tasks, tasks.size())
        .foreach(
            task -> {
              if (!columns.has(task[0], task[1])) {
                columns.write(
                    task[0],
                    task[1],
                    united ? work.readUnion(task[0], p) : work.readSides(task[0], p),
                    shared.value());
              }
            });
    shared.destroy();
    return columns;
  }

  private static double cost(long[] rows, long[] columns) {
    double cost = 0;
    for (int level = 1; level < rows.length; level++) {
      cost += (double) rows[level] * columns[level];
    }
    return cost;
  }

  private static void tile(
      int rowBlock,
      int columnBlock,
      GraphBlocks.Layout layout,
      WorkFiles files,
      GntkParameters parameters,
      Precision precision,
      GramTable gram) {
    if (gram.hasTile(rowBlock, columnBlock)) {
      return;
    }
    boolean diagonal = rowBlock == columnBlock;
    List<TileSide> rows = files.readSides(rowBlock, parameters);
    List<TileSide> columns = diagonal ? rows : files.readSides(columnBlock, parameters);
    int width = layout.length(columnBlock);
    double[] sums = new double[layout.length(rowBlock) * width];
    TileKernel kernel = new TileKernel(parameters, precision);
    for (int a = 0; a < rows.size(); a++) {
      for (int b = diagonal ? a : 0; b < columns.size(); b++) {
        TileSide left = rows.get(a);
        TileSide right = columns.get(b);
        double[] part = kernel.sums(left, right);
        for (int g = 0; g < left.graphs(); g++) {
          for (int h = 0; h < right.graphs(); h++) {
            double sum = part[g * right.graphs() + h];
            sums[left.position(g) * width + right.position(h)] = sum;
            if (diagonal && a != b) {
              sums[right.position(h) * width + left.position(g)] = sum;
            }
          }
        }
      }
    }
    gram.write(rowBlock, columnBlock, sums, parameters.factor());
  }
}
