package dev.kindling.data;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A path that the user gave, on any Hadoop file system. */
public final class InputPath {
  private static final int NAMED = 6;

  private InputPath() {}

  /**
   * What is at the path.
   *
   * @throws BadInput if nothing is there, with the near names in its folder
   */
  public static FileStatus require(Path path, FileSystem fs) throws IOException {
    try {
      return fs.getFileStatus(path);
    } catch (FileNotFoundException missing) {
      throw new BadInput(show(path) + ": no such file or folder" + beside(path, fs), missing);
    }
  }

  /** The path as a user writes it: without the scheme where it is a local file. */
  public static String show(Path path) {
    return path.toUri().getScheme() == null || "file".equals(path.toUri().getScheme())
        ? path.toUri().getPath()
        : path.toString();
  }

  private static String beside(Path path, FileSystem fs) throws IOException {
    Path folder = path.getParent();
    if (folder == null || !fs.exists(folder)) {
      return folder == null ? "" : "; " + show(folder) + " does not exist either";
    }
    List<String> names =
        Arrays.stream(fs.listStatus(folder))
            .map(status -> status.getPath().getName())
            .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
            .sorted()
            .toList();
    return DidYouMean.of(path.getName(), names)
        .map(near -> "; did you mean " + near + "?")
        .orElse(
            names.isEmpty()
                ? "; its folder is empty"
                : "; its folder holds "
                    + names.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (names.size() > NAMED ? ", …" : ""));
  }
}
