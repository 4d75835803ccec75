package dev.kindling.spark.job;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file system of a path without the checksum files that Hadoop puts beside every local file:
 * they double the number of files, hide from a listing, and checking them takes longer than reading
 * a tile from memory. Other file systems are as they are.
 */
public final class PlainFiles {
  private PlainFiles() {}

  public static FileSystem of(Path path, Configuration conf) throws IOException {
    return of(path.getFileSystem(conf));
  }

  static FileSystem of(FileSystem fs) {
    return fs instanceof ChecksumFileSystem local ? local.getRawFileSystem() : fs;
  }
}
