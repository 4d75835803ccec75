package dev.kindling.data.graph;

import static dev.kindling.data.graph.SdfText.methanol;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of graphs in text that is not UTF-8; none of it is replaced in silence. */
class ForeignBytesTest {
  private static final String GIN = "2\n1 a\n5 0\n1 é\n5 0\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, g.txt:4: byte 0xE9 before '' is not UTF-8",
    "UTF-16LE, g.txt: looks like UTF-16"
  })
  void ginText(String encoding, String message) throws Exception {
    assertThat(refusal(write("g.txt", GIN, encoding))).contains(message);
  }

  @Test
  void idsOfGinText() throws Exception {
    write("g_ids.txt", "one\nzwö\n", "ISO-8859-1");
    assertThat(refusal(write("g.txt", GIN, "UTF-8")))
        .contains("g_ids.txt:2: byte 0xF6 before '' is not UTF-8");
  }

  @Test
  void tuFolders() throws Exception {
    write("D_A.txt", "1, 2\n", "UTF-8");
    write("D_graph_indicator.txt", "1\n1\n", "UTF-8");
    write("D_graph_labels.txt", "é\n", "ISO-8859-1");
    assertThat(refusal(folder)).contains("D_graph_labels.txt:1: byte 0xE9 before '' is not UTF-8");
  }

  /** In parts, of which the second counts its lines from the first. */
  @Test
  void molecules() throws Exception {
    String smiles = "C m\n".repeat(50) + "CC é\n";
    assertThat(refusal(write("m.smi", smiles, "ISO-8859-1")))
        .contains("m.smi:51: byte 0xE9 before '' is not UTF-8");
    assertThat(refusal(write("m.smi", smiles, "UTF-16BE"))).contains("m.smi: looks like UTF-16");
    String sdf = methanol("a", "1").repeat(9);
    int lines = (int) sdf.lines().count();
    Path file = write("m.sdf", sdf + methanol("é", "1"), "ISO-8859-1");
    assertThat(refusal(file))
        .contains("m.sdf:" + (lines + 1) + ": byte 0xE9 before '' is not UTF-8");
  }

  @Test
  void aDamagedGzipIsNamed() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("CC a\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    assertThat(refusal(Files.write(folder.resolve("m.smi.gz"), half)))
        .contains("m.smi.gz: the gzip stream is damaged");
  }

  private Path write(String name, String text, String encoding) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(Charset.forName(encoding)));
  }

  private static String refusal(Path path) {
    GraphOptions options = GraphOptions.defaults().splitBytes(64);
    return Texts.refusal(
        () -> GraphSets.read(LocalSpark.session(), path.toString(), options).close());
  }
}
