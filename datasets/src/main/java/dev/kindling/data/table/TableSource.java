package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.data.InputFile;
import dev.kindling.data.InputPath;
import dev.kindling.data.MemoryFile;
import dev.kindling.data.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a table lies: one file, or the files of a folder in the order of their names, without
 * hidden ones (those that begin with a dot or an underscore).
 *
 * @param name what messages call the table
 * @param labels the labels beside IDX images, one for each file, or none
 */
record TableSource(String name, TableFormat format, List<InputFile> files, List<InputFile> labels) {

  /**
   * Looks the table up.
   *
   * @throws BadInput when there is nothing, nothing readable, or a mixture
   */
  static TableSource find(String uri, Configuration conf) throws IOException {
    FileStatus status = InputPath.require(uri, conf);
    FileSystem fs = status.getPath().getFileSystem(conf);
    return status.isDirectory() ? folder(fs, status) : file(fs, status);
  }

  /** A table that travels with the tasks. */
  static TableSource inMemory(String name, MemoryFile file) {
    return new TableSource(name, format(file.name()), List.of(file), List.of());
  }

  /** Every byte that the table's rows depend on, in order. */
  List<InputFile> allFiles() {
    List<InputFile> all = new ArrayList<>(files);
    all.addAll(labels);
    return all;
  }

  private static TableSource file(FileSystem fs, FileStatus status) throws IOException {
    Path path = status.getPath();
    TableFormat format = format(path.getName());
    InputFile file = stored(status, path.getName());
    List<InputFile> labels = new ArrayList<>();
    if (format == TableFormat.IDX) {
      for (String candidate : labelNames(path.getName())) {
        Path beside = new Path(path.getParent(), candidate);
        if (labels.isEmpty() && fs.exists(beside)) {
          labels.add(stored(fs.getFileStatus(beside), candidate));
        }
      }
    }
    return new TableSource(path.getName(), format, List.of(file), labels);
  }

  private static TableSource folder(FileSystem fs, FileStatus status) throws IOException {
    String folder = status.getPath().getName();
    List<FileStatus> children = InputPath.visible(fs, status.getPath());
    if (children.isEmpty()) {
      throw new BadInput("folder " + folder + " holds no file");
    }
    Set<TableFormat> formats = EnumSet.noneOf(TableFormat.class);
    Set<String> names = new TreeSet<>();
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (child.isDirectory()) {
        throw BadInput.of(
            "folder %s holds the folder %s; a table's folder holds files only", folder, name);
      }
      formats.add(format(folder + "/" + name));
      names.add(name);
    }
    if (formats.size() > 1) {
      throw BadInput.of(
          "folder %s holds files of several formats: %s; one is allowed",
          folder, InputPath.some(names));
    }
    return withLabels(folder, formats.iterator().next(), children, names);
  }

  private static TableSource withLabels(
      String folder, TableFormat format, List<FileStatus> children, Set<String> names) {
    Map<String, String> labelsOf = new TreeMap<>();
    Map<String, FileStatus> byName = new TreeMap<>();
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      byName.put(name, child);
      labelNames(name).stream()
          .filter(candidate -> format == TableFormat.IDX && names.contains(candidate))
          .findFirst()
          .ifPresent(beside -> labelsOf.put(name, beside));
    }
    List<InputFile> files = new ArrayList<>();
    List<InputFile> labels = new ArrayList<>();
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (!labelsOf.containsValue(name)) {
        files.add(stored(child, folder + "/" + name));
      }
      if (labelsOf.containsKey(name)) {
        String beside = labelsOf.get(name);
        labels.add(stored(byName.get(beside), folder + "/" + beside));
      }
    }
    if (!labels.isEmpty() && labels.size() < files.size()) {
      throw BadInput.of(
          "folder %s has labels for %s of %s IDX files: add the others, or take the labels out",
          folder, labels.size(), files.size());
    }
    return new TableSource(folder, format, files, labels);
  }

  /** Names that the labels of an IDX file may have, the likeliest first. */
  private static List<String> labelNames(String name) {
    if (!name.contains("images")) {
      return List.of();
    }
    String labels = name.replace("images", "labels").replaceFirst("idx[0-9]", "idx1");
    String other =
        labels.endsWith(".gz") ? labels.substring(0, labels.length() - 3) : labels + ".gz";
    return List.of(labels, other);
  }

  private static InputFile stored(FileStatus status, String name) {
    if (status.getLen() == 0) {
      throw new BadInput(name + " is empty");
    }
    return StoredFile.of(status, name);
  }

  private static TableFormat format(String name) {
    return TableFormat.of(name)
        .orElseThrow(
            () ->
                BadInput.of(
                    "%s has no ending that says its format; known are %s",
                    name, TableFormat.knownEndings()));
  }
}
