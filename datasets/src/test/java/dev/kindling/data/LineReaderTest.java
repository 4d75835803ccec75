package dev.kindling.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final long SEED = 5;

  @Test
  void everyLineBelongsToOneSplitHoweverTheFileIsCut() throws Exception {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 200; trial++) {
      String text = text(random);
      List<String> expected = text.lines().toList();
      for (int pieces = 1; pieces <= text.length(); pieces += 1 + random.nextInt(4)) {
        List<String> read = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
          long start = (long) text.length() * i / pieces;
          read.addAll(lines(text, start, (long) text.length() * (i + 1) / pieces));
        }
        assertThat(read)
            .as("seed %d, trial %d, %d pieces", SEED, trial, pieces)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void aLineLongerThanTheBufferIsWhole() throws Exception {
    String longLine = "x".repeat(300_000);
    assertThat(lines("a\n" + longLine + "\nb", 0, Long.MAX_VALUE))
        .containsExactly("a", longLine, "b");
    assertThat(lines("a\n" + longLine + "\nb", 100_000, Long.MAX_VALUE)).containsExactly("b");
  }

  @Test
  void theByteOrderMarkIsDroppedAtTheStartOfTheFileOnly() throws Exception {
    assertThat(lines("\uFEFFa\n\uFEFFb", 0, Long.MAX_VALUE)).containsExactly("a", "\uFEFFb");
  }

  /** Lines of 0 to 5 letters, LF or CR LF, with or without a last line break. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int line = random.nextInt(8); line >= 0; line--) {
      text.append("abcde", 0, random.nextInt(6)).append(random.nextBoolean() ? "\n" : "\r\n");
    }
    return random.nextBoolean() ? text.toString() : text + "end";
  }

  private static List<String> lines(String text, long start, long end)
      throws IOException, Rejected {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    in.skipNBytes(LineReader.seekPosition(start));
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(in, start, end)) {
      while (reader.next()) {
        lines.add(
            new String(
                reader.bytes(),
                reader.from(),
                reader.to() - reader.from(),
                StandardCharsets.UTF_8));
      }
    }
    return lines;
  }
}
