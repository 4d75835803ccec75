package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.block.ArrayIo;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorSet;
import dev.kindling.gntk.ColorTile;
import dev.kindling.gntk.ColorTiling;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Histograms;
import dev.kindling.gntk.LevelRow;
import dev.kindling.gntk.NextDiagonal;
import dev.kindling.gntk.ReadOut;
import dev.kindling.gntk.RowReadOut;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.BlockMerge;
import dev.kindling.spark.job.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Engine {@code colors}: the kernel by the colours of the whole set; or the kernels of several
 * numbers of BLOCKs, which share the levels.
 *
 * <p>Colouring is one pass over the blocks of graphs, merged along the fixed tree. A level is one
 * Spark job over block rows of colours, the read-out two over block columns of graphs. Between them
 * only {@link WorkFiles} holds what grows; the driver holds the colour tables, about 150 bytes a
 * colour.
 */
final class GntkKernel {
  private final JavaSparkContext spark;
  private final KernelFamily kernels;
  private final WorkFiles files;

  GntkKernel(JavaSparkContext spark, GntkParameters parameters, WorkFiles files) {
    this(spark, KernelFamily.of(parameters), files);
  }

  GntkKernel(JavaSparkContext spark, KernelFamily kernels, WorkFiles files) {
    this.spark = spark;
    this.kernels = kernels;
    this.files = files;
  }

  /** Finds the colours of all levels. */
  static ColorLevels colors(GraphBlocks blocks, GntkParameters parameters) {
    int levels = parameters.blocks();
    ColorSet[] sets =
        BlockMerge.merge(
            blocks
                .rdd()
                .mapValues(records -> ColorSet.of(List.of(GraphBlocks.graphs(records)), levels)),
            blocks.layout().blocks(),
            GntkKernel::union);
    return ColorLevels.of(sets, parameters.scale());
  }

  private static ColorSet[] union(ColorSet[] left, ColorSet[] right) {
    ColorSet[] union = new ColorSet[left.length];
    Arrays.setAll(union, level -> left[level].merge(right[level]));
    return union;
  }

  /** Writes the histograms, which {@link #readOut} and {@link #weights} read. */
  void histograms(GraphBlocks blocks, Broadcast<ColorLevels> colors) {
    WorkFiles to = files;
    blocks
        .rdd()
        .foreach(
            block ->
                to.writeHistograms(
                    block._1(), Histograms.of(colors.value(), GraphBlocks.graphs(block._2()))));
  }

  /**
   * Writes the histograms and, level by level, the tiles and products that are not there yet.
   *
   * @return √Σ^l_uu of the colours, by level from 1; entry 0 is empty
   */
  double[][] levels(GraphBlocks blocks, Broadcast<ColorLevels> colors) {
    histograms(blocks, colors);
    int last = kernels.largest().blocks();
    double[][] norms = new double[last + 1][];
    norms[0] = new double[0];
    double[] diagonal = null;
    for (int level = 1; level <= last; level++) {
      norms[level] =
          NextDiagonal.squareRoots(level == 1 ? NextDiagonal.ofLevelOne(colors.value()) : diagonal);
      Broadcast<double[]> shared = spark.broadcast(norms[level]);
      diagonal = level(level, blocks.layout(), colors, shared);
      shared.destroy();
    }
    return norms;
  }

