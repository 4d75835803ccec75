package dev.kindling.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.LinearSystem;
import dev.kindling.linalg.Matrix;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelRidgeTest {
  private static final int N = 24;
  private static final int TARGETS = 3;

  private final Random random = new Random(77);
  private final Matrix gram = gram(N, 7, random);
  private final Matrix targets = normal(N, TARGETS, random);
  private final KernelRidge ridge = new KernelRidge(gram, targets);

  /** The definition: solve [K+λI 1; 1ᵀ 0] [A; b] = [Y; 0] on some rows, predict others. */
  private Matrix refit(int[] train, int[] test, double lambda) {
    int m = train.length;
    Matrix system = Matrix.zeros(m + 1, m + 1);
    Matrix right = Matrix.zeros(m + 1, TARGETS);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        system.set(i, j, gram.get(train[i], train[j]) + (i == j ? lambda : 0));
      }
      system.set(i, m, 1);
      system.set(m, i, 1);
      for (int c = 0; c < TARGETS; c++) {
        right.set(i, c, targets.get(train[i], c));
      }
    }
    Matrix solution = LinearSystem.solve(system, right);
    Matrix predictions = Matrix.zeros(test.length, TARGETS);
    for (int t = 0; t < test.length; t++) {
      for (int c = 0; c < TARGETS; c++) {
        double sum = solution.get(m, c);
        for (int i = 0; i < m; i++) {
          sum += gram.get(test[t], train[i]) * solution.get(i, c);
        }
        predictions.set(t, c, sum);
      }
    }
    return predictions;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 10})
  void theFitSolvesTheBorderedSystem(double lambda) {
    int[] all = rows(i -> true);
    KernelRidge.Fit fit = ridge.fit(lambda);
    Matrix predicted = Blas.times(gram, fit.coefficients());
    Matrix expected = refit(all, all, lambda);
    for (int i = 0; i < N; i++) {
      for (int c = 0; c < TARGETS; c++) {
        assertThat(predicted.get(i, c) + fit.intercept().get(0, c))
            .isCloseTo(expected.get(i, c), within(1e-8));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 10})
  void leaveOneOutIsARefitWithoutTheRow(double lambda) {
    Matrix loo = ridge.fit(lambda).leaveOneOut();
    for (int i = 0; i < N; i++) {
      int row = i;
      Matrix expected = refit(rows(j -> j != row), new int[] {i}, lambda);
      for (int c = 0; c < TARGETS; c++) {
        assertThat(loo.get(i, c)).isCloseTo(expected.get(0, c), within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 10})
  void heldOutPredictionsAreARefitWithoutTheFold(double lambda) {
    int[] fold = {1, 5, 6, 20, 23};
    Matrix held = ridge.fit(lambda).without(fold).predictions();
    Matrix expected = refit(rows(j -> !contains(fold, j)), fold, lambda);
    for (int a = 0; a < fold.length; a++) {
      for (int c = 0; c < TARGETS; c++) {
        assertThat(held.get(a, c)).isCloseTo(expected.get(a, c), within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1})
  void innerLeaveOneOutNeverSeesTheFold(double lambda) {
    int[] fold = {0, 7, 8, 19};
    Matrix inner = ridge.fit(lambda).without(fold).leaveOneOut();
    for (int i = 0; i < N; i++) {
      if (contains(fold, i)) {
        assertThat(inner.get(i, 0)).isNaN();
        continue;
      }
      int row = i;
      Matrix expected = refit(rows(j -> j != row && !contains(fold, j)), new int[] {i}, lambda);
      for (int c = 0; c < TARGETS; c++) {
        assertThat(inner.get(i, c)).isCloseTo(expected.get(0, c), within(1e-7));
      }
    }
  }

  @Test
  void theRankIsThatOfTheFactor() {
    assertThat(ridge.rank()).isEqualTo(7);
    assertThat(ridge.spectrum()).isSorted().hasSize(N);
  }

  @Test
  void aStrongPenaltyLeavesTheMean() {
    KernelRidge.Fit fit = ridge.fit(1e12);
    for (int c = 0; c < TARGETS; c++) {
      int column = c;
      double mean = IntStream.range(0, N).mapToDouble(i -> targets.get(i, column)).sum() / N;
      assertThat(fit.intercept().get(0, c)).isCloseTo(mean, within(1e-9));
    }
    assertThat(fit.degreesOfFreedom()).isCloseTo(1, within(1e-8));
  }

  @Test
  void wrongShapesAndPenaltiesAreNamed() {
    assertThatThrownBy(() -> new KernelRidge(gram, Matrix.zeros(3, 1)))
        .hasMessage("the Gram matrix is 24×24, the targets are 3×1");
    assertThatThrownBy(() -> ridge.fit(0)).hasMessage("lambda must be positive, got 0.0");
  }

  private static int[] rows(IntPredicate kept) {
    return IntStream.range(0, N).filter(kept).toArray();
  }

  private static boolean contains(int[] rows, int row) {
    return IntStream.of(rows).anyMatch(r -> r == row);
  }

  private static Matrix gram(int n, int rank, Random random) {
    Matrix gram = Matrix.zeros(n, n);
    Blas.syrk(false, 1, normal(n, rank, random), 0, gram);
    return gram;
  }

  private static Matrix normal(int rows, int cols, Random random) {
    return Matrix.of(rows, cols, random.doubles((long) rows * cols, -1.7, 1.7).toArray());
  }
}
