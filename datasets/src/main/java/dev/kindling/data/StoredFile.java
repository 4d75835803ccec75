package dev.kindling.data;

import dev.kindling.BadInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** A file on any Hadoop file system. */
public record StoredFile(String uri, String name, long length) implements InputFile {
  /**
   * @param name what messages call it
   */
  public static StoredFile of(FileStatus status, String name) {
    return new StoredFile(status.getPath().toString(), name, status.getLen());
  }

  /**
   * @throws BadInput when the file is gone, or may not be read
   */
  @Override
  public FSDataInputStream open(Configuration conf) throws IOException {
    Path path = new Path(uri);
    try {
      return path.getFileSystem(conf).open(path);
    } catch (FileNotFoundException | AccessControlException | AccessDeniedException e) {
      throw BadInput.of(
          e, "%s may not be read by this user, or is gone: %s", name, ReadFailure.firstLine(e));
    }
  }
}
