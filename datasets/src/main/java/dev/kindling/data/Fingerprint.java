package dev.kindling.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What the bytes of some files are, in 64 hexadecimal digits, so that a run can tell whether its
 * input is still the same.
 *
 * <p>SHA-256 over, for each file in order, its length (8 bytes, big-endian) and the SHA-256 of each
 * of its pieces of 16 MiB: a tree of two levels, so that a large file is hashed by many tasks.
 * Bytes as stored: a file and its gzip differ. Names do not count.
 */
public final class Fingerprint {
  /** Bytes of a file that one task hashes at a time. */
  public static final int PIECE_BYTES = 1 << 24;

  private Fingerprint() {}

  /** Of files that the executors read. */
  public static String of(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> conf,
      List<? extends InputFile> files) {
    List<Piece> pieces = pieces(files);
    List<Integer> indices = IntStream.range(0, pieces.size()).boxed().toList();
    int tasks = Math.max(1, Math.min(pieces.size(), 4 * spark.defaultParallelism()));
    return over(
        files,
        spark
            .parallelize(indices, tasks)
            .map(new HashTask(List.copyOf(files), pieces, conf))
            .collect());
  }

  /** Of files in memory, on the driver. */
  public static String of(List<MemoryFile> files) {
    try {
      return of(null, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of files that the driver reads; the same as by executors. */
  public static String of(Configuration conf, List<? extends InputFile> files) throws IOException {
    List<byte[]> hashes = new ArrayList<>();
    for (Piece piece : pieces(files)) {
      hashes.add(hash(files.get(piece.file), piece, conf));
    }
    return over(files, hashes);
  }

  private record Piece(int file, long start, long end) implements java.io.Serializable {}

  private static List<Piece> pieces(List<? extends InputFile> files) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      for (long start = 0; start < files.get(i).length(); start += PIECE_BYTES) {
        pieces.add(new Piece(i, start, Math.min(files.get(i).length(), start + PIECE_BYTES)));
      }
    }
    return pieces;
  }

  private static String over(List<? extends InputFile> files, List<byte[]> hashes) {
    MessageDigest whole = sha256();
    Iterator<byte[]> next = hashes.iterator();
    for (InputFile file : files) {
      whole.update(ByteBuffer.allocate(Long.BYTES).putLong(file.length()).array());
      for (long start = 0; start < file.length(); start += PIECE_BYTES) {
        whole.update(next.next());
      }
    }
    return HexFormat.of().formatHex(whole.digest());
  }

  private static byte[] hash(InputFile file, Piece piece, Configuration conf) throws IOException {
    MessageDigest hash = sha256();
    byte[] buffer = new byte[1 << 16];
    try (FSDataInputStream in = file.open(conf)) {
      in.seek(piece.start);
      update(hash, in, piece.end - piece.start, buffer);
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record HashTask(
      List<InputFile> files, List<Piece> pieces, Broadcast<SerializableConfiguration> conf)
      implements Function<Integer, byte[]> {
    @Override
    public byte[] call(Integer index) throws IOException {
      Piece piece = pieces.get(index);
      return hash(files.get(piece.file), piece, conf.value().value());
    }
  }
}
