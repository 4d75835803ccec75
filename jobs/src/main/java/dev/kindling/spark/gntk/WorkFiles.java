package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.block.ArrayIo;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorTile;
import dev.kindling.gntk.ColorTiling;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Histograms;
import dev.kindling.gntk.RowReadOut;
import dev.kindling.gntk.TileSide;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.FeatureRidge;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.PlainFiles;
import dev.kindling.spark.job.UnfinishedFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a run keeps between its stages on the file system that it writes to: the histograms, a file
 * a block of graphs; the tiles of each level but the last and its products with the histograms, a
 * file a block row each; for each kernel the triangle of M below the diagonal, a file a block
 * column. Executors share nothing else, and a resumed run finds what is finished. A file appears
 * whole or not at all.
 */
final class WorkFiles implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 16;

  private final String folder;
  private final SerializableConfiguration conf;

  WorkFiles(Path folder, SerializableConfiguration conf) {
    this.folder = folder.toString();
    this.conf = conf;
  }

  /** Writes some of a file's content. */
  interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private Path levelRow(int level, int block) {
    return new Path(folder, Words.of("level-%02d/row-%05d", level, block));
  }

  private Path products(int level, int block) {
    return new Path(folder, Words.of("level-%02d/products-%05d", level, block));
  }

  private Path below(int blocks, int column) {
    return new Path(folder, Words.of("below-%02d/column-%05d", blocks, column));
  }

  private Path sides(int block) {
    return new Path(folder, Words.of("sides/block-%05d", block));
  }

  private Path histogram(int block) {
    return new Path(folder, Words.of("histograms/block-%05d", block));
  }

  private Path columns(String name, int group, int slice) {
    return new Path(folder, Words.of("columns-%s/group-%05d-slice-%d", name, group, slice));
  }

  private Path union(int group) {
    return new Path(folder, Words.of("sides/group-%05d", group));
  }

  private Path diagonal(int block) {
    return new Path(folder, Words.of("diagonal/block-%05d", block));
  }

  private Path features(int block) {
    return new Path(folder, Words.of("features/block-%05d", block));
  }

  private Path fit(int number) {
    return new Path(folder, Words.of("fits/fit-%05d", number));
  }

  boolean hasColumns(String name, int group, int slice) {
    return has(columns(name, group, slice));
  }

  /** Writes numbers without their count. */
  void writeColumns(String name, int group, int slice, Content numbers) {
    write(columns(name, group, slice), numbers);
  }

  /**
   * Some of the numbers of {@link #writeColumns}.
   *
   * @param skipped how many are in front
   */
  double[] readColumns(String name, int group, int slice, long skipped, int count) {
    Path file = columns(name, group, slice);
    try (FSDataInputStream opened = fs().open(file)) {
      opened.seek(skipped * Double.BYTES);
      double[] numbers = new double[count];
      ArrayIo.readValues(opened, numbers, 0, count);
      return numbers;
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes the kernel of each graph of a block with itself. */
  void writeDiagonal(int block, double[] diagonal) {
    write(diagonal(block), out -> ArrayIo.writeDoubles(out, diagonal));
  }

  double[] readDiagonal(int block, GraphBlocks.Layout layout) {
    return readWhole(diagonal(block), layout.length(block));
  }

  boolean hasFeatures(int block) {
    return has(features(block));
  }

  void writeFeatures(int block, Matrix features) {
    write(features(block), out -> ArrayIo.writeDoubles(out, features.values()));
  }

  /**
   * @param rank features a graph
   */
  Matrix readFeatures(int block, int rank, GraphBlocks.Layout layout) {
    int graphs = layout.length(block);
    return Matrix.of(rank, graphs, readWhole(features(block), Math.multiplyExact(rank, graphs)));
  }

  /** Of some graphs of the block, ascending. */
  Matrix readFeatures(int block, int rank, int... graphs) {
    Path file = features(block);
    double[] values = new double[Math.multiplyExact(rank, graphs.length)];
    try (FSDataInputStream opened = fs().open(file)) {
      for (int i = 0; i < graphs.length; i++) {
        opened.seek(Integer.BYTES + (long) graphs[i] * rank * Double.BYTES);
        ArrayIo.readValues(opened, values, i * rank, rank);
      }
      return Matrix.of(rank, graphs.length, values);
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  void writeFit(int number, FeatureRidge fit) {
    write(fit(number), fit::write);
  }

  FeatureRidge readFit(int number, int rank) {
    Path file = fit(number);
    try (DataInputStream in = open(file)) {
      return FeatureRidge.read(in, rank);
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  private double[] readWhole(Path file, int length) {
    try (DataInputStream in = open(file)) {
      double[] values = ArrayIo.readDoubles(in, length);
      ArrayIo.check(values.length == length, "length", values.length);
      return values;
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  void writeHistograms(int block, Histograms histograms) {
    write(histogram(block), histograms::write);
  }

  /** The histograms of all graphs: about 12 bytes a graph, level and distinct colour. */
  List<Histograms> readHistograms(GraphBlocks.Layout layout, ColorLevels colors) {
    return IntStream.range(0, layout.blocks()).mapToObj(b -> readHistograms(b, colors)).toList();
  }

  Histograms readHistograms(int block, ColorLevels colors) {
    Path file = histogram(block);
    try (DataInputStream in = open(file)) {
      return Histograms.read(in, colors);
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  boolean hasLevelRow(int level, int block) {
    return has(levelRow(level, block));
  }

  boolean hasProducts(int level, int block) {
    return has(products(level, block));
  }

  boolean hasBelow(int blocks, int column) {
    return has(below(blocks, column));
  }

  private boolean has(Path file) {
    try {
      return fs().exists(file);
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes the products of a block row of colours, block of graphs after block of graphs. */
  void writeProducts(int level, int block, RowReadOut readOut, GraphBlocks.Layout layout) {
    write(
        products(level, block),
        out -> {
          for (int b = 0; b < layout.blocks(); b++) {
            ArrayIo.writeDoubles(out, readOut.product(b));
          }
        });
  }

  boolean hasSides(int block) {
    return has(sides(block));
  }

  /** Writes what a block of graphs is in a tile: its chunks. */
  void writeSides(int block, List<TileSide> chunks) {
    writeSides(sides(block), chunks);
  }

  List<TileSide> readSides(int block, GntkParameters parameters) {
    return readSides(sides(block), parameters);
  }

  boolean hasUnion(int group) {
    return has(union(group));
  }

  /** Writes what a group of blocks is, with each colour once. */
  void writeUnion(int group, TileSide union) {
    writeSides(union(group), List.of(union));
  }

  List<TileSide> readUnion(int group, GntkParameters parameters) {
    return readSides(union(group), parameters);
  }

  private void writeSides(Path file, List<TileSide> chunks) {
    write(
        file,
        out -> {
          out.writeInt(chunks.size());
          for (TileSide side : chunks) {
            side.write(out);
          }
        });
  }

  private List<TileSide> readSides(Path file, GntkParameters parameters) {
    try (DataInputStream in = open(file)) {
      int count = in.readInt();
      ArrayIo.check(count >= 1 && count < 1 << 24, "chunks", count);
      List<TileSide> chunks = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        chunks.add(TileSide.read(in, parameters));
      }
      return chunks;
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  /** One block of graphs' columns of a block row's product: colours × graphs, row-major. */
  double[] readProduct(int level, int block, int colors, GraphBlocks.Layout layout, int column) {
    return readPart(products(level, block), colors, layout, 0, column);
  }

  /**
   * Writes a block column of M below the diagonal, tile after tile, each row-major.
   *
   * @param blocks the kernel's number of BLOCKs
   */
  void writeBelow(int blocks, int column, Content tiles) {
    write(below(blocks, column), tiles);
  }

  /** A tile of M below the diagonal: rows × columns, row-major. */
  double[] readBelow(int blocks, int row, int column, GraphBlocks.Layout layout) {
    return readPart(below(blocks, column), layout.length(column), layout, column + 1, row);
  }

  /**
   * The array of one block of graphs from a file with one for each from the first on, {@code width}
   * a graph.
   */
  private double[] readPart(Path file, int width, GraphBlocks.Layout layout, int first, int block) {
    long skipped = (block - first) * (Integer.BYTES + (long) layout.size() * width * Double.BYTES);
    try (FSDataInputStream opened = fs().open(file)) {
      opened.seek(skipped);
      DataInputStream in = new DataInputStream(new BufferedInputStream(opened, BUFFER));
      int length = layout.length(block) * width;
      double[] part = ArrayIo.readDoubles(in, length);
      ArrayIo.check(part.length == length, "length", part.length);
      return part;
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a block row: its tiles from the diagonal on, then what it adds to the next level's
   * diagonal.
   */
  void writeLevelRow(int level, int block, Content tiles) {
    write(levelRow(level, block), tiles);
  }

  /** What a finished block row, not of the last level, adds to the diagonal of the next. */
  double[] readNextDiagonal(int level, int block, ColorLevels colors) {
    int blocks = ColorTiling.of(colors.size(level)).blocks();
    Path file = levelRow(level, block);
    ColorTile tile = null;
    try (DataInputStream in = open(file)) {
      for (int j = block; j < blocks; j++) {
        tile = ColorTile.read(in, tile);
      }
      return ArrayIo.readDoubles(in, colors.size(level + 1));
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  /** Streams all tiles of a level, row after row. A tile is good until the next one comes. */
  void forEachTile(int level, ColorLevels colors, Consumer<ColorTile> each) {
    int blocks = ColorTiling.of(colors.size(level)).blocks();
    ColorTile tile = null;
    for (int i = 0; i < blocks; i++) {
      Path file = levelRow(level, i);
      try (DataInputStream in = open(file)) {
        for (int j = i; j < blocks; j++) {
          tile = ColorTile.read(in, tile);
          each.accept(tile);
        }
      } catch (IOException e) {
        throw new JobFailure(file + ": " + e.getMessage(), e);
      }
    }
  }

  private DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(fs().open(file), BUFFER));
  }

  private void write(Path file, Content content) {
    Path hidden = UnfinishedFile.of(file);
    try {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(fs().create(hidden, true), BUFFER))) {
        content.write(out);
      }
      fs().delete(file, false);
      if (!fs().rename(hidden, file)) {
        throw new IOException("cannot be put in place");
      }
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  private FileSystem fs() throws IOException {
    return PlainFiles.of(new Path(folder), conf.value());
  }
}
