package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.data.InputPath;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.PlainFiles;
import dev.kindling.spark.job.UnfinishedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A stream's random name, kept beside its checkpoint with the sources that the checkpoint counts,
 * and in the folders that it writes, which belong to it alone.
 *
 * @param name as {@link UpdateName#random} makes them
 * @param sources a line each
 */
record StreamIdentity(String name, List<String> sources, Place checkpoint, List<Place> own) {
  private static final int LONGEST = 1 << 16;

  /** A folder, and the option with its value that names it. */
  record Place(String option, Path folder) {
    static Place of(String option, Path folder) {
      return new Place(option + " " + InputPath.show(folder), folder);
    }
  }

  /**
   * That of a checkpoint, or a new one; writes nothing.
   *
   * @param own what the stream writes
   * @throws BadInput if the checkpoint is of other sources, or a folder is another stream's
   */
  static StreamIdentity of(
      Place checkpoint, List<String> sources, List<Place> own, Configuration conf) {
    List<String> lines = read(checkpoint, names(checkpoint), conf);
    String name = lines == null ? UpdateName.random() : lines.get(0);
    if (!UpdateName.isOne(name)) {
      throw new BadInput(checkpoint.option() + ": its file stream is damaged; give another");
    }
    if (lines != null && !lines.subList(1, lines.size()).equals(sources)) {
      throw new BadInput(
          checkpoint.option()
              + (": was begun with " + String.join(" ", lines.subList(1, lines.size())))
              + (", not with " + String.join(" ", sources))
              + "; give the same sources, or another --checkpoint, which begins anew");
    }
    StreamIdentity identity = new StreamIdentity(name, sources, checkpoint, own);
    identity.requireOwn(conf);
    return identity;
  }

  private void requireOwn(Configuration conf) {
    for (Place place : own) {
      List<String> owner = read(place, owner(place), conf);
      if (owner != null && !owner.equals(List.of(name))) {
        throw BadInput.of(
            "%s: holds what another stream has written; give another folder, or the --checkpoint of that stream",
            place.option());
      }
    }
  }

  /**
   * Takes possession of checkpoint and folders, and tidies these.
   *
   * @throws BadInput if another stream has done so in the meantime
   */
  void keep(Configuration conf) {
    write(checkpoint, names(checkpoint), name + "\n" + String.join("\n", sources), conf);
    own.forEach(place -> write(place, owner(place), name, conf));
    if (!of(checkpoint, sources, own, conf).name().equals(name)) {
      throw new BadInput(checkpoint.option() + ": another stream has just begun there");
    }
    for (Place place : own) {
      try {
        UnfinishedFile.sweep(place.folder(), conf);
      } catch (IOException e) {
        throw new BadInput(place.option() + ": cannot be tidied: " + ModelFiles.reason(e), e);
      }
    }
  }

  private static Path names(Place checkpoint) {
    return new Path(checkpoint.folder(), "stream");
  }

  /** Hidden from readers of the table. */
  private static Path owner(Place place) {
    return new Path(place.folder(), "_stream");
  }

  /** Lines of a file, at least one; null without a file. */
  private static List<String> read(Place place, Path file, Configuration conf) {
    try {
      FileSystem fs = PlainFiles.of(file, conf);
      if (!fs.exists(file)) {
        return null;
      }
      try (InputStream in = fs.open(file)) {
        String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        return List.of(text.split("\n", -1));
      }
    } catch (IOException e) {
      throw new BadInput(place.option() + ": cannot be read: " + ModelFiles.reason(e), e);
    }
  }

  /** One that is there stays. */
  private static void write(Place place, Path file, String text, Configuration conf) {
    try {
      FileSystem fs = PlainFiles.of(file, conf);
      if (fs.exists(file)) {
        return;
      }
      Path hidden = new Path(file.getParent(), "_" + UpdateName.random());
      try (OutputStream out = fs.create(hidden, false)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      if (!fs.rename(hidden, file)) {
        fs.delete(hidden, false); // another was faster
      }
    } catch (IOException e) {
      throw new BadInput(place.option() + ": cannot be written: " + ModelFiles.reason(e), e);
    }
  }
}
