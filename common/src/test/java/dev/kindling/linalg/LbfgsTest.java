package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LbfgsTest {
  /** Σ 100(x₂ᵢ₊₁ − x₂ᵢ²)² + (1 − x₂ᵢ)², least at (1, …, 1). */
  private static double rosenbrock(double[] x, double[] gradient) {
    double value = 0;
    for (int i = 0; i < x.length; i += 2) {
      double a = 1 - x[i];
      double b = x[i + 1] - x[i] * x[i];
      value += a * a + 100 * b * b;
      gradient[i] = -2 * a - 400 * x[i] * b;
      gradient[i + 1] = 200 * b;
    }
    return value;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20, 200})
  void theBottomOfRosenbrocksValleyIsFound(int n) {
    double[] start = new double[n];
    for (int i = 0; i < n; i += 2) {
      start[i] = -1.2;
      start[i + 1] = 1;
    }
    Lbfgs.Result result =
        Lbfgs.minimize(LbfgsTest::rosenbrock, start, new Lbfgs.Settings(10, 500, 1e-8));
    assertThat(result.end()).isEqualTo(Lbfgs.End.CONVERGED);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    assertThat(result.x()).containsExactly(ones, within(1e-5));
    assertThat(start[0]).isEqualTo(-1.2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theMinimumOfAQuadraticSolvesItsSystem(long seed) {
    Randoms random = new Randoms(seed);
    Matrix a = random.positiveDefinite(random.size());
    double[] b = random.vector(a.rows());
    Lbfgs.Objective quadratic =
        (x, gradient) -> {
          Blas.gemv(false, 1, a, x, 0, gradient);
          double value = 0.5 * Blas.dot(x, gradient) - Blas.dot(b, x);
          Blas.axpy(-1, b, gradient);
          return value;
        };
    Lbfgs.Result result =
        Lbfgs.minimize(quadratic, new double[b.length], new Lbfgs.Settings(8, 500, 1e-7));
    double[] expected = Cholesky.of(a).solve(Matrix.of(b.length, 1, b)).values();
    assertThat(result.end()).isEqualTo(Lbfgs.End.CONVERGED);
    assertThat(result.x()).containsExactly(expected, within(1e-5));
    assertThat(result.value()).isCloseTo(-0.5 * Blas.dot(b, expected), within(1e-9));
  }

  @Test
  void theNumberOfStepsIsBounded() {
    double[] start = {-1.2, 1};
    Lbfgs.Result none =
        Lbfgs.minimize(LbfgsTest::rosenbrock, start, new Lbfgs.Settings(5, 0, 1e-8));
    assertThat(none.x()).containsExactly(start);
    assertThat(none.end()).isEqualTo(Lbfgs.End.MAX_ITERATIONS);
    Lbfgs.Result three =
        Lbfgs.minimize(LbfgsTest::rosenbrock, start, new Lbfgs.Settings(5, 3, 1e-8));
    assertThat(three.iterations()).isEqualTo(3);
    assertThat(three.value()).isLessThan(none.value());
  }

  @Test
  void aWrongGradientEndsWithoutProgress() {
    Lbfgs.Objective wrong =
        (x, gradient) -> {
          gradient[0] = -2 * x[0];
          return x[0] * x[0];
        };
    Lbfgs.Result result = Lbfgs.minimize(wrong, new double[] {1}, Lbfgs.Settings.DEFAULT);
    assertThat(result.end()).isEqualTo(Lbfgs.End.NO_PROGRESS);
  }

  @Test
  void aStartWithoutAValueIsRefused() {
    assertThatThrownBy(
            () -> Lbfgs.minimize((x, g) -> Double.NaN, new double[2], Lbfgs.Settings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("L-BFGS: at the start the value is NaN, the gradient's norm 0.0");
    assertThatThrownBy(() -> new Lbfgs.Settings(0, 10, 1e-6))
        .hasMessageStartingWith("L-BFGS: memory 0 must be ≥ 1");
  }
}
