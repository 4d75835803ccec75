package dev.kindling.spark.gntk;

import dev.kindling.block.ArrayIo;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.gntk.ColorTile;
import dev.kindling.gntk.ColorTiling;
import dev.kindling.gntk.Histograms;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.PlainFiles;
import dev.kindling.spark.job.UnfinishedFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a run keeps between its stages on the file system that it writes to: the tiles of each
 * level, a file a block row, and the histograms, a file a block of graphs. Executors share nothing
 * else, and a resumed run finds what is finished. A file appears whole or not at all.
 */
final class WorkFiles implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 18;

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
    return new Path(folder, String.format(Locale.ROOT, "level-%02d/row-%05d", level, block));
  }

  private Path histogram(int block) {
    return new Path(folder, String.format(Locale.ROOT, "histograms/block-%05d", block));
  }

  void writeHistograms(int block, Histograms histograms) {
    write(histogram(block), histograms::write);
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
    try {
      return fs().exists(levelRow(level, block));
    } catch (IOException e) {
      throw new JobFailure(levelRow(level, block) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a block row: its tiles from the diagonal on, then what it adds to the next level's
   * diagonal.
   */
  void writeLevelRow(int level, int block, Content tiles) {
    write(levelRow(level, block), tiles);
  }

  /** What a finished block row adds to the diagonal of the next level. */
  double[] readNextDiagonal(int level, int block, ColorLevels colors) {
    int blocks = ColorTiling.of(colors.size(level)).blocks();
    Path file = levelRow(level, block);
    try (DataInputStream in = open(file)) {
      for (int j = block; j < blocks; j++) {
        ColorTile.read(in);
      }
      return ArrayIo.readDoubles(in, level < colors.blocks() ? colors.size(level + 1) : 0);
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  /** Streams all tiles of a level, row after row. */
  void forEachTile(int level, ColorLevels colors, Consumer<ColorTile> each) {
    int blocks = ColorTiling.of(colors.size(level)).blocks();
    for (int i = 0; i < blocks; i++) {
      Path file = levelRow(level, i);
      try (DataInputStream in = open(file)) {
        for (int j = i; j < blocks; j++) {
          each.accept(ColorTile.read(in));
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
