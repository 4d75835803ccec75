package dev.kindling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltinSetsTest {
  @Test
  void setsAreListedInNameOrderUnderUniqueNames() {
    List<String> names = BuiltinSets.all().stream().map(BuiltinSet::name).toList();
    assertThat(names).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
  }

  @Test
  void everySetHasItsResourceAndSaysWhereItComesFrom() {
    for (BuiltinSet set : BuiltinSets.all()) {
      assertThat(set.bytes()).as(set.name()).isNotEmpty();
      assertThat(set.licence()).as(set.name()).isNotBlank();
      assertThat(set.source()).as(set.name()).isNotBlank();
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearestOne() {
    assertThatThrownBy(() -> BuiltinSets.find("digts"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("data digts: no such built-in set; did you mean digits? There are")
        .hasMessageContaining("digits");
  }

  @Test
  void aTableIsNoSetOfGraphs() {
    assertThat(BuiltinSets.table("digits").label()).isEqualTo("label");
    assertThatThrownBy(() -> BuiltinSets.graphs("digits"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("data digits is a table, and a set of graphs is wanted: ");
  }

  @ParameterizedTest
  @CsvSource({
    "digits, 65, 'p0,p1,', ',p63,label'",
    "wine, 14, 'alcohol,', ',proline,label'",
    "cancer, 31, 'mean_radius,', ',worst_fractal_dimension,label'"
  })
  void aTableHoldsTheRowsAndColumnsThatAreAnnouncedAndTheTextOfItsProvenance(
      String name, int columns, String first, String last) throws Exception {
    BuiltinTable table = BuiltinSets.table(name);
    byte[] text = gunzip(table.bytes());
    List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(table.size() + 1);
    assertThat(lines).allSatisfy(line -> assertThat(line.split(",")).hasSize(columns));
    assertThat(lines.get(0)).startsWith(first).endsWith(last);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
    assertThat(provenance(name)).contains(HexFormat.of().formatHex(hash));
  }

  private static byte[] gunzip(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static String provenance(String name) throws IOException {
    try (var in = BuiltinSets.class.getResourceAsStream("builtin/" + name + "/PROVENANCE.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
