package dev.kindling.svm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Score;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dual solution by its optimality conditions, and what is made of it. */
class KernelSvmTest {
  private static final int N = 60;

  /** Of libsvm's stopping rule 1e-3, and of its columns in floats. */
  private static final double TOLERANCE = 5e-3;

  private static final SvmParameters PLAIN = new SvmParameters(false, 0.1);
  private static final SvmParameters BALANCED = new SvmParameters(true, 0.1);

  private final Random random = new Random(101);
  private final Matrix factor = Matrix.of(N, 5, random.doubles(N * 5L, -1.5, 1.5).toArray());
  private final Matrix gram = Blas.times(factor, factor.transpose());
  private final int[] all = IntStream.range(0, N).toArray();
  private final int[] some = IntStream.range(0, N).filter(i -> i % 4 != 1).toArray();

  /** One-hot, unequal classes that overlap. */
  private Matrix classes(int count) {
    Matrix y = Matrix.zeros(N, count);
    for (int i = 0; i < N; i++) {
      double value = factor.get(i, 0) + 0.7 * random.nextGaussian();
      y.set(i, value < 0.6 ? 0 : value < 1.2 || count == 2 ? 1 : 2, 1);
    }
    return y;
  }

  private Matrix numbers() {
    Matrix y = Matrix.zeros(N, 1);
    for (int i = 0; i < N; i++) {
      y.set(i, 0, 100 + 20 * factor.get(i, 0) - 9 * factor.get(i, 3) + random.nextGaussian());
    }
    return y;
  }

