package dev.kindling.data.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.FileSplit;
import dev.kindling.data.MemoryFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class MoleculeRecordsTest {
  private static final long SEED = 11;

  /** Records with their first lines, read in pieces whose line counts are added up. */
  private static List<String> read(String text, boolean sdf, boolean headed, int pieces)
      throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemoryFile file = new MemoryFile("m", bytes);
    List<String> read = new ArrayList<>();
    long lines = 0;
    for (int i = 0; i < pieces; i++) {
      FileSplit split =
          new FileSplit(
              0, (long) bytes.length * i / pieces, (long) bytes.length * (i + 1) / pieces);
      try (MoleculeRecords records =
          MoleculeRecords.open(file, split, sdf, headed, new Configuration(false))) {
        while (records.next()) {
          read.add(lines + records.firstLine() + ":" + String.join("|", records.lines()));
        }
        lines += records.linesRead();
      }
    }
    return read;
  }

  @Test
  void everyRecordOfAnSdfBelongsToOneSplitHoweverTheFileIsCut() throws Exception {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 60; trial++) {
      StringBuilder text = new StringBuilder();
      List<String> expected = new ArrayList<>();
      int line = 1;
      for (int record = random.nextInt(5); record >= 0; record--) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          lines.add("$$ x".substring(0, random.nextInt(5)));
        }
        String end = random.nextBoolean() ? "\n" : "\r\n";
        expected.add(line + ":" + String.join("|", lines));
        lines.forEach(l -> text.append(l).append(end));
        text.append("$$$$").append(end);
        line += lines.size() + 1;
      }
      text.append(" \n".repeat(random.nextInt(3)));
      for (int pieces = 1; pieces <= text.length(); pieces += 1 + random.nextInt(3)) {
        assertThat(read(text.toString(), true, false, pieces))
            .as("seed %d, trial %d, %d pieces", SEED, trial, pieces)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void theLastRecordMayLackItsDelimiter() throws Exception {
    assertThat(read("a\n$$$$\nb\nc", true, false, 1)).containsExactly("1:a", "3:b|c");
  }

  @Test
  void linesOfSmilesKeepTheirNumbersHoweverTheFileIsCut() throws Exception {
    String text = "smiles name\n\nC a\r\n  \nCC b\n\n\nCCC";
    for (int pieces = 1; pieces <= text.length(); pieces++) {
      assertThat(read(text, false, true, pieces))
          .as("%d pieces", pieces)
          .containsExactly("3:C a", "5:CC b", "8:CCC");
    }
  }
}
