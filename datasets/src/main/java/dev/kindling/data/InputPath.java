package dev.kindling.data;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** A path that the user gave, on any Hadoop file system. */
public final class InputPath {
  private static final int NAMED = 8;

  private InputPath() {}

  /**
   * What is at a path, as the user wrote it.
   *
   * @throws BadInput if nothing is there, with the near names in its folder; if it may not be read;
   *     if no file system knows such a path
   */
  public static FileStatus require(String uri, Configuration conf) throws IOException {
    Path path;
    FileSystem fs;
    try {
      path = new Path(uri);
      fs = path.getFileSystem(conf);
    } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
      throw BadInput.of(
          e, "%s is no path on a file system that Hadoop knows: %s", uri, e.getMessage());
    }
    try {
      return fs.getFileStatus(path);
    } catch (FileNotFoundException | ParentNotDirectoryException e) {
      throw new BadInput(show(path) + " does not exist" + beside(path, fs), e);
    } catch (AccessControlException e) {
      throw new BadInput(show(path) + " may not be read by this user", e);
    }
  }

  /**
   * What a folder holds in the order of the names, without hidden ones (those that begin with a dot
   * or an underscore).
   *
   * @throws BadInput if it may not be read
   */
  public static List<FileStatus> visible(FileSystem fs, Path folder) throws IOException {
    try {
      return list(fs, folder);
    } catch (AccessControlException e) {
      throw new BadInput(show(folder) + " may not be read by this user", e);
    }
  }

  private static List<FileStatus> list(FileSystem fs, Path folder) throws IOException {
    return Arrays.stream(fs.listStatus(folder))
        .filter(child -> !child.getPath().getName().startsWith("."))
        .filter(child -> !child.getPath().getName().startsWith("_"))
        .sorted(Comparator.comparing(child -> child.getPath().getName()))
        .toList();
  }

  /** The path as a user writes it: without the scheme where it is a local file. */
  public static String show(Path path) {
    return path.toUri().getScheme() == null || "file".equals(path.toUri().getScheme())
        ? path.toUri().getPath()
        : path.toString();
  }

  /** The first few names, and how many more there are. */
  public static String some(Collection<String> names) {
    List<String> first = names.stream().limit(NAMED).toList();
    String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
    return String.join(", ", first) + more;
  }

  private static String beside(Path path, FileSystem fs) throws IOException {
    Path folder = path.getParent();
    if (folder == null) {
      return "";
    }
    List<String> names;
    try {
      names = list(fs, folder).stream().map(child -> child.getPath().getName()).toList();
    } catch (FileNotFoundException | ParentNotDirectoryException e) {
      return ", nor does the folder " + show(folder);
    } catch (AccessControlException e) {
      return "";
    }
    return DidYouMean.of(path.getName(), names)
        .map(near -> "; did you mean " + near + "?")
        .orElse(names.isEmpty() ? "; its folder is empty" : "; its folder holds " + some(names));
  }
}