  /**
   * What each colour weighs in a function of the kernel that is linear with some coefficients a
   * graph.
   *
   * @param coefficients n×m
   * @return H_lᵀ A by level, row-major; of the levels of all kernels
   */
  double[][] weights(
      GraphBlocks.Layout layout, Broadcast<ColorLevels> colors, Matrix coefficients) {
    WorkFiles from = files;
    int outputs = coefficients.cols();
    double[][] rows = new double[coefficients.rows()][outputs];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < outputs; c++) {
        rows[i][c] = coefficients.get(i, c);
      }
    }
    Broadcast<double[][]> shared = spark.broadcast(rows);
    double[][] weights =
        BlockMerge.merge(
            spark
                .parallelize(IntStream.range(0, layout.blocks()).boxed().toList(), layout.blocks())
                .mapToPair(
                    block -> {
                      double[][] sums = new double[colors.value().blocks() + 1][];
                      Arrays.setAll(sums, l -> new double[colors.value().size(l) * outputs]);
                      from.readHistograms(block, colors.value())
                          .addWeights(layout.first(block), shared.value(), sums);
                      return new Tuple2<>(block, sums);
                    }),
            layout.blocks(),
            GntkKernel::addAll);
    shared.destroy();
    return weights;
  }

  private static double[][] addAll(double[][] left, double[][] right) {
    for (int level = 0; level < left.length; level++) {
      add(left[level], right[level]);
    }
    return left;
  }

  private double[] level(
      int level,
      GraphBlocks.Layout layout,
      Broadcast<ColorLevels> colors,
      Broadcast<double[]> norms) {
    int rows = ColorTiling.of(colors.value().size(level)).blocks();
    WorkFiles to = files;
    GntkParameters p = kernels.largest();
    boolean reads = kernels.reads(level);
    // The first rows are the longest: an executor that ends early takes a short one.
    List<Integer> order = IntStream.range(0, rows).boxed().toList();
    return BlockMerge.merge(
        spark
            .parallelize(order, rows)
            .mapToPair(
                row ->
                    new Tuple2<>(
                        row, row(level, row, to, layout, colors.value(), p, reads, norms.value()))),
        rows,
        GntkKernel::add);
  }

  private static double[] row(
      int level,
      int block,
      WorkFiles files,
      GraphBlocks.Layout layout,
      ColorLevels colors,
      GntkParameters parameters,
      boolean reads,
      double[] norms) {
    boolean last = level == colors.blocks();
    if ((!reads || files.hasProducts(level, block)) && (last || files.hasLevelRow(level, block))) {
      return last ? new double[0] : files.readNextDiagonal(level, block, colors);
    }
    LevelRow row = new LevelRow(colors, level, parameters, block, norms);
    if (level > 1) {
      files.forEachTile(level - 1, colors, row::accept);
    }
    row.seal();
    RowReadOut readOut =
        reads ? new RowReadOut(colors, level, block, files.readHistograms(layout, colors)) : null;
    int blocks = ColorTiling.of(colors.size(level)).blocks();
    double[] nextDiagonal = new double[last ? 0 : colors.size(level + 1)];
    if (last) {
      ColorTile tile = null;
      for (int j = block; j < blocks; j++) {
        tile = row.tile(j, tile);
        readOut.accept(tile);
      }
    } else {
      files.writeLevelRow(
          level,
          block,
          out -> {
            ColorTile tile = null;
            for (int j = block; j < blocks; j++) {
              tile = row.tile(j, tile);
              NextDiagonal.add(colors, level, tile, nextDiagonal);
              if (reads) {
                readOut.accept(tile);
              }
              tile.write(out);
            }
            ArrayIo.writeDoubles(out, nextDiagonal);
          });
    }
    if (reads) {
      files.writeProducts(level, block, readOut, layout);
    }
    return nextDiagonal;
  }

  private static double[] add(double[] left, double[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  /**
   * Writes the Gram matrix of each kernel to a folder of its own.
   *
   * @param work where the folders are
   * @return by number of BLOCKs, ascending
   */
  List<GramTable> readOuts(
      Path work, GraphBlocks.Layout layout, Broadcast<ColorLevels> colors, Configuration conf) {
    List<GramTable> grams = new ArrayList<>();
    for (GntkParameters each : kernels.all()) {
      Path folder = new Path(work, Words.of("gram-%02d", each.blocks()));
      GramTable gram = new GramTable(Table.at(folder, GramTable.SCHEMA, conf), layout);
      readOut(each, layout, colors, gram);
      grams.add(gram);
    }
    return grams;
  }

  /** The same of the only kernel. */
  void readOut(GraphBlocks.Layout layout, Broadcast<ColorLevels> colors, GramTable gram) {
    readOut(kernels.largest(), layout, colors, gram);
  }

  /**
   * Writes the tiles of the Gram matrix that are not there yet, a task a block column: first the
   * tiles of M below the diagonal, then the sum of those above it with their mirrored ones.
   *
   * @param p one of the kernels
   */
  void readOut(
      GntkParameters p, GraphBlocks.Layout layout, Broadcast<ColorLevels> colors, GramTable gram) {
    WorkFiles work = files;
    List<Integer> columns = IntStream.range(0, layout.blocks()).boxed().toList();
    // The first columns are the longest below the diagonal, the last ones above it.
    spark
        .parallelize(columns, columns.size())
        .foreach(column -> below(column, layout, work, colors.value(), p));
    spark
        .parallelize(columns.stream().sorted(Comparator.reverseOrder()).toList(), columns.size())
        .foreach(column -> above(column, layout, work, colors.value(), p, gram));
  }

  private static void below(
      int column,
      GraphBlocks.Layout layout,
      WorkFiles files,
      ColorLevels colors,
      GntkParameters parameters) {
    if (column == layout.blocks() - 1 || files.hasBelow(parameters.blocks(), column)) {
      return;
    }
    double[][][] products = products(column, layout, files, colors, parameters);
    files.writeBelow(
        parameters.blocks(),
        column,
        out -> {
          for (int i = column + 1; i < layout.blocks(); i++) {
            ArrayIo.writeDoubles(out, tile(i, layout.length(column), files, colors, products));
          }
        });
  }

  private static void above(
      int column,
      GraphBlocks.Layout layout,
      WorkFiles files,
      ColorLevels colors,
      GntkParameters parameters,
      GramTable gram) {
    if (gram.hasColumn(column)) {
      return;
    }
    int columns = layout.length(column);
    double[][][] products = products(column, layout, files, colors, parameters);
    for (int i = 0; i <= column; i++) {
      double[] tile = tile(i, columns, files, colors, products);
      double[] mirrored =
          i == column ? tile : files.readBelow(parameters.blocks(), column, i, layout);
      gram.write(
          i,
          column,
          ReadOut.symmetric(tile, mirrored, layout.length(i), columns),
          parameters.factor());
    }
  }

  /** A tile of M, from the histograms of a block of graphs and a block column of the products. */
  private static double[] tile(
      int row, int columns, WorkFiles files, ColorLevels colors, double[][][] products) {
    Histograms rows = files.readHistograms(row, colors);
    double[] sums = new double[rows.graphs() * columns];
    for (int level = 0; level < products.length; level++) {
      for (int b = 0; b < products[level].length; b++) {
        int first = ColorTiling.of(colors.size(level)).first(b);
        ReadOut.add(rows, level, first, products[level][b], columns, sums);
      }
    }
    return sums;
  }

  /** A block column of the products, by level and block of colours; empty where none is read. */
  private static double[][][] products(
      int column,
      GraphBlocks.Layout layout,
      WorkFiles files,
      ColorLevels colors,
      GntkParameters parameters) {
    double[][][] products = new double[parameters.blocks() + 1][0][];
    for (int level = 0; level < products.length; level++) {
      if (parameters.reads(level)) {
        products[level] = products(level, column, layout, files, colors);
      }
    }
    return products;
  }

  private static double[][] products(
      int level, int column, GraphBlocks.Layout layout, WorkFiles files, ColorLevels colors) {
    if (level == 0) {
      return new double[][] {ReadOut.levelZero(colors, files.readHistograms(column, colors))};
    }
    ColorTiling tiling = ColorTiling.of(colors.size(level));
    double[][] products = new double[tiling.blocks()][];
    for (int b = 0; b < products.length; b++) {
      products[b] = files.readProduct(level, b, tiling.length(b), layout, column);
    }
    return products;
  }

  /** Graphs, nodes and labels as a table's rows. */
  static java.util.Iterator<Object[]> rows(GraphRecord[] records) {
    return Arrays.stream(records)
        .map(
            r ->
                new Object[] {
                  r.index(), r.id(), r.label(), (long) r.graph().nodes(), (long) r.graph().edges()
                })
        .iterator();
  }
}
