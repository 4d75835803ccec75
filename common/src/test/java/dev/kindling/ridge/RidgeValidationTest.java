package dev.kindling.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against fits of their own for each fold and penalty, on submatrices. */
class RidgeValidationTest {
  private static final int N = 40;

  private final Random random = new Random(91);
  private final Matrix factor = Matrix.of(N, 6, random.doubles(N * 6L, -1.7, 1.7).toArray());
  private final Matrix gram = Blas.times(factor, factor.transpose());
  private final Folds folds = Folds.random(N, 4, null, 7);

  private Matrix numbers() {
    Matrix y = Matrix.zeros(N, 1);
    for (int i = 0; i < N; i++) {
      y.set(i, 0, 3 + factor.get(i, 0) - 2 * factor.get(i, 1) + 0.5 * random.nextGaussian());
    }
    return y;
  }

  private Matrix classes() {
    Matrix y = Matrix.zeros(N, 2);
    for (int i = 0; i < N; i++) {
      y.set(i, factor.get(i, 0) + 0.8 * random.nextGaussian() > 0 ? 1 : 0, 1);
    }
    return y;
  }

  private static Matrix select(Matrix from, int[] rows, int[] columns) {
    Matrix some = Matrix.zeros(rows.length, columns.length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        some.set(i, j, from.get(rows[i], columns[j]));
      }
    }
    return some;
  }

  private void nestedChoicesAreThoseOfSeparateFits(Matrix targets, Score score) {
    Validation result = RidgeValidation.of(gram, targets, folds, score).validation();
    int[] columns = IntStream.range(0, targets.cols()).toArray();
    for (int f = 0; f < folds.count(); f++) {
      int[] test = folds.test()[f];
      int fold = f;
      int[] train = IntStream.range(0, N).filter(i -> folds.ofRows(N)[i] != fold).toArray();
      Matrix trainTargets = select(targets, train, columns);
      KernelRidge separate = new KernelRidge(select(gram, train, train), trainTargets);
      int[] all = IntStream.range(0, train.length).toArray();
      double best = Double.NaN;
      for (int l = 0; l < result.path().length; l++) {
        KernelRidge.Fit fit = separate.fit(result.path()[l]);
        double inner = score.of(trainTargets, fit.leaveOneOut(), all, Score.SAME_ROWS);
        if (Double.isNaN(best) || score.better(inner, best)) {
          best = inner;
        }
        Matrix predicted = Blas.times(select(gram, test, train), fit.coefficients());
        for (int i = 0; i < test.length; i++) {
          for (int c : columns) {
            predicted.set(i, c, predicted.get(i, c) + fit.intercept().get(0, c));
          }
        }
        assertThat(score.of(targets, predicted, test, 0))
            .as("fold %d, penalty %d", f, l)
            .isCloseTo(result.foldScores()[l][f], within(1e-6));
        if (l == result.nestedChoice()[f]) {
          assertThat(result.nestedScores()[f]).isEqualTo(result.foldScores()[l][f]);
          for (int i = 0; i < test.length; i++) {
            assertThat(result.nestedPredictions().get(test[i], 0))
                .isCloseTo(predicted.get(i, 0), within(1e-6));
          }
        }
      }
      KernelRidge.Fit chosen = separate.fit(result.path()[result.nestedChoice()[f]]);
      assertThat(score.of(trainTargets, chosen.leaveOneOut(), all, Score.SAME_ROWS))
          .as("inner score of fold %d", f)
          .isCloseTo(best, within(1e-6));
    }
  }

  @Test
  void numbersAreValidatedAsBySeparateFits() {
    nestedChoicesAreThoseOfSeparateFits(numbers(), Score.RMSE);
  }

  @Test
  void classesAreValidatedAsBySeparateFits() {
    nestedChoicesAreThoseOfSeparateFits(classes(), Score.ACCURACY);
  }

  @Test
  void theConstantPredictorIsTheMeanOfTheOtherFolds() {
    Matrix targets = numbers();
    Validation result = RidgeValidation.of(gram, targets, folds, Score.RMSE).validation();
    for (int f = 0; f < folds.count(); f++) {
      int fold = f;
      double mean =
          IntStream.range(0, N)
              .filter(i -> folds.ofRows(N)[i] != fold)
              .mapToDouble(i -> targets.get(i, 0))
              .average()
              .orElseThrow();
      double squares =
          IntStream.of(folds.test()[f])
              .mapToDouble(i -> Math.pow(targets.get(i, 0) - mean, 2))
              .average()
              .orElseThrow();
      assertThat(result.constantScores()[f]).isCloseTo(Math.sqrt(squares), within(1e-12));
    }
  }

  @Test
  void theBestOverThePathIsNoWorseThanAnyPenalty() {
    Validation result = RidgeValidation.of(gram, classes(), folds, Score.ACCURACY).validation();
    double best = Validation.mean(result.foldScores()[result.best()]);
    for (double[] scores : result.foldScores()) {
      assertThat(Validation.mean(scores)).isLessThanOrEqualTo(best);
    }
  }

  @Test
  void aModelWithAGivenPenaltyIsThatFit() {
    Matrix targets = numbers();
    KernelFunction given = RidgeModel.fit(gram, targets, 3.5, Score.RMSE).function();
    KernelRidge.Fit fit = new KernelRidge(gram, targets).fit(3.5);
    assertThat(given.coefficients()).isEqualTo(fit.coefficients());
    KernelFunction chosen = RidgeModel.fit(gram, targets, 0, Score.RMSE).function();
    RidgeValidation result = RidgeValidation.of(gram, targets, folds, Score.RMSE);
    assertThat(chosen.parameter()).isEqualTo(result.model().parameter());
  }

  @Test
  void meanAndStandardErrorAreTheTextbooks() {
    double[] values = {1, 2, 3, 4};
    assertThat(Validation.mean(values)).isEqualTo(2.5);
    assertThat(Validation.standardError(values)).isCloseTo(Math.sqrt(5.0 / 3) / 2, within(1e-15));
  }
}
