package dev.kindling.data.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a table's bytes are, in 64 hexadecimal digits.
 *
 * <p>SHA-256 over, for each file in order, its length (8 bytes, big-endian) and the SHA-256 of each
 * of its pieces of 16 MiB: a tree of two levels, so that a large file is hashed by many tasks.
 * Bytes as stored: a file and its gzip differ. Names do not count.
 */
final class Fingerprint {
  static final int PIECE_BYTES = 1 << 24;

  private Fingerprint() {}

  static String of(
      JavaSparkContext spark, Broadcast<SerializableConfiguration> conf, List<TableFile> files) {
    List<TableSplit> pieces = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      for (long start = 0; start < files.get(i).length(); start += PIECE_BYTES) {
        long end = Math.min(files.get(i).length(), start + PIECE_BYTES);
        pieces.add(new TableSplit(i, start, end));
      }
    }
    List<Integer> indices = IntStream.range(0, pieces.size()).boxed().toList();
    int tasks = Math.max(1, Math.min(pieces.size(), 4 * spark.defaultParallelism()));
    List<byte[]> hashes =
        spark.parallelize(indices, tasks).map(new HashTask(files, pieces, conf)).collect();

    MessageDigest whole = sha256();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).start() == 0) {
        long length = files.get(pieces.get(i).file()).length();
        whole.update(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
      }
      whole.update(hashes.get(i));
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record HashTask(
      List<TableFile> files, List<TableSplit> pieces, Broadcast<SerializableConfiguration> conf)
      implements Function<Integer, byte[]> {
    @Override
    public byte[] call(Integer index) throws IOException {
      TableSplit piece = pieces.get(index);
      MessageDigest hash = sha256();
      byte[] buffer = new byte[1 << 16];
      try (FSDataInputStream in = files.get(piece.file()).open(conf.value().value())) {
        in.seek(piece.start());
        update(hash, in, piece.end() - piece.start(), buffer);
      }
      return hash.digest();
    }

    private static void update(MessageDigest hash, InputStream in, long length, byte[] buffer)
        throws IOException {
      for (long left = length; left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("the file became shorter while it was read");
        }
        hash.update(buffer, 0, count);
        left -= count;
      }
    }
  }
}
