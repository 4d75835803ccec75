package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.data.InputPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a set of graphs is stored, found from what is at its path. */
enum GraphFormat {
  GIN,
  TU,
  PARQUET;

  /**
   * @param format what is there
   * @param path the file or folder to read: for GIN the text file, for TU the common prefix of its
   *     files
   * @param files every file that belongs to the set, in name order
   */
  record Found(GraphFormat format, Path path, List<Path> files) {}

  /**
   * @throws BadInput if nothing that can be read is there
   */
  static Found at(Path path, Configuration conf) throws IOException {
    FileSystem fs = path.getFileSystem(conf);
    FileStatus status = InputPath.require(path, fs);
    if (!status.isDirectory()) {
      return ofFile(path);
    }
    List<Path> files = visible(fs, path);
    for (Path file : files) {
      if (file.getName().endsWith("_A.txt")) {
        String prefix = file.getName().substring(0, file.getName().length() - "_A.txt".length());
        return new Found(
            TU,
            new Path(path, prefix),
            files.stream().filter(f -> f.getName().startsWith(prefix + "_")).toList());
      }
    }
    if (files.stream().anyMatch(f -> f.getName().endsWith(".parquet"))) {
      return new Found(PARQUET, path, files);
    }
    List<Path> texts = files.stream().filter(f -> f.getName().endsWith(".txt")).toList();
    for (Path text : texts) {
      if (texts.size() == 1 || text.getName().equals(path.getName() + ".txt")) {
        return new Found(GIN, text, List.of(text));
      }
    }
    throw new BadInput(
        InputPath.show(path)
            + ": no graphs in this folder; expected a TU set (DS_A.txt, …), Parquet files or one GIN text (NAME.txt)");
  }

  private static Found ofFile(Path path) {
    String name = path.getName();
    if (name.endsWith(".txt")) {
      return new Found(GIN, path, List.of(path));
    }
    if (name.endsWith(".parquet")) {
      return new Found(PARQUET, path, List.of(path));
    }
    throw new BadInput(
        InputPath.show(path)
            + ": not a set of graphs; expected GIN text (.txt), Parquet (.parquet) or a TU folder");
  }

  private static List<Path> visible(FileSystem fs, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (FileStatus status : fs.listStatus(folder)) {
      String name = status.getPath().getName();
      if (status.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
        files.add(status.getPath());
      }
    }
    files.sort(null);
    return files;
  }
}
