package dev.kindling.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChiSquareLawTest {
  @ParameterizedTest
  @CsvSource({"0.1,541", "0.2,135", "0.3,60"})
  void rowsForOnePair(double epsilon, int rows) {
    assertThat(ChiSquareLaw.rows(epsilon, 1e-3)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({"0.1,1719", "0.2,436", "0.3,197"})
  void rowsForAllOfManyPoints(double epsilon, int rows) {
    assertThat(ChiSquareLaw.rows(epsilon, 1e-3 / 2e5)).isEqualTo(rows);
  }

  @Test
  void rowsAreTheLeastThatDo() {
    for (double epsilon : new double[] {0.05, 0.3, 0.7}) {
      for (double delta : new double[] {0.2, 1e-3, 1e-9}) {
        int rows = ChiSquareLaw.rows(epsilon, delta);
        assertThat(ChiSquareLaw.failure(rows, epsilon)).isLessThanOrEqualTo(delta);
        assertThat(rows == 1 || ChiSquareLaw.failure(rows - 1, epsilon) > delta).isTrue();
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> ChiSquareLaw.rows(0, 0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> ChiSquareLaw.rows(1e-9, 0.1));
  }

  /**
   * The share of lengths that are off by more than ε, over 60 seeds of 200 vectors each. A sound
   * Gaussian sketch fails in one of 10^6: the 60 shares are independent and in [0, 1] with the
   * law's mean, so that their mean exceeds it by t with at most exp(−60·KL), which is Hoeffding's
   * bound in its sharp form. The other families are held to the same bound.
   */
  @ParameterizedTest
  @EnumSource(SketchKind.class)
  void lengthsAreOffNoMoreOftenThanTheLawSays(SketchKind kind) {
    int seeds = 60;
    int vectors = 200;
    int columns = 256;
    for (double epsilon : new double[] {0.2, 0.3}) {
      int rows = 48;
      int off = 0;
      Random random = new Random(5);
      for (int seed = 0; seed < seeds; seed++) {
        Sketch sketch = kind.create(rows, columns, seed);
        for (int v = 0; v < vectors; v++) {
          off += isOff(sketch, vector(random, columns), epsilon) ? 1 : 0;
        }
      }
      double share = (double) off / (seeds * vectors);
      double law = ChiSquareLaw.failure(rows, epsilon);
      assertThat(seeds * divergence(Math.max(share, law), law))
          .as("%s, ε %s: share %s, law %s", kind, epsilon, share, law)
          .isLessThan(Math.log(1e6));
    }
  }

  private static boolean isOff(Sketch sketch, double[] v, double epsilon) {
    double length = 0;
    for (double x : sketch.apply(v)) {
      length += x * x;
    }
    double ratio = Math.sqrt(length / squared(v));
    return ratio < 1 - epsilon || ratio > 1 + epsilon;
  }

  private static double squared(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return sum;
  }

  private static double[] vector(Random random, int length) {
    double[] v = new double[length];
    for (int i = 0; i < length; i++) {
      v[i] = random.nextInt(4) == 0 ? random.nextGaussian() : 0;
    }
    return v;
  }

  private static double divergence(double p, double q) {
    return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  }
}
