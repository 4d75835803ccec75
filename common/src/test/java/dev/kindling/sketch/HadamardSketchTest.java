package dev.kindling.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindling.block.Permutation;
import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HadamardSketchTest extends SketchContract {
  @Override
  SketchKind kind() {
    return SketchKind.SRHT;
  }

  /** H_ij = (−1)^(bits that i and j share). */
  @Override
  Matrix literal(int rows, int columns, long seed) {
    int order = 1;
    while (order < columns) {
      order *= 2;
    }
    Permutation shuffled = new Permutation(order, RowKeys.key(seed, -1));
    Matrix pi = Matrix.zeros(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        boolean negative =
            Integer.bitCount((int) shuffled.of(r) & c) % 2 == 1 ^ RowKeys.key(seed, c) < 0;
        pi.set(r, c, (negative ? -1 : 1) / Math.sqrt(rows));
      }
    }
    return pi;
  }

  @Test
  void allRowsTogetherKeepLengthsExactly() {
    double[] v = {1, -2, 3, 0.5, 0, 7, -1, 4};
    double sum = 0;
    for (double x : new HadamardSketch(8, 8, 3).apply(v)) {
      sum += x * x;
    }
    assertThat(sum).isCloseTo(80.25, Offset.offset(1e-12));
  }

  @Test
  void hasNoMoreRowsThanItsOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HadamardSketch(9, 8, 1))
        .withMessageContaining("there are 8");
  }
}
