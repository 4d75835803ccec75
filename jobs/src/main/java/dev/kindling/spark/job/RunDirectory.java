package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.data.InputPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a run writes: a hidden sibling {@code .NAME.unfinished} of the final directory, renamed to
 * it at the end, so that nothing half-written ever stands under the final name. Any Hadoop file
 * system whose rename of a directory is atomic.
 */
final class RunDirectory {
  private static final String SUFFIX = ".unfinished";

  private final FileSystem fs;
  private final Path target;
  private final Path unfinished;
  private final boolean overwrite;
  private final List<Path> createdParents = new ArrayList<>();
  private boolean begun;

  private RunDirectory(FileSystem fs, Path target, boolean overwrite) {
    this.fs = fs;
    this.target = target;
    this.unfinished = new Path(target.getParent(), "." + target.getName() + SUFFIX);
    this.overwrite = overwrite;
  }

  /**
   * Opens a new directory, or an unfinished one where {@code resume} asks for it.
   *
   * @throws BadInput if it exists and neither was asked for, has nothing to resume, or cannot be
   *     written
   */
  static RunDirectory open(String output, boolean overwrite, boolean resume, Configuration conf) {
    try {
      Path given = new Path(output);
      FileSystem fs = given.getFileSystem(conf);
      Path target = fs.makeQualified(given);
      if (target.getParent() == null) {
        throw new BadInput("--output " + output + ": the root cannot be a run directory");
      }
      RunDirectory directory = new RunDirectory(fs, target, overwrite);
      directory.check(output, resume);
      directory.create();
      return directory;
    } catch (IOException | IllegalArgumentException e) {
      throw BadInput.of(
          e, "--output %s: cannot be written: %s; give another --output", output, firstLine(e));
    }
  }

  private void check(String output, boolean resume) throws IOException {
    begun = exists(unfinished);
    if (resume) {
      if (!begun) {
        throw BadInput.of(
            "--resume: %s%s; leave --resume out to start one",
            output, exists(target) ? " is finished" : " has no unfinished run");
      }
      if (exists(target) && !overwrite) {
        throw BadInput.of(
            "--resume: the unfinished run is to replace %s, which exists; give --overwrite as well",
            output);
      }
      return;
    }
    if (exists(target) && !overwrite) {
      throw BadInput.of(
          "--output %s exists; give --overwrite to replace it, or another --output", output);
    }
    if (exists(target) && !fs.exists(new Path(target, RunRecord.FILE))) {
      throw BadInput.of(
          "--overwrite: %s is not a run directory (it has no run.json); remove it yourself or give another --output",
          output);
    }
    if (begun && !overwrite) {
      throw BadInput.of(
          "--output %s has an unfinished run; give --resume to go on with it or --overwrite to start again",
          output);
    }
  }

  private boolean exists(Path path) throws IOException {
    try {
      return fs.exists(path);
    } catch (org.apache.hadoop.fs.ParentNotDirectoryException e) {
      return false; // create() says what is in the way
    }
  }

  private void create() throws IOException {
    for (Path p = target.getParent(); p != null && !exists(p); p = p.getParent()) {
      createdParents.add(p);
    }
    try {
      if (!fs.mkdirs(unfinished)) {
        throw new IOException("the folder could not be made");
      }
    } catch (IOException e) {
      removeCreatedParents();
      throw e;
    }
  }

  /** The newest unfinished run of a job among the siblings of {@code folder/<job>-…}, or null. */
  static String newestUnfinished(String folder, String job, Configuration conf) {
    try {
      Path path = new Path(folder);
      FileSystem fs = path.getFileSystem(conf);
      if (!fs.exists(path)) {
        return null;
      }
      return java.util.Arrays.stream(fs.listStatus(path))
          .filter(s -> s.getPath().getName().startsWith("." + job + "-"))
          .filter(s -> s.getPath().getName().endsWith(SUFFIX))
          .max(Comparator.comparingLong(FileStatus::getModificationTime))
          .map(s -> s.getPath().getName())
          .map(name -> folder + "/" + name.substring(1, name.length() - SUFFIX.length()))
          .orElse(null);
    } catch (IOException e) {
      throw new BadInput("--resume: " + folder + " cannot be read: " + firstLine(e), e);
    }
  }

