package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanczosTest {
  private static Matrix symmetric(int n, long seed) {
    Random random = new Random(seed);
    Matrix a = Matrix.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double value = random.nextGaussian();
        a.values()[j * n + i] = value;
        a.values()[i * n + j] = value;
      }
    }
    return a;
  }

  private static double[] times(Matrix a, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += a.get(i, j) * x[j];
      }
    }
    return y;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30})
  void afterAllStepsTheRitzValuesAreTheEigenvalues(int n) {
    for (long seed = 0; seed < 20; seed++) {
      Matrix a = symmetric(n, seed);
      double[] exact = SymmetricEigen.of(a).values().clone();
      java.util.Arrays.sort(exact);
      Lanczos lanczos = Lanczos.of(n, x -> times(a, x), n, seed);
      assertThat(lanczos.ritz()).containsExactly(exact, within(1e-10));
    }
  }

  @Test
  void theExtremesComeEarly() {
    Matrix a = symmetric(200, 3);
    double[] exact = SymmetricEigen.of(a).values().clone();
    java.util.Arrays.sort(exact);
    Lanczos lanczos = Lanczos.of(200, x -> times(a, x), 80, 4);
    assertThat(lanczos.smallest()).isCloseTo(exact[0], within(1e-6));
    assertThat(lanczos.largest()).isCloseTo(exact[199], within(1e-6));
  }

  @Test
  void aMatrixOfLowRankEndsEarly() {
    double[] u = new Random(5).doubles(40).toArray();
    Lanczos lanczos =
        Lanczos.of(
            40,
            x -> {
              double dot = 0;
              for (int i = 0; i < 40; i++) {
                dot += u[i] * x[i];
              }
              double[] y = new double[40];
              for (int i = 0; i < 40; i++) {
                y[i] = dot * u[i];
              }
              return y;
            },
            40,
            6);
    assertThat(lanczos.steps()).isEqualTo(2);
    assertThat(lanczos.smallest()).isCloseTo(0, within(1e-12));
  }

  @Test
  void productsThatAreNotFiniteAreRefused() {
    assertThatThrownBy(() -> Lanczos.of(3, x -> new double[] {Double.NaN, 0, 0}, 3, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
