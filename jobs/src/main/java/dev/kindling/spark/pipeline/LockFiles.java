package dev.kindling.spark.pipeline;

import dev.kindling.spark.job.PlainFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The files {@code .lock-N} of a home, N the generation, and beside each the file {@code
 * .lock-N.beat} that its holder writes again and again. Ages are told by the file system's own
 * clock, since those of two hosts may differ.
 */
final class LockFiles {
  private static final Pattern NAME = Pattern.compile("\\.lock-(\\d{1,18})");

  private final Path home;
  private final FileSystem fs;

  LockFiles(Path home, Configuration conf) throws IOException {
    this.home = home;
    this.fs = PlainFiles.of(home, conf);
    if (!fs.mkdirs(home)) {
      throw new IOException(home + " cannot be made");
    }
  }

  /** The generations that there are. */
  TreeSet<Long> generations() throws IOException {
    TreeSet<Long> found = new TreeSet<>();
    for (FileStatus status : fs.listStatus(home)) {
      Matcher matcher = NAME.matcher(status.getPath().getName());
      if (matcher.matches()) {
        found.add(Long.parseLong(matcher.group(1)));
      }
    }
    return found;
  }

  /** Makes a lock with its text at once, or returns false if there is one of that generation. */
  boolean create(long generation, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return fs instanceof RawLocalFileSystem local
        ? createLocal(local.pathToFile(path(generation)).toPath(), bytes)
        : createElsewhere(path(generation), bytes);
  }

  private static boolean createLocal(java.nio.file.Path lock, byte[] bytes) throws IOException {
    java.nio.file.Path whole = lock.resolveSibling(".lock-new-" + UUID.randomUUID());
    try {
      Files.write(whole, bytes);
      try {
        Files.createLink(lock, whole);
      } catch (UnsupportedOperationException noLinks) {
        Files.write(lock, bytes, StandardOpenOption.CREATE_NEW);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private boolean createElsewhere(Path lock, byte[] bytes) throws IOException {
    try (OutputStream out = fs.create(lock, false)) {
      out.write(bytes);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (fs.exists(lock)) {
        return false;
      }
      throw e;
    }
  }

  /** The text of a lock, or null if it is gone. */
  String read(long generation) throws IOException {
    try (InputStream in = fs.open(path(generation))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException | java.nio.file.NoSuchFileException e) {
      return null;
    }
  }

  /** Says that the holder is alive. */
  void beat(long generation) throws IOException {
    fs.create(beatPath(generation), true).close();
  }

  /** Time since the holder's last sign of life. */
  Duration silence(long generation) throws IOException {
    Path probe = new Path(home, ".lock-probe-" + UUID.randomUUID());
    try {
      fs.create(probe, false).close();
      long now = fs.getFileStatus(probe).getModificationTime();
      long last = Math.max(time(path(generation)), time(beatPath(generation)));
      return Duration.ofMillis(Math.max(0, now - last));
    } finally {
      fs.delete(probe, false);
    }
  }

  private long time(Path path) throws IOException {
    try {
      return fs.getFileStatus(path).getModificationTime();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  void delete(long generation) throws IOException {
    fs.delete(path(generation), false);
    fs.delete(beatPath(generation), false);
  }

  private Path path(long generation) {
    return new Path(home, ".lock-" + generation);
  }

  private Path beatPath(long generation) {
    return new Path(home, ".lock-" + generation + ".beat");
  }
}
