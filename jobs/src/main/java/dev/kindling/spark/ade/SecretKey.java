package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.SearchSettings.KEY_FILE;

import dev.kindling.BadInput;
import dev.kindling.ade.KeyedDraws;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The key of adaptive draws. A fresh one lies in the run's working files until the run is done, for
 * its owner alone, so that a resumed run goes on with it.
 */
final class SecretKey {
  private static final int LONGEST = 4096;
  private static final FsPermission OWNER = new FsPermission((short) 0600);

  private SecretKey() {}

  /**
   * @param given a file; a fresh key without one
   * @throws BadInput if the file is missing, or too short or too long for a key
   */
  static byte[] of(Run run, Optional<String> given) {
    return given.map(uri -> given(run, uri)).orElseGet(() -> fresh(run));
  }

  private static byte[] fresh(Run run) {
    Path file = new Path(run.work(), "key");
    try {
      FileSystem fs = file.getFileSystem(run.hadoop());
      if (fs.exists(file)) {
        byte[] kept = read(fs, file);
        if (kept.length == KeyedDraws.KEY) {
          return kept;
        }
      }
      byte[] fresh = KeyedDraws.freshKey();
      fs.delete(file, false);
      try (OutputStream out = FileSystem.create(fs, file, OWNER)) {
        out.write(fresh);
      }
      return fresh;
    } catch (IOException e) {
      throw new JobFailure(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static byte[] given(Run run, String uri) {
    Path file = new Path(uri);
    try {
      byte[] key = read(file.getFileSystem(run.hadoop()), file);
      if (key.length < KeyedDraws.KEY || key.length == LONGEST) {
        throw BadInput.of(
            "%s: a key has %s to %s bytes; head -c 32 /dev/urandom makes one",
            KEY_FILE.is(uri), KeyedDraws.KEY, LONGEST - 1);
      }
      return key;
    } catch (IOException e) {
      throw BadInput.of(e, "%s: cannot be read: %s", KEY_FILE.is(uri), e.getMessage());
    }
  }

  private static byte[] read(FileSystem fs, Path file) throws IOException {
    try (InputStream in = fs.open(file)) {
      return in.readNBytes(LONGEST);
    }
  }
}
