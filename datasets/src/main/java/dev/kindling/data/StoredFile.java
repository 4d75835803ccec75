package dev.kindling.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A file on any Hadoop file system. */
public record StoredFile(String uri, String name, long length) implements InputFile {
  /**
   * @param name what messages call it
   */
  public static StoredFile of(FileStatus status, String name) {
    return new StoredFile(status.getPath().toString(), name, status.getLen());
  }

  @Override
  public FSDataInputStream open(Configuration conf) throws IOException {
    Path path = new Path(uri);
    return path.getFileSystem(conf).open(path);
  }
}
