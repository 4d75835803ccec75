package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Where a table lies: one file, or the files of a folder in the order of their names, without
 * hidden ones (those that begin with a dot or an underscore).
 *
 * @param name what messages call the table
 * @param labels the labels beside IDX images, one for each file, or none
 */
record TableSource(String name, TableFormat format, List<TableFile> files, List<TableFile> labels) {

  /**
   * Looks the table up.
   *
   * @throws BadInput when there is nothing, nothing readable, or a mixture
   */
  static TableSource find(String uri, Configuration conf) throws IOException {
    Path path;
    FileSystem fs;
    try {
      path = new Path(uri);
      fs = path.getFileSystem(conf);
    } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
      throw new BadInput(
          uri + " is no path on a file system that Hadoop knows: " + e.getMessage(), e);
    }
    try {
      FileStatus status = fs.getFileStatus(path);
      return status.isDirectory() ? folder(fs, status) : file(fs, status);
    } catch (FileNotFoundException e) {
      throw new BadInput(uri + " does not exist" + neighbours(fs, path), e);
    } catch (AccessControlException e) {
      throw new BadInput(uri + " may not be read by this user", e);
    }
  }

  /** A table that travels with the tasks. */
  static TableSource inMemory(String name, MemoryFile file) {
    return new TableSource(name, format(file.name()), List.of(file), List.of());
  }

  /** Every byte that the table's rows depend on, in order. */
  List<TableFile> allFiles() {
    List<TableFile> all = new ArrayList<>(files);
    all.addAll(labels);
    return all;
  }

  private static TableSource file(FileSystem fs, FileStatus status) throws IOException {
    Path path = status.getPath();
    TableFormat format = format(path.getName());
    TableFile file = stored(status, path.getName());
    List<TableFile> labels = new ArrayList<>();
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
    List<FileStatus> children =
        Arrays.stream(fs.listStatus(status.getPath()))
            .filter(child -> !isHidden(child.getPath().getName()))
            .sorted(Comparator.comparing(child -> child.getPath().getName()))
            .toList();
    if (children.isEmpty()) {
      throw new BadInput("folder " + folder + " holds no file");
    }
    Set<TableFormat> formats = EnumSet.noneOf(TableFormat.class);
    Set<String> names = new TreeSet<>();
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (child.isDirectory()) {
        throw new BadInput(
            "folder "
                + folder
                + " holds the folder "
                + name
                + "; a table's folder holds files only");
      }
      formats.add(format(folder + "/" + name));
      names.add(name);
    }
    if (formats.size() > 1) {
      throw new BadInput(
          "folder "
              + folder
              + " holds files of several formats: "
              + some(names)
              + "; one is allowed");
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
    List<TableFile> files = new ArrayList<>();
    List<TableFile> labels = new ArrayList<>();
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
      throw new BadInput(
          "folder "
              + folder
              + " has labels for "
              + labels.size()
              + " of "
              + files.size()
              + " IDX files: add the others, or take the labels out");
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

  private static TableFile stored(FileStatus status, String name) {
    if (status.getLen() == 0) {
      throw new BadInput(name + " is empty");
    }
    return new StoredFile(status.getPath().toString(), name, status.getLen());
  }

  private static TableFormat format(String name) {
    return TableFormat.of(name)
        .orElseThrow(
            () ->
                new BadInput(
                    name
                        + " has no ending that says its format; known are "
                        + TableFormat.knownEndings()));
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private static String neighbours(FileSystem fs, Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      return "";
    }
    Set<String> names = new TreeSet<>();
    try {
      for (FileStatus child : fs.listStatus(parent)) {
        names.add(child.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return ", nor does the folder " + parent;
    } catch (AccessControlException e) {
      return "";
    }
    return DidYouMean.of(path.getName(), names)
        .map(name -> "; did you mean " + name + "?")
        .orElse(names.isEmpty() ? "; its folder is empty" : "; its folder holds " + some(names));
  }

  private static String some(Set<String> names) {
    List<String> first = names.stream().limit(8).toList();
    String more = names.size() > 8 ? " and " + (names.size() - 8) + " more" : "";
    return String.join(", ", first) + more;
  }
}
