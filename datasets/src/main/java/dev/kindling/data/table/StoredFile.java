package dev.kindling.data.table;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** A file on any Hadoop file system. */
record StoredFile(String uri, String name, long length) implements TableFile {
  @Override
  public FSDataInputStream open(Configuration conf) throws IOException {
    Path path = new Path(uri);
    return path.getFileSystem(conf).open(path);
  }
}
