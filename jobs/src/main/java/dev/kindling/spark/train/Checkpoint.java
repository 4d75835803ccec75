package dev.kindling.spark.train;

import dev.kindling.nn.Training;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.PlainFiles;
import dev.kindling.spark.job.UnfinishedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a run under way stands: weights, optimizer, schedule, batches and history, in one file that
 * is there whole or not at all. From it the run goes on bit for bit.
 */
final class Checkpoint {
  private static final int FORMAT = 0x4B54_0001;
  private static final int HEAD = 16;

  private final Path file;
  private final Configuration conf;

  Checkpoint(Path file, Configuration conf) {
    this.file = file;
    this.conf = conf;
  }

  void write(Training training, HistoryTable history) {
    Path hidden = UnfinishedFile.of(file);
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      DataOutputStream state = new DataOutputStream(content);
      training.write(state);
      history.write(state);
      FileSystem fs = PlainFiles.of(file, conf);
      try (DataOutputStream out = new DataOutputStream(fs.create(hidden, true))) {
        out.writeInt(FORMAT);
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
   * Goes on from it, if it is there.
   *
   * @return whether it was
   */
  boolean read(Training training, HistoryTable history) {
    byte[] content = content(file);
    if (content == null) {
      content = content(UnfinishedFile.of(file));
    }
    if (content == null) {
      return false;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      training.read(in);
      history.read(in);
      return true;
    } catch (IOException e) {
      throw new JobFailure(
          file
              + ": not a checkpoint of this run: "
              + e.getMessage()
              + "; begin again with --overwrite",
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
        if (length < HEAD || in.readInt() != FORMAT || in.readInt() != length - HEAD) {
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
