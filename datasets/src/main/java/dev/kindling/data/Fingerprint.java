package dev.kindling.data;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * SHA-256 over the content of files, in the order given, so that a run can tell whether its input
 * is still the same. One task a file; names and times do not count.
 */
public final class Fingerprint {
  private static final int PIECE = 1 << 16;

  private Fingerprint() {}

  /** 64 hex digits over the digests of the files. */
  public static String of(JavaSparkContext spark, Configuration conf, List<Path> files) {
    SerializableConfiguration shipped = new SerializableConfiguration(conf);
    List<String> uris = files.stream().map(Path::toString).toList();
    List<String> digests =
        spark
            .parallelize(new ArrayList<>(uris), Math.max(1, Math.min(uris.size(), 256)))
            .map(uri -> ofFile(new Path(uri), shipped.value()))
            .collect();
    MessageDigest digest = sha256();
    for (String each : digests) {
      digest.update(HexFormat.of().parseHex(each));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** 64 hex digits over some bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static String ofFile(Path file, Configuration conf) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = file.getFileSystem(conf).open(file)) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