  private double unit(int[] rows) {
    return Arrays.stream(rows).mapToDouble(i -> gram.get(i, i)).min().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"2, 0.01", "2, 1", "2, 100", "3, 0.1", "3, 10"})
  void everyClassifierFulfilsTheConditionsOfOptimality(int count, double cost) {
    for (SvmParameters parameters : new SvmParameters[] {PLAIN, BALANCED}) {
      Matrix targets = classes(count);
      KernelSvm svm = new KernelSvm(gram, targets, Score.ACCURACY, parameters);
      SvmFit fit = svm.fit(some, cost);
      Matrix values = svm.predict(fit, some);
      for (int c = 0; c < count; c++) {
        int output = c;
        long positives = Arrays.stream(some).filter(i -> targets.get(i, output) == 1).count();
        double sum = 0;
        for (int k = 0; k < some.length; k++) {
          boolean positive = targets.get(some[k], c) == 1;
          double weight =
              parameters.balanced()
                  ? some.length / (2.0 * (positive ? positives : some.length - positives))
                  : 1;
          double bound = cost * weight / unit(some);
          double y = positive ? 1 : -1;
          double alpha = y * fit.coefficients().get(k, c) + 0.0; // no -0
          double margin = y * values.get(k, c);
          sum += fit.coefficients().get(k, c);
          assertThat(alpha).as("α").isBetween(0.0, bound * (1 + 1e-12));
          if (alpha < bound * (1 - 1e-9)) {
            assertThat(margin).as("below the bound").isGreaterThan(1 - TOLERANCE);
          }
          if (alpha > 0) {
            assertThat(margin).as("a support vector").isLessThan(1 + TOLERANCE);
          }
        }
        assertThat(sum).as("Σ yα").isCloseTo(0, within(1e-9 * cost * some.length));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.01", "0.1, 1", "0.3, 10", "0, 1"})
  void regressionFulfilsTheConditionsOfOptimality(double tube, double cost) {
    Matrix targets = numbers();
    KernelSvm svm = new KernelSvm(gram, targets, Score.RMSE, new SvmParameters(false, tube));
    SvmFit fit = svm.fit(some, cost);
    Matrix values = svm.predict(fit, some);
    double mean = Arrays.stream(some).mapToDouble(i -> targets.get(i, 0)).average().orElseThrow();
    double deviation =
        Math.sqrt(
            Arrays.stream(some)
                .mapToDouble(i -> Math.pow(targets.get(i, 0) - mean, 2))
                .average()
                .orElseThrow());
    double bound = cost / unit(some);
    double sum = 0;
    for (int k = 0; k < some.length; k++) {
      double coefficient = fit.coefficients().get(k, 0) / deviation;
      double residual = (targets.get(some[k], 0) - values.get(k, 0)) / deviation;
      sum += coefficient;
      assertThat(Math.abs(coefficient)).isLessThanOrEqualTo(bound * (1 + 1e-9));
      if (Math.abs(coefficient) < bound * (1 - 1e-9)) {
        assertThat(Math.abs(residual)).as("below the bound").isLessThan(tube + TOLERANCE);
      }
      if (coefficient != 0) {
        assertThat(residual * Math.signum(coefficient))
            .as("outside of the tube, on its own side")
            .isGreaterThan(tube - TOLERANCE);
      }
    }
    assertThat(sum).isCloseTo(0, within(1e-9 * cost * some.length));
  }

  @Test
  void predictionsAreTheSumOverTheSupportVectors() {
    KernelSvm svm = new KernelSvm(gram, classes(3), Score.ACCURACY, PLAIN);
    SvmFit fit = svm.fit(some, 1);
    Matrix values = svm.predict(fit, all);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < N; i++) {
        double expected = fit.intercept().get(0, c);
        for (int k = 0; k < some.length; k++) {
          expected += fit.coefficients().get(k, c) * gram.get(i, some[k]);
        }
        assertThat(values.get(i, c)).isCloseTo(expected, within(1e-9));
      }
    }
    var function = fit.function(N);
    Matrix again = Blas.times(gram, function.coefficients());
    for (int i = 0; i < N; i++) {
      assertThat(again.get(i, 2) + function.intercept().get(0, 2))
          .isCloseTo(values.get(i, 2), within(1e-9));
    }
    assertThat(fit.supportVectors()).isBetween(3, some.length);
  }

  @Test
  void twoClassesHaveOppositeScores() {
    KernelSvm svm = new KernelSvm(gram, classes(2), Score.ACCURACY, PLAIN);
    Matrix values = svm.predict(svm.fit(all, 1), all);
    for (int i = 0; i < N; i++) {
      assertThat(values.get(i, 0)).isEqualTo(-values.get(i, 1));
    }
  }

  @Test
  void balancedWeightsFavourTheRareClass() {
    Matrix targets = classes(2);
    long[] predicted = new long[2];
    for (int balanced = 0; balanced < 2; balanced++) {
      KernelSvm svm =
          new KernelSvm(gram, targets, Score.ACCURACY, balanced == 1 ? BALANCED : PLAIN);
      Matrix values = svm.predict(svm.fit(all, 0.05), all);
      predicted[balanced] = Arrays.stream(all).filter(i -> values.get(i, 1) > 0).count();
    }
    assertThat(Arrays.stream(all).filter(i -> targets.get(i, 1) == 1).count())
        .as("the rare class")
        .isLessThan(N / 2);
    assertThat(predicted[1]).isGreaterThan(predicted[0]);
  }

  @Test
  void theCostIsForAKernelOfAnyScale() {
    Matrix targets = classes(2);
    Matrix large = gram.copy();
    for (int k = 0; k < large.values().length; k++) {
      large.values()[k] *= 1 << 20;
    }
    KernelSvm one = new KernelSvm(gram, targets, Score.ACCURACY, PLAIN);
    KernelSvm other = new KernelSvm(large, targets, Score.ACCURACY, PLAIN);
    Matrix a = one.predict(one.fit(all, 1), all);
    Matrix b = other.predict(other.fit(all, 1), all);
    for (int i = 0; i < N; i++) {
      assertThat(b.get(i, 1)).isCloseTo(a.get(i, 1), within(TOLERANCE));
    }
  }

  @Test
  void oneClassInTrainingIsPredictedForEverything() {
    for (int count = 2; count <= 3; count++) {
      Matrix targets = classes(count);
      int[] first = Arrays.stream(all).filter(i -> targets.get(i, 0) == 1).toArray();
      KernelSvm svm = new KernelSvm(gram, targets, Score.ACCURACY, BALANCED);
      SvmFit fit = svm.fit(first, 1);
      Matrix values = svm.predict(fit, all);
      assertThat(fit.supportVectors()).isZero();
      for (int i = 0; i < N; i++) {
        assertThat(values.get(i, 0)).isEqualTo(1);
        assertThat(values.get(i, 1)).isEqualTo(-1);
      }
    }
  }

  @Test
  void oneNumberInTrainingIsPredictedForEverything() {
    Matrix targets = numbers();
    for (int row : some) {
      targets.set(row, 0, 7.3);
    }
    KernelSvm svm = new KernelSvm(gram, targets, Score.RMSE, PLAIN);
    Matrix values = svm.predict(svm.fit(some, 10), all);
    for (double value : values.values()) {
      assertThat(value).isCloseTo(7.3, within(1e-12));
    }
  }

  @Test
  void aKernelOfZerosGivesAConstant() {
    KernelSvm svm = new KernelSvm(Matrix.zeros(N, N), classes(2), Score.ACCURACY, PLAIN);
    for (double value : svm.predict(svm.fit(all, 1), all).values()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void nothingIsPrinted() {
    PrintStream out = System.out;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
    try {
      new KernelSvm(gram, classes(3), Score.ACCURACY, PLAIN).fit(all, 10);
      new KernelSvm(gram, numbers(), Score.RMSE, PLAIN).fit(all, 10);
    } finally {
      System.setOut(out);
    }
    assertThat(caught.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aCostIsPositiveAndFinite(double cost) {
    KernelSvm svm = new KernelSvm(gram, classes(2), Score.ACCURACY, PLAIN);
    assertThatThrownBy(() -> svm.fit(all, cost)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    assertThatThrownBy(() -> new KernelSvm(gram, Matrix.zeros(N + 1, 2), Score.ACCURACY, PLAIN))
        .hasMessage("the Gram matrix is 60×60, the targets are 61×2");
  }
}
