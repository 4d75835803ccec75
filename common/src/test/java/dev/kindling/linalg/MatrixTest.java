package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatrixTest {
  @Test
  void columnsLieOneAfterAnother() {
    Matrix m = Matrix.ofRows(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(m.values()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(m.get(1, 2)).isEqualTo(6);
    assertThat(m.transpose()).isEqualTo(Matrix.ofRows(new double[][] {{1, 4}, {2, 5}, {3, 6}}));
  }

  @Test
  void aViewWritesThroughAndACopyDoesNot() {
    double[] values = {1, 2};
    Matrix view = Matrix.of(2, 1, values);
    Matrix copy = view.copy();
    view.set(0, 0, 9);
    assertThat(values[0]).isEqualTo(9);
    assertThat(copy.get(0, 0)).isEqualTo(1);
  }

  @Test
  void wrongSizesAreRefusedWithTheirFigures() {
    assertThatThrownBy(() -> Matrix.of(2, 3, new double[5]))
        .hasMessage("2×3 needs 6 values, not 5");
    assertThatThrownBy(() -> Matrix.zeros(100_000, 60_000))
        .hasMessage("100000×60000 has 6000000000 entries; an array holds 2147483639");
    assertThatThrownBy(() -> Matrix.zeros(-1, 2)).hasMessage("no matrix is -1×2");
    assertThatThrownBy(() -> Matrix.ofRows(new double[][] {{1, 2}, {3}}))
        .hasMessage("row 1 has 1 entries, row 0 has 2");
  }

  @Test
  void anEntryOutsideIsNotTheNextColumns() {
    assertThatThrownBy(() -> Matrix.zeros(2, 3).get(2, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("(2, 0) of a 2×3 matrix");
  }
}
