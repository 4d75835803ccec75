package dev.kindling.spark.job;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The file system of a path without what Hadoop adds to local files: the checksum file beside each,
 * which doubles the number of files, hides from a listing, and takes longer to check than reading a
 * tile from memory; and the process that it starts to set each file's permissions, some 10 ms a
 * file. Other file systems are as they are.
 */
public final class PlainFiles {
  private PlainFiles() {}

  public static FileSystem of(Path path, Configuration conf) throws IOException {
    return of(path.getFileSystem(conf));
  }

  static FileSystem of(FileSystem fs) throws IOException {
    if (!(fs instanceof ChecksumFileSystem local)) {
      return fs;
    }
    FileSystem raw = local.getRawFileSystem();
    return raw.getClass() == RawLocalFileSystem.class ? Local.of(raw) : raw;
  }

  /** Sets permissions in this process. */
  private static final class Local extends RawLocalFileSystem {
    private static final boolean POSIX =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    static Local of(FileSystem raw) throws IOException {
      Local local = new Local();
      local.initialize(raw.getUri(), raw.getConf());
      return local;
    }

    @Override
    public void setPermission(Path file, FsPermission permission) throws IOException {
      if (!POSIX || permission.getStickyBit()) {
        super.setPermission(file, permission);
        return;
      }

      Files.setPosixFilePermissions(
          pathToFile(file).toPath(),
          PosixFilePermissions.fromString(
              permission.getUserAction().SYMBOL
                  + permission.getGroupAction().SYMBOL
                  + permission.getOtherAction().SYMBOL));
    }
  }
}
