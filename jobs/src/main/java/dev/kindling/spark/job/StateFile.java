package dev.kindling.spark.job;

import dev.kindling.Words;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where a run under way stands, in one file that is there whole or not at all. */
public final class StateFile {
  private static final int HEAD = 16;

  private final Path file;
  private final int format;
  private final Configuration conf;

  /**
   * @param format a number that other kinds of state do not have
   */
  public StateFile(Path file, int format, Configuration conf) {
    this.file = file;
    this.format = format;
    this.conf = conf;
  }

  /** Writes a state. */
  public interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Takes over a state. */
  public interface Reader {
    void read(DataInputStream in) throws IOException;
  }

  /**
   * @throws JobFailure if it cannot be written
   */
  public void write(Writer state) {
    Path hidden = UnfinishedFile.of(file);
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      state.write(new DataOutputStream(content));
      FileSystem fs = PlainFiles.of(file, conf);
      try (DataOutputStream out = new DataOutputStream(fs.create(hidden, true))) {
        out.writeInt(format);
        out.writeInt(content.size());
        out.writeLong(checksum(content.toByteArray()));
        content.writeTo(out);
      }
      fs.delete(file, false); // killed after this, a run finds the hidden one
      if (!fs.rename(hidden, file)) {
        throw new IOException("it cannot be put in place");
      }
    } catch (IOException e) {
      throw new JobFailure(file + ": the checkpoint cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Reads it, if it is there.
   *
   * @return whether it was
   * @throws JobFailure if it is there and is no such state
   */
  public boolean read(Reader state) {
    byte[] content = content(file);
    if (content == null) {
      content = content(UnfinishedFile.of(file));
    }
    if (content == null) {
      return false;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      state.read(in);
      return true;
    } catch (IOException e) {
      throw new JobFailure(
          Words.of(
              "%s: not a checkpoint of this run: %s; begin again with --overwrite",
              file, e.getMessage()),
          e);
    }
  }

  /** Null where there is no whole file. */
  private byte[] content(Path at) {
    try {
      FileSystem fs = PlainFiles.of(at, conf);
      if (!fs.exists(at)) {
        return null;
      }
      long length = fs.getFileStatus(at).getLen();
      try (DataInputStream in = new DataInputStream(fs.open(at))) {
        if (length < HEAD || in.readInt() != format || in.readInt() != length - HEAD) {
          return null;
        }
        long checksum = in.readLong();
        byte[] content = in.readNBytes((int) (length - HEAD));
        return content.length == length - HEAD && checksum(content) == checksum ? content : null;
      }
    } catch (IOException e) {
      throw new JobFailure(at + ": the checkpoint cannot be read: " + e.getMessage(), e);
    }
  }

  private static long checksum(byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    return sum.getValue();
  }
}
