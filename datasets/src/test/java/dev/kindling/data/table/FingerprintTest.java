package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FingerprintTest extends TableReading {
  @Test
  void itIsTheDigestOfLengthsAndPieceDigests() throws Exception {
    byte[] line = "1,2,3,4,5,6,7,8\n".getBytes(StandardCharsets.US_ASCII);
    byte[] large = new byte[Fingerprint.PIECE_BYTES + 4 * line.length];
    for (int i = 0; i < large.length; i += line.length) {
      System.arraycopy(line, 0, large, i, line.length);
    }
    write("set/a.csv", line);
    write("set/b.csv", large);
    MessageDigest whole = MessageDigest.getInstance("SHA-256");
    whole.update(ByteBuffer.allocate(8).putLong(line.length).array());
    whole.update(sha256(line));
    whole.update(ByteBuffer.allocate(8).putLong(large.length).array());
    whole.update(sha256(Arrays.copyOf(large, Fingerprint.PIECE_BYTES)));
    whole.update(sha256(Arrays.copyOfRange(large, Fingerprint.PIECE_BYTES, large.length)));
    assertThat(read(folder.resolve("set"), PLAIN).fingerprint())
        .isEqualTo(HexFormat.of().formatHex(whole.digest()));
  }

  @Test
  void itDependsOnTheContentAndNotOnNamesOrSplits() throws Exception {
    String text = "1,2\n3,4\n";
    Path file = write("x.csv", text);
    String print = read(file, PLAIN).fingerprint();
    assertThat(read(file, PLAIN.splitBytes(1).label("last")).fingerprint()).isEqualTo(print);
    assertThat(read(write("y.csv", text), PLAIN).fingerprint()).isEqualTo(print);
    assertThat(read(write("y.csv", "1,2\n3,5\n"), PLAIN).fingerprint()).isNotEqualTo(print);
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
