package dev.kindling.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  private static final long SEED = 71;

  @TempDir Path folder;

  private final byte[] small = bytes(17);
  private final byte[] large = bytes(Fingerprint.PIECE_BYTES + 5);

  @Test
  void itIsTheDigestOfLengthsAndPieceDigests() throws Exception {
    MessageDigest whole = MessageDigest.getInstance("SHA-256");
    whole.update(ByteBuffer.allocate(8).putLong(small.length).array());
    whole.update(sha256(small));
    whole.update(ByteBuffer.allocate(8).putLong(large.length).array());
    whole.update(sha256(Arrays.copyOf(large, Fingerprint.PIECE_BYTES)));
    whole.update(sha256(Arrays.copyOfRange(large, Fingerprint.PIECE_BYTES, large.length)));
    String expected = HexFormat.of().formatHex(whole.digest());

    assertThat(inMemory(small, large)).as("seed %d", SEED).isEqualTo(expected);
    assertThat(stored(small, large)).as("seed %d", SEED).isEqualTo(expected);
  }

  @Test
  void orderContentAndEmptyFilesCountAndNamesDoNot() {
    String print = inMemory(small, large);
    assertThat(inMemory(large, small)).isNotEqualTo(print);
    assertThat(inMemory(small, large, new byte[0])).isNotEqualTo(print);
    byte[] changed = small.clone();
    changed[3]++;
    assertThat(inMemory(changed, large)).isNotEqualTo(print);
    assertThat(Fingerprint.of(List.of(new MemoryFile("x", small))))
        .isEqualTo(Fingerprint.of(List.of(new MemoryFile("y", small))));
  }

  private static String inMemory(byte[]... contents) {
    return Fingerprint.of(Arrays.stream(contents).map(c -> new MemoryFile("x", c)).toList());
  }

  private String stored(byte[]... contents) throws IOException {
    StoredFile[] files = new StoredFile[contents.length];
    for (int i = 0; i < files.length; i++) {
      Path file = Files.write(folder.resolve("file-" + i), contents[i]);
      files[i] = new StoredFile(file.toUri().toString(), "file-" + i, contents[i].length);
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    return Fingerprint.of(
        spark, spark.broadcast(new SerializableConfiguration(new Configuration())), List.of(files));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(SEED + length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