  /** Where files go while the run is under way. */
  Path path(String name) {
    return new Path(unfinished, name);
  }

  /** The final directory as a user writes it. */
  String shown() {
    return InputPath.show(target);
  }

  /** The final directory. */
  Path target() {
    return target;
  }

  /** Writes a file, which appears whole or not at all. */
  void write(String name, String text) {
    Path file = path(name);
    Path hidden = UnfinishedFile.of(file);
    try {
      try (OutputStream out = fs.create(hidden, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      fs.delete(file, false);
      if (!fs.rename(hidden, file)) {
        throw new IOException("cannot be put in place");
      }
    } catch (IOException e) {
      throw new JobFailure(shown() + "/" + name + " cannot be written: " + firstLine(e), e);
    }
  }

  /** The text of a file of an unfinished run, or null. */
  String read(String name) {
    try {
      if (!fs.exists(path(name))) {
        return null;
      }
      try (var in = fs.open(path(name))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new BadInput("--resume: " + name + " cannot be read: " + firstLine(e), e);
    }
  }

  /** Removes everything that an earlier attempt has left. */
  void clear() {
    try {
      for (FileStatus status : fs.listStatus(unfinished)) {
        fs.delete(status.getPath(), true);
      }
    } catch (IOException e) {
      throw new JobFailure(shown() + ": cannot be cleared: " + firstLine(e), e);
    }
  }

  void delete(String name) {
    try {
      fs.delete(path(name), true);
    } catch (IOException e) {
      throw new JobFailure(shown() + "/" + name + " cannot be removed: " + firstLine(e), e);
    }
  }

  /** Puts the directory under its final name. {@code _SUCCESS} is its last file. */
  void commit() {
    try {
      write("_SUCCESS", "");
      sweep(unfinished);
      Path old = new Path(target.getParent(), "." + target.getName() + ".replaced");
      boolean replaces = overwrite && fs.exists(target);
      if (replaces) {
        fs.delete(old, true);
        rename(target, old);
      }
      try {
        rename(unfinished, target);
      } catch (IOException e) {
        if (replaces) {
          fs.rename(old, target);
        }
        throw e;
      }
      fs.delete(old, true); // maybe of an attempt that was killed between the two renames
    } catch (IOException e) {
      throw new JobFailure(shown() + " cannot be put in place: " + firstLine(e), e);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    // Hadoop would move the folder into an existing one instead of failing.
    if (fs.exists(to) || !fs.rename(from, to)) {
      throw new IOException(InputPath.show(to) + " is in the way");
    }
  }

  /**
   * Local files carry a hidden checksum beside them, and killed tasks leave files they had begun;
   * nobody wants either in a result.
   */
  private void sweep(Path folder) throws IOException {
    for (FileStatus status : PlainFiles.of(fs).listStatus(folder)) {
      Path path = status.getPath();
      boolean checksum = path.getName().startsWith(".") && path.getName().endsWith(".crc");
      if (status.isDirectory()) {
        sweep(path);
      } else if (checksum || UnfinishedFile.is(path)) {
        PlainFiles.of(fs).delete(path, false);
      }
    }
  }

  /** Leaves no trace of a run that could not begin; one that was begun before stays as it was. */
  void discard() {
    if (begun) {
      return;
    }
    try {
      fs.delete(unfinished, true);
      removeCreatedParents();
    } catch (IOException e) {
      throw new JobFailure(shown() + ": the unfinished run cannot be removed: " + firstLine(e), e);
    }
  }

  private void removeCreatedParents() throws IOException {
    for (Path parent : createdParents) {
      if (exists(parent) && fs.listStatus(parent).length == 0) {
        fs.delete(parent, false);
      }
    }
  }

  static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
