package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WinsorizedTest {
  private static Matrix row(double... values) {
    return Matrix.of(1, values.length, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 100, 1023})
  void withoutFarValuesItIsTheMean(int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> 1e9 + i % 7);
    Winsorized of = Winsorized.of(row(values));
    double mean = Arrays.stream(values).map(x -> x - 1e9).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(x -> Math.pow(x - 1e9 - mean, 2)).average().orElseThrow();
    assertThat(of.mean()[0] - 1e9).isCloseTo(mean, within(1e-6));
    assertThat(of.variance()[0]).isCloseTo(variance, within(1e-9));
  }

  /** An eighth of the points, at least one, in any direction. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 10, 17, 80, 1023})
  void farValuesDoNotMoveIt(int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> i % 5);
    for (int i = 0; i < Math.max(1, n / 8); i++) {
      values[n - 1 - i] = i % 2 == 0 ? 1e12 : -1e100;
    }
    Winsorized of = Winsorized.of(row(values));
    assertThat(of.mean()[0]).isBetween(-16.0, 20.0);
    assertThat(of.variance()[0]).isBetween(0.0, 400.0);
  }

  /** Of a feature that is 0 nearly everywhere, whatever one row has there. */
  @Test
  void aFeatureOfOneRowCountsNothing() {
    double[] values = new double[50];
    values[7] = 1e12;
    assertThat(Winsorized.of(row(values)).mean()).containsExactly(0);
    assertThat(Winsorized.of(row(values)).variance()).containsExactly(0);
  }

  @Test
  void featuresAreTakenOneByOne() {
    Winsorized of = Winsorized.of(Matrix.of(2, 3, new double[] {1, 10, 2, 20, 3, 30}));
    assertThat(of.mean()).containsExactly(2, 20);
    assertThat(Winsorized.of(Matrix.zeros(2, 0)).mean()).containsExactly(0, 0);
  }
}
