package dev.kindling.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianSketchTest extends SketchContract {
  @Override
  SketchKind kind() {
    return SketchKind.GAUSSIAN;
  }

  @Override
  Matrix literal(int rows, int columns, long seed) {
    Matrix pi = Matrix.zeros(rows, columns);
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        long place = (long) c * rows + r;
        double u = RowKeys.even(seed, place - place % 2);
        double angle = 2 * Math.PI * RowKeys.even(seed, place - place % 2 + 1);
        double normal =
            Math.sqrt(-2 * StrictMath.log(u))
                * (place % 2 == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
        pi.set(r, c, normal / Math.sqrt(rows));
      }
    }
    return pi;
  }

  /** Kolmogorov and Smirnov at a failure probability of 1e-6: √(ln(2e6)/2n) for n seeds. */
  @Test
  void squaredLengthsHaveTheLawOfChiSquare() {
    int seeds = 5000;
    for (int rows : new int[] {1, 5, 32}) {
      double[] v = {0.5, -0.5, 0.1, 0.7};
      double length = Arrays.stream(v).map(x -> x * x).sum();
      double[] ratios = new double[seeds];
      for (int seed = 0; seed < seeds; seed++) {
        for (double x : new GaussianSketch(rows, v.length, seed).apply(v)) {
          ratios[seed] += x * x / length;
        }
      }
      Arrays.sort(ratios);
      double worst = 0;
      for (int i = 0; i < seeds; i++) {
        double law = ChiSquare.cdf(rows * ratios[i], rows);
        worst = Math.max(worst, Math.max(law - (double) i / seeds, (i + 1.0) / seeds - law));
      }
      assertThat(worst).as("m = %d", rows).isLessThan(Math.sqrt(Math.log(2e6) / (2 * seeds)));
    }
  }
}
