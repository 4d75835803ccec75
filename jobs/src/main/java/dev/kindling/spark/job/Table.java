package dev.kindling.spark.job;

import dev.kindling.Words;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A result table of a run under way: Parquet files, one a fixed block. Travels to executors, whose
 * tasks write the blocks; a block that a resumed run finds is not written again.
 */
public final class Table implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final TableSchema schema;
  private final String folder;
  private final SerializableConfiguration conf;

  Table(String name, TableSchema schema, Path folder, Configuration conf) {
    this.name = name;
    this.schema = schema;
    this.folder = folder.toString();
    this.conf = new SerializableConfiguration(conf);
  }

  /** A table outside any run, for an Estimator's work. */
  public static Table at(Path folder, TableSchema schema, Configuration conf) {
    return new Table(folder.getName(), schema, folder, conf);
  }

  String name() {
    return name;
  }

  public TableSchema schema() {
    return schema;
  }

  /** Writes block number {@code block}. */
  public void write(int block, Iterator<Object[]> rows) {
    write(Words.of("part-%05d", block), rows);
  }

  /** Writes the block of that name; the order of the names is the order of the rows. */
  public void write(String block, Iterator<Object[]> rows) {
    try {
      TableBlock.write(conf.value(), file(block), schema, rows);
    } catch (IOException e) {
      throw new JobFailure("table " + name + " cannot be written: " + RunDirectory.firstLine(e), e);
    }
  }

  /** Whether the block is there already. */
  public boolean has(String block) {
    try {
      return fileSystem().exists(file(block));
    } catch (IOException e) {
      throw new JobFailure("table " + name + " cannot be read: " + RunDirectory.firstLine(e), e);
    }
  }

  /** Where the block of that name is. */
  public Path file(String block) {
    return new Path(folder, block + ".parquet");
  }

  public Configuration conf() {
    return conf.value();
  }

  /** The finished blocks by name. */
  List<Path> blocks() throws IOException {
    if (!fileSystem().exists(new Path(folder))) {
      return List.of();
    }
    return Arrays.stream(fileSystem().listStatus(new Path(folder)))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().endsWith(".parquet") && !path.getName().startsWith("_"))
        .sorted()
        .toList();
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(folder).getFileSystem(conf.value());
  }
}
