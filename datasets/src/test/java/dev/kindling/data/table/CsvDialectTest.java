package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.data.table.CsvDialect.Header;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files as other programs and countries write them. */
class CsvDialectTest extends TableReading {
  private static TableOptions written(Header header, Character delimiter, char decimal) {
    return PLAIN.csv(new CsvDialect(header, delimiter, decimal, "UTF-8"));
  }

  @Test
  void anotherDelimiterIsNamedAndThenRead() throws Exception {
    Path file = write("x.csv", "\"a b\";c\n7.4;5\n-1e3;6\n");
    assertThat(refusal(file, PLAIN)).isEqualTo("x.csv: cells are separated by ;: give delimiter ;");
    NumericTable table = read(file, written(Header.auto, ';', '.'));
    assertThat(table.featureNames()).containsExactly("a b", "c");
    assertThat(features(table)).isEqualTo(new double[][] {{7.4, 5}, {-1000, 6}});
    assertThat(table.headed()).contains(true);
  }

  @Test
  void decimalCommasAreNamedAndThenRead() throws Exception {
    Path file = write("x.csv", "A;B\n1,5;-2,25\n3;4,0e1\n");
    assertThat(refusal(file, PLAIN))
        .isEqualTo("x.csv: cells are separated by ;: give delimiter ; and decimal ,");
    assertThat(features(read(file, written(Header.auto, ';', ','))))
        .isEqualTo(new double[][] {{1.5, -2.25}, {3, 40}});
    assertThat(refusal(write("y.csv", "A;B\n1.234;2\n"), written(Header.auto, ';', ',')))
        .startsWith("y.csv:2: column A: \"1.234\" is not a number");
  }

  @Test
  void tabsAreADelimiter() throws Exception {
    Path file = write("x.csv", "1\t2\n3\t4\n");
    assertThat(refusal(file, PLAIN)).endsWith("cells are separated by tabs: give delimiter tab");
    assertThat(features(read(file, written(Header.auto, '\t', '.'))))
        .isEqualTo(new double[][] {{1, 2}, {3, 4}});
  }

  @Test
  void semicolonsInTextsAreNoDelimiter() throws Exception {
    Path file = write("x.csv", "1,a;b\n2,c;d\n3,a;b\n");
    assertThat(read(file, PLAIN.label("last")).labels().orElseThrow().classes())
        .containsExactly("a;b", "c;d");
  }

  @Test
  void bytesOfAnotherEncodingAreRefusedAndThenRead() throws Exception {
    Charset latin = StandardCharsets.ISO_8859_1;
    Path file = write("x.csv", "x,kind\n1,Käse\n2,Brot\n3,Köse\n".getBytes(latin));
    assertThat(refusal(file, PLAIN.label("kind")))
        .isEqualTo(
            "x.csv:2: cell 2: byte 0xE4 before 'se' is not UTF-8; give encoding ISO-8859-1 or what it is");
    assertThat(refusal(file, PLAIN.id("kind"))).startsWith("x.csv:2: cell 2: byte 0xE4");
    CsvDialect dialect = new CsvDialect(Header.auto, null, '.', "ISO-8859-1");
    assertThat(read(file, PLAIN.label("kind").csv(dialect)).labels().orElseThrow().classes())
        .containsExactly("Brot", "Käse", "Köse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
  void wideCharactersAreNamed(String encoding) throws Exception {
    assertThat(refusal(write("x.csv", "x,y\n1,2\n".getBytes(Charset.forName(encoding))), PLAIN))
        .startsWith("x.csv: looks like UTF-16")
        .endsWith("save it as UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5.1,3.6,alba;5.2,3.5,alba;5.3,3,nova | false", // a class that comes again
        "r1,0.5,2;r2,0.6,3;r3,1,1 | false", // ids beside numbers
        "a,b,kind;1,2,x;3,4,y | true", // names above numbers
        "kind,b;x,4;y,5 | true",
        "0,1,2;5,6,7;8,9,1 | true", // as pandas counts
        "0,1;1,1;0,0 | false",
        "1,2,3;4,5,6;7,8,9 | false",
      })
  void aHeaderIsToldByTheLinesBelow(String lines, boolean headed) throws Exception {
    Path file = write("x.csv", lines.replace(';', '\n') + "\n");
    String text = lines.contains("kind") ? lines.startsWith("kind") ? "first" : "last" : "last";
    TableOptions options = lines.startsWith("r1") ? PLAIN.id("first") : PLAIN.label(text);
    NumericTable table = read(file, options);
    assertThat(table.headed()).contains(headed);
    assertThat(table.named()).isEqualTo(headed);
    assertThat(table.numRows()).isEqualTo(headed ? 2 : 3);
  }

  @Test
  void whatIsSaidOfTheHeaderHolds() throws Exception {
    Path file = write("x.csv", "1,2\n3,4\n");
    NumericTable headed = read(file, written(Header.yes, null, '.'));
    assertThat(headed.featureNames()).containsExactly("1", "2");
    assertThat(features(headed)).isEqualTo(new double[][] {{3, 4}});
    Path counted = write("z.csv", "0,1,2\n5,6,7\n");
    assertThat(read(counted, PLAIN).numRows()).isEqualTo(1);
    assertThat(read(counted, PLAIN.numbersAreRows()).numRows()).isEqualTo(2);
    Path names = write("y.csv", "a,x\n1,2\n");
    assertThat(refusal(names, written(Header.no, null, '.')))
        .startsWith("y.csv:1: column c0: \"a\" is not a number");
  }

  @Test
  void anotherFormatHasNoDialect() throws Exception {
    assertThat(refusal(write("x.svm", "1 1:2\n"), written(Header.auto, ';', '.')))
        .isEqualTo("x.svm is no CSV; leave header, delimiter, decimal and encoding out");
  }

  @Test
  void dialectsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new CsvDialect(Header.auto, ',', ',', "UTF-8"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("decimal ,: cells are separated by it");
    assertThatThrownBy(() -> new CsvDialect(Header.auto, '5', '.', "UTF-8"))
        .hasMessageStartingWith("delimiter 5: should be one ASCII character");
    assertThatThrownBy(() -> new CsvDialect(Header.auto, ';', 'x', "UTF-8"))
        .hasMessage("decimal x: should be . or ,");
    assertThatThrownBy(() -> new CsvDialect(Header.auto, ';', '.', "latin-nine"))
        .hasMessageStartingWith("encoding latin-nine: no such encoding");
    assertThatThrownBy(() -> new CsvDialect(Header.auto, ';', '.', "UTF-16"))
        .hasMessageStartingWith("encoding UTF-16: writes plain characters as several bytes");
  }
}
