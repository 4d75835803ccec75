package dev.kindling.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every family of sketches does. */
abstract class SketchContract {
  abstract SketchKind kind();

  /** Π by its entries, as the paper writes it. */
  abstract Matrix literal(int rows, int columns, long seed);

  private static Matrix random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Matrix.of(rows, columns, values);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "8,8", "10,33", "64,100", "37,129"})
  void isTheMatrixOfItsEntries(int rows, int columns) {
    Sketch sketch = kind().create(rows, columns, 7);
    Matrix x = random(columns, 5, 11);
    Matrix y = Matrix.zeros(rows, 5);
    sketch.apply(x, y);
    Matrix expected = Blas.times(literal(rows, columns, 7), x);
    for (int i = 0; i < y.values().length; i++) {
      assertThat(y.values()[i]).isCloseTo(expected.values()[i], within(1e-12 * columns));
    }
    assertThat(sketch.rows()).isEqualTo(rows);
    assertThat(sketch.columns()).isEqualTo(columns);
  }

  @Test
  void theSeedAloneDecides() {
    double[] v = random(50, 1, 3).values();
    double[] one = kind().create(16, 50, 5).apply(v);
    assertThat(kind().create(16, 50, 5).apply(v)).isEqualTo(one);
    assertThat(kind().create(16, 50, 6).apply(v)).isNotEqualTo(one);
  }

  /**
   * The mean of |Πv|² over 4,000 seeds; its variance is at most 2/m for each, so that a sound
   * sketch is out by five standard deviations in one of a million.
   */
  @Test
  void keepsSquaredLengthsOnAverage() {
    int seeds = 4000;
    int rows = 16;
    double[] v = new double[60];
    v[3] = 0.6;
    v[41] = -0.8;
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      for (double x : kind().create(rows, v.length, 1000 + seed).apply(v)) {
        sum += x * x;
      }
    }
    assertThat(sum / seeds).isCloseTo(1, within(5 * Math.sqrt(2.0 / rows / seeds)));
  }

  /**
   * Of a difference in two coordinates nothing like all is lost, which is what one non-zero a
   * column would do; and no length is out by more than the worst of the law for all pairs.
   */
  @Test
  void noPairOfCoordinatesIsLost() {
    int columns = 40;
    Sketch sketch = kind().create(32, columns, 9);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        double[] v = new double[columns];
        v[i] = Math.sqrt(0.5);
        v[j] = -v[i];
        double sum = 0;
        for (double x : sketch.apply(v)) {
          sum += x * x;
        }
        assertThat(sum).isBetween(0.2, 2.5);
      }
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThatIllegalArgumentException().isThrownBy(() -> kind().create(0, 5, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> kind().create(5, 0, 1));
    Sketch sketch = kind().create(3, 5, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sketch.apply(Matrix.zeros(4, 1), Matrix.zeros(3, 1)))
        .withMessageContaining("3×5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sketch.apply(Matrix.zeros(5, 2), Matrix.zeros(3, 1)));
  }
}
