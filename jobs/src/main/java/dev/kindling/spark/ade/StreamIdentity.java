package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A stream's random name, kept beside its checkpoint with the sources that the checkpoint counts,
 * and in the folders that it writes, which belong to it alone.
 *
 * @param name as {@link UpdateName#random} makes them
 */
record StreamIdentity(String name) {
  private static final int LONGEST = 1 << 16;
  private static final String FILE = "stream";
  private static final String OWNER = "_stream";

  /**
   * That of a checkpoint, or a new one.
   *
   * @param sources what the checkpoint is of, a line each
   * @throws BadInput if it is of others
   */
  static StreamIdentity open(
      String option, Path checkpoint, List<String> sources, Configuration conf) {
    try {
      Path file = new Path(checkpoint, FILE);
      List<String> lines = read(file, conf);
      if (lines == null) {
        write(file, UpdateName.random() + "\n" + String.join("\n", sources), conf);
        lines = read(file, conf);
      }
      if (lines == null || !UpdateName.isOne(lines.get(0))) {
        throw new BadInput(option + ": " + file + " is damaged; give another --checkpoint");
      }
      List<String> begun = lines.subList(1, lines.size());
      if (!begun.equals(sources)) {
        throw new BadInput(
            option
                + (": was begun with " + String.join(" ", begun))
                + (", not with " + String.join(" ", sources))
                + "; give the same sources, or another --checkpoint, which begins anew");
      }
      return new StreamIdentity(lines.get(0));
    } catch (IOException e) {
      throw new BadInput(option + ": cannot be used: " + ModelFiles.reason(e), e);
    }
  }

  /**
   * Takes possession of a folder that the stream writes.
   *
   * @throws BadInput if it belongs to another stream
   */
  void own(String option, Path folder, Configuration conf) {
    try {
      Path file = new Path(folder, OWNER);
      List<String> owner = read(file, conf);
      if (owner == null) {
        write(file, name, conf);
        owner = read(file, conf);
      }
      if (!List.of(name).equals(owner)) {
        throw new BadInput(
            option
                + ": holds what another stream has written; give another folder, or the --checkpoint of that stream");
      }
    } catch (IOException e) {
      throw new BadInput(option + ": cannot be written: " + ModelFiles.reason(e), e);
    }
  }

  /** Lines of a file, at least one; null without a file. */
  private static List<String> read(Path file, Configuration conf) throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    if (!fs.exists(file)) {
      return null;
    }
    try (InputStream in = fs.open(file)) {
      return List.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).split("\n", -1));
    }
  }

  /** One that another has made in the meantime stays. */
  private static void write(Path file, String text, Configuration conf) throws IOException {
    FileSystem fs = file.getFileSystem(conf);
    Path hidden = new Path(file.getParent(), "_" + file.getName() + "." + UpdateName.random());
    try (OutputStream out = fs.create(hidden, false)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      if (!fs.exists(file) && !fs.rename(hidden, file)) {
        throw new JobFailure(file + " cannot be put in place", null);
      }
    } catch (FileAlreadyExistsException e) {
      // it is the other's
    } finally {
      fs.delete(hidden, false);
    }
  }
}
