package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.data.BuiltinSets;
import dev.kindling.data.BuiltinTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BuiltinReadingTest extends TableReading {
  private final BuiltinTable digits = BuiltinSets.table("digits");

  @Test
  void digitsAreReadWithoutTheirLabelUnlessItIsAskedFor() {
    NumericTable plain = NumericTables.read(spark(), digits, PLAIN);
    assertThat(plain.numRows()).isEqualTo(digits.size());
    assertThat(plain.numFeatures()).isEqualTo(digits.features());
    assertThat(plain.rows().columns()).containsExactly("row", "id", "features");
    for (double[] pixels : features(plain)) {
      assertThat(Arrays.stream(pixels))
          .allMatch(value -> value >= 0 && value <= 16 && value == Math.rint(value));
    }
  }

  @Test
  void theLabelIsFoundByNeedAndByName() {
    List<String> classes = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    for (TableOptions options : List.of(PLAIN.needLabel(), PLAIN.label("label"))) {
      NumericTable table = NumericTables.read(spark(), digits, options);
      assertThat(table.labels().orElseThrow().classes()).isEqualTo(classes);
      assertThat(table.numFeatures()).isEqualTo(digits.features());
      assertThat(TableReading.<Double>column(table, "label").subList(0, 3))
          .containsExactly(0.0, 1.0, 2.0);
    }
  }

  @Test
  void messagesCallItByItsName() {
    assertThatThrownBy(() -> NumericTables.read(spark(), digits, PLAIN.target("labl")))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(
            "digits: no column labl (targetColumn); did you mean label? There are p0, p1,");
  }

  @Test
  void theFingerprintDependsOnTheContentAndNotOnOptions() throws Exception {
    String text = "1,2\n3,4\n";
    var file = write("x.csv", text);
    String print = read(file, PLAIN).fingerprint();
    assertThat(read(file, PLAIN.splitBytes(1).label("last")).fingerprint()).isEqualTo(print);
    assertThat(read(write("y.csv", text), PLAIN).fingerprint()).isEqualTo(print);
    assertThat(read(write("y.csv", "1,2\n3,5\n"), PLAIN).fingerprint()).isNotEqualTo(print);
  }
}
