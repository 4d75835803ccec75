package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest extends TableReading {
  private static final long SEED = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void valuesComeBackHoweverTheFileIsCut(int pieces) throws Exception {
    double[][] values = random(97, 5);
    String text = "a,b,c,d,e\n" + text(values);
    NumericTable table =
        read(write("x.csv", text), PLAIN.splitBytes(Math.max(1, text.length() / pieces)));
    assertThat(features(table)).as("seed %d", SEED).isEqualTo(values);
    assertThat(table.featureNames()).containsExactly("a", "b", "c", "d", "e");
    assertThat(table.rows().rdd().getNumPartitions()).isGreaterThanOrEqualTo(pieces);
    assertThat(table.numFeatures()).isEqualTo(5);
    assertThat(table.format()).isEqualTo(TableFormat.CSV);
  }

  @Test
  void aGzippedFileIsReadWholeEvenOfSeveralMembers() throws Exception {
    double[][] values = random(50, 3);
    byte[] head = gzip((text(values)).substring(0, 100).getBytes(StandardCharsets.UTF_8));
    byte[] tail = gzip((text(values)).substring(100).getBytes(StandardCharsets.UTF_8));
    byte[] both = java.util.Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    assertThat(features(read(write("x.csv.gz", both), PLAIN.splitBytes(10)))).isEqualTo(values);
  }

  @Test
  void columnsHaveNumbersWithoutAHeader() throws Exception {
    NumericTable table = read(write("x.csv", "1,2,3\n4,5,6\n"), PLAIN.target("c1").weight("last"));
    assertThat(features(table)).isEqualTo(new double[][] {{1}, {4}});
    assertThat(table.featureNames()).containsExactly("c0");
    assertThat(TableReading.<Double>column(table, "target")).containsExactly(2.0, 5.0);
    assertThat(TableReading.<Double>column(table, "weight")).containsExactly(3.0, 6.0);
  }

  @Test
  void aFirstLineWithNanIsARowAndNoHeader() throws Exception {
    assertThat(refusal(write("x.csv", "1,nan\n2,3\n"), PLAIN))
        .isEqualTo(
            "x.csv:1: column c1 is nan; a feature must be finite: fill the cell or leave the row"
                + " out");
  }

  @Test
  void byteOrderMarkCarriageReturnsBlanksAndQuotesAreUnderstood() throws Exception {
    String text = "\uFEFF\"a\",\"b, \"\"c\"\"\",d\r\n 1 ,\"2\",3\r\n\r\n\"4\" ,5e0,+6";
    NumericTable table = read(write("x.csv", text), PLAIN);
    assertThat(table.featureNames()).containsExactly("a", "b, \"c\"", "d");
    assertThat(features(table)).isEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
  }

  @Test
  void labelsAreMappedInNumericOrderWhenAllAreNumbers() throws Exception {
    NumericTable table =
        read(write("x.csv", "1,10\n2,9\n3,-1\n4,9.0\n"), PLAIN.label("last").splitBytes(3));
    assertThat(table.labels().orElseThrow().classes()).containsExactly("-1", "9", "10");
    assertThat(TableReading.<Double>column(table, "label")).containsExactly(2.0, 1.0, 0.0, 1.0);
  }

  @Test
  void labelsAreMappedInTheOrderOfTheStringsOtherwise() throws Exception {
    NumericTable table = read(write("x.csv", "x,y\n1,b\n2,10\n3,9\n4,b\n"), PLAIN.label("y"));
    assertThat(table.labels().orElseThrow().classes()).containsExactly("10", "9", "b");
    assertThat(table.labels().orElseThrow().indices()).containsEntry("b", 2);
    assertThat(TableReading.<Double>column(table, "label")).containsExactly(2.0, 0.0, 1.0, 2.0);
  }

  @Test
  void idsAreLongsWhenAllAreAndStringsOtherwise() throws Exception {
    Path longs = write("longs.csv", "id,x\n9007199254740993,1\n-2,2\n");
    assertThat(TableReading.<Long>column(read(longs, PLAIN.id("id")), "id"))
        .containsExactly(9007199254740993L, -2L);
    NumericTable strings = read(write("strings.csv", "id,x\n7,1\n007,2\n"), PLAIN.id("first"));
    assertThat(TableReading.<String>column(strings, "id")).containsExactly("7", "007");
    assertThat(strings.rows().schema().apply("id").dataType()).isEqualTo(DataTypes.StringType);
    assertThat(TableReading.<Long>column(read(longs, PLAIN), "id")).containsExactly(0L, 1L);
  }

  @Test
  void namedFeaturesKeepTheirOrderAndOtherColumnsMayBeText() throws Exception {
    Path file = write("x.csv", "city,a,b,split\nRome,1,2,train\nOslo,3,4,test\n");
    NumericTable table = read(file, PLAIN.features(List.of("b", "a")).carry(List.of("split")));
    assertThat(features(table)).isEqualTo(new double[][] {{2, 1}, {4, 3}});
    assertThat(table.featureNames()).containsExactly("b", "a");
    assertThat(TableReading.<String>column(table, "split")).containsExactly("train", "test");
  }

  @Test
  void aColumnCalledLastIsNotTheLastColumn() throws Exception {
    NumericTable table = read(write("x.csv", "last,b\n1,2\n"), PLAIN.target("last"));
    assertThat(TableReading.<Double>column(table, "target")).containsExactly(1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b;1,2;3|x.csv:3: 1 cells; the header has 2",
        "1,2;1,2,3|x.csv:2: 3 cells; the first line has 2",
        "a,b;1,x|x.csv:2: column b: \"x\" is not a number; if the column is no feature, name"
            + " those that are with featureColumns",
        "a,b;1,|x.csv:2: column b is empty: fill the cell or leave the row out",
        "a,b;1,-inf|x.csv:2: column b is -inf; a feature must be finite: fill the cell or leave"
            + " the row out",
        "a,b;1,1e999|x.csv:2: column b is inf; a feature must be finite: fill the cell or leave"
            + " the row out",
        "a,b;;1,\"2|x.csv:3: the quote of cell 2 is not closed on its line; cells of a numeric"
            + " table hold no line break",
        "a,b;1,\"2\"3|x.csv:2: cell 2 goes on after its closing quote; write a quote inside a"
            + " cell twice",
        "a,a;1,2|x.csv:1: the header names column a twice; rename one of them, or give header no if there is none",
        ";1,2|x.csv:1: the line is blank; the first line is the header or the first row",
        "a,b|x.csv holds no row",
      })
  void malformedFilesAreRefused(String lines, String message) throws Exception {
    Path file = write("x.csv", lines.replace(';', '\n'));
    assertThat(refusal(file, PLAIN)).isEqualTo(message);
    assertThat(refusal(file, PLAIN.splitBytes(1))).isEqualTo(message);
  }

  @Test
  void otherSeparatorsAreRecognised() throws Exception {
    assertThat(refusal(write("x.csv", "a;b\n1;2\n"), PLAIN))
        .isEqualTo("x.csv: cells are separated by ;: give delimiter ;");
  }

  @Test
  void labelsTargetsWeightsAndIdsAreChecked() throws Exception {
    Path file = write("x.csv", "x,y\n1,\n");
    assertThat(refusal(file, PLAIN.label("y")))
        .isEqualTo("x.csv:2: column y is empty: fill the cell or leave the row out");
    assertThat(refusal(file, PLAIN.id("y")))
        .isEqualTo("x.csv:2: column y is empty: fill the cell or leave the row out");
    Path nan = write("nan.csv", "x,y\n1,1\n2,nan\n");
    for (TableOptions options : List.of(PLAIN.label("y"), PLAIN.target("y"), PLAIN.weight("y"))) {
      assertThat(refusal(nan, options))
          .startsWith("nan.csv:3: column y is nan; a ")
          .endsWith(" must be finite: fill the cell or leave the row out");
    }
    assertThat(refusal(write("w.csv", "x,w\n1,-0.5\n"), PLAIN.weight("w")))
        .isEqualTo("w.csv:2: column w: weight -0.5 is negative");
    assertThat(refusal(write("t.csv", "x,t\n1,high\n"), PLAIN.target("t")))
        .isEqualTo("t.csv:2: column t: \"high\" is not a number");
  }

  @Test
  void missingAndDoublyUsedColumnsAreNamed() throws Exception {
    Path file = write("x.csv", "length,width,species\n1,2,3\n");
    assertThat(refusal(file, PLAIN.label("speces")))
        .isEqualTo(
            "x.csv: no column speces (labelColumn); did you mean species? There are length,"
                + " width, species");
    assertThat(refusal(file, PLAIN.features(List.of("height"))))
        .isEqualTo("x.csv: no column height (featureColumns). There are length, width, species");
    assertThat(refusal(file, PLAIN.label("last").target("species")))
        .isEqualTo(
            "x.csv: column species (targetColumn) is already the label; a column has one role");
    assertThat(refusal(file, PLAIN.needLabel()))
        .isEqualTo(
            "x.csv: which column is the label? Give labelColumn; there are length,"
                + " width, species");
    assertThat(refusal(write("one.csv", "y\n1\n"), PLAIN.target("y")))
        .isEqualTo("one.csv: no column is left to be a feature among y");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void anErrorInTheLastLineOfALargeFileHasTheRightNumber(int pieces) throws Exception {
    String good = text(random(20_000, 4));
    long lines = good.lines().count();
    String text = "a,b,c,d\n" + good + "1,2,oops,4\n";
    assertThat(refusal(write("large.csv", text), PLAIN.splitBytes(text.length() / pieces)))
        .isEqualTo(
            "large.csv:"
                + (lines + 2)
                + ": column c: \"oops\" is not a number; if the column is no feature, name those"
                + " that are with featureColumns");
  }

  @Test
  void theFirstOfSeveralErrorsIsReported() throws Exception {
    String text = text(random(500, 2)) + "x,1\n" + text(random(500, 2)) + "1\n";
    assertThat(refusal(write("x.csv", text), PLAIN.splitBytes(200))).startsWith("x.csv:501: ");
  }

  @Test
  void aDamagedGzipIsRefused() throws Exception {
    byte[] whole = gzip(text(random(2000, 3)).getBytes(StandardCharsets.UTF_8));
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
    String message =
        "x.csv.gz: the gzip stream is damaged or ends early; fetch or compress the file again";
    assertThat(refusal(write("x.csv.gz", half), PLAIN)).isEqualTo(message);
    assertThat(refusal(write("x.csv.gz", new byte[] {'1', ',', '2'}), PLAIN)).isEqualTo(message);
  }

  @Test
  void aColumnOfMeasurementsIsNoLabel() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= LabelSet.MOST_CLASSES; i++) {
      text.append("1,").append(i).append('\n');
    }
    Path file = write("x.csv", text.toString());
    String message =
        "more than 100,000 different labels; if these are measurements, give targetColumn and"
            + " not labelColumn";
    assertThat(refusal(file, PLAIN.label("last").splitBytes(text.length())))
        .isEqualTo("x.csv:" + (LabelSet.MOST_CLASSES + 1) + ": " + message);
    assertThat(refusal(file, PLAIN.label("last").splitBytes(100_000)))
        .isEqualTo("x.csv: " + message);
  }

  private static double[][] random(int rows, int columns) {
    Random random = new Random(SEED);
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return values;
  }

  private static String text(double[][] values) {
    StringBuilder text = new StringBuilder();
    for (double[] row : values) {
      for (int i = 0; i < row.length; i++) {
        text.append(i == 0 ? "" : ",").append(row[i]);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
