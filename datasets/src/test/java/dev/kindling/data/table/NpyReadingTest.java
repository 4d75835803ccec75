package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NpyReadingTest extends TableReading {
  private static final long SEED = 31;

  record Form(int version, boolean single, boolean big, boolean fortran, int rows, int columns) {
    int bytes() {
      return rows * columns * (single ? 4 : 8);
    }
  }

  static Stream<Form> forms() {
    Random random = new Random(SEED);
    return Stream.generate(() -> 0)
        .limit(14)
        .map(
            i ->
                new Form(
                    1 + random.nextInt(3),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    1 + random.nextInt(60),
                    1 + random.nextInt(9)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void valuesComeBackInEveryForm(Form form) throws Exception {
    double[][] values = random(form);
    var file = write("x.npy", npy(form, values));
    for (int pieces : new int[] {1, 2, 7}) {
      long bytes = Math.max(1, form.bytes() / pieces);
      NumericTable table = read(file, PLAIN.splitBytes(bytes));
      assertThat(features(table)).as("seed %d", SEED).isEqualTo(values);
    }
  }

  @Test
  void rowsThatDoNotFitInOneBlockComeBack() throws Exception {
    for (boolean fortran : new boolean[] {false, true}) {
      Form form = new Form(1, false, false, fortran, 30, 80_000); // 26 rows a block
      double[][] values = random(form);
      NumericTable table = read(write("x.npy", npy(form, values)), PLAIN.splitBytes(1 << 30));
      assertThat(features(table)).isEqualTo(values);
    }
  }

  @Test
  void columnsMayBeLabelAndId() throws Exception {
    Form form = new Form(1, true, false, false, 3, 3);
    double[][] values = {{7, 0.5, 2}, {8, 1.5, -1}, {9, 2.5, 2}};
    NumericTable table = read(write("x.npy", npy(form, values)), PLAIN.id("first").label("c2"));
    assertThat(TableReading.<Long>column(table, "id")).containsExactly(7L, 8L, 9L);
    assertThat(TableReading.<Double>column(table, "label")).containsExactly(1.0, 0.0, 1.0);
    assertThat(features(table)).isEqualTo(new double[][] {{0.5}, {1.5}, {2.5}});
    assertThat(refusal(folder.resolve("x.npy"), PLAIN.id("c1")))
        .isEqualTo("x.npy: row 0: column c1: id 0.5 is not an integer");
  }

  @Test
  void theFirstNonFiniteValueIsReported() throws Exception {
    Form form = new Form(1, false, false, true, 40, 3);
    double[][] values = random(form);
    values[33][1] = Double.POSITIVE_INFINITY;
    values[34][0] = Double.NaN;
    assertThat(refusal(write("x.npy", npy(form, values)), PLAIN.splitBytes(100)))
        .isEqualTo(
            "x.npy: row 33: column c1 is inf; a feature must be finite: fill the cell or leave the"
                + " row out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'descr': '<i8', 'fortran_order': False, 'shape': (1, 2), |x.npy: dtype <i8; float32 and"
            + " float64 are read: save x.astype('float64')",
        "'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), |x.npy: dtype [(a, <f8)];"
            + " float32 and float64 are read: save x.astype('float64')",
        "'descr': '<f8', 'fortran_order': False, 'shape': (2,), |x.npy: shape (2,) has 1"
            + " dimension; a table has 2: save x.reshape(len(x), -1)",
        "'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 2), |x.npy: shape (1,1,2) has 3"
            + " dimensions; a table has 2: save x.reshape(len(x), -1)",
        "'descr': '<f8', 'fortran_order': False, 'shape': (0, 2), |x.npy: 96 bytes; its header"
            + " promises 80",
        "'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), |x.npy: 96 bytes; its header"
            + " promises 112: was it cut short? Copy it again",
        "'descr': '<f8', 'fortran_order': False, 'shape': (2, 0), |x.npy: shape (2,0) has no column",
        "'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 2), |x.npy: a"
            + " dimension of 99999999999999999999 is more than the 4294967295 allowed",
        "'descr': '<f8', 'shape': (1, 2), |x.npy: the NumPy header has no readable fortran_order",
      })
  void otherArraysAreRefused(String header, String message) throws Exception {
    byte[] text = ("{" + header + "}").getBytes(StandardCharsets.US_ASCII);
    int length = Math.max(70, text.length);
    ByteBuffer file = ByteBuffer.allocate(10 + length + 16).order(ByteOrder.LITTLE_ENDIAN);
    file.put(magic(1)).putShort((short) length).put(text);
    assertThat(refusal(write("x.npy", file.array()), PLAIN)).isEqualTo(message);
  }

  @Test
  void noRowsAreRefused() throws Exception {
    Form form = new Form(1, false, false, false, 0, 2);
    assertThat(refusal(write("x.npy", npy(form, new double[0][2])), PLAIN))
        .isEqualTo("x.npy holds no row");
  }

  @Test
  void brokenHeadsAreRefused() throws Exception {
    assertThat(refusal(write("x.npy", "col\n1\n"), PLAIN))
        .isEqualTo("x.npy does not begin as a NumPy file does; save it with numpy.save");
    assertThat(refusal(write("x.npy", magic(4)), PLAIN))
        .isEqualTo("x.npy: NumPy format version 4; versions 1 to 3 are read");
    assertThat(refusal(write("x.npy", magic(2)), PLAIN))
        .isEqualTo("x.npy: the file ends within its header");
    byte[] huge = Arrays.copyOf(magic(2), 12);
    Arrays.fill(huge, 8, 12, (byte) 0xFF);
    assertThat(refusal(write("x.npy", huge), PLAIN))
        .isEqualTo("x.npy: a header of 4294967295 bytes; 65536 are allowed");
    byte[] cut = Arrays.copyOf(magic(1), 10);
    cut[8] = 118;
    assertThat(refusal(write("x.npy", cut), PLAIN))
        .isEqualTo("x.npy: 10 bytes, the header alone has 118");
  }

  @Test
  void filesOfAFolderHaveTheSameColumns() throws Exception {
    write("set/a.npy", npy(new Form(1, false, false, false, 1, 2), new double[][] {{1, 2}}));
    write("set/b.npy", npy(new Form(1, true, false, true, 1, 3), new double[][] {{1, 2, 3}}));
    assertThat(refusal(folder.resolve("set"), PLAIN))
        .isEqualTo("set/b.npy: 3 columns; set/a.npy has 2");
  }

  private static double[][] random(Form form) {
    Random random = new Random(SEED + form.hashCode());
    double[][] values = new double[form.rows()][form.columns()];
    for (double[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = form.single() ? (float) random.nextGaussian() : random.nextGaussian();
      }
    }
    return values;
  }

  private static byte[] magic(int version) {
    return new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0};
  }

  static byte[] npy(Form form, double[][] values) throws IOException {
    String type = (form.big() ? ">" : "<") + (form.single() ? "f4" : "f8");
    String order = form.fortran() ? "True" : "False";
    String shape = "(" + form.rows() + ", " + form.columns() + ")";
    byte[] header =
        ("{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(12 + header.length + form.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    file.put(magic(form.version()));
    if (form.version() == 1) {
      file.putShort((short) header.length);
    } else {
      file.putInt(header.length);
    }
    file.put(header).order(form.big() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int cells = form.rows() * form.columns();
    for (int k = 0; k < cells; k++) {
      int row = form.fortran() ? k % form.rows() : k / form.columns();
      int column = form.fortran() ? k / form.rows() : k % form.columns();
      if (form.single()) {
        file.putFloat((float) values[row][column]);
      } else {
        file.putDouble(values[row][column]);
      }
    }
    return Arrays.copyOf(file.array(), file.position());
  }
}
