package dev.kindling.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import org.junit.jupiter.api.Test;

class SparseSketchTest extends SketchContract {
  @Override
  SketchKind kind() {
    return SketchKind.OSNAP;
  }

  @Override
  Matrix literal(int rows, int columns, long seed) {
    int s = Math.min(8, rows);
    Matrix pi = Matrix.zeros(rows, columns);
    for (int c = 0; c < columns; c++) {
      for (int part = 0; part < s; part++) {
        int first = part * rows / s;
        int end = (part + 1) * rows / s;
        long at = 2L * ((long) c * s + part);
        int row = first + (int) (RowKeys.even(seed, at) * (end - first));
        pi.set(row, c, (RowKeys.key(seed, at + 1) < 0 ? -1 : 1) / Math.sqrt(s));
      }
    }
    return pi;
  }

  @Test
  void everyColumnHasEightEntriesInDifferentRows() {
    Sketch sketch = new SparseSketch(37, 200, 4);
    for (int c = 0; c < 200; c++) {
      double[] v = new double[200];
      v[c] = 1;
      int entries = 0;
      double length = 0;
      for (double x : sketch.apply(v)) {
        entries += x == 0 ? 0 : 1;
        length += x * x;
      }
      assertThat(entries).isEqualTo(8);
      assertThat(length).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
    }
  }
}
