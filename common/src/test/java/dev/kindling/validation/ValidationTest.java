package dev.kindling.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValidationTest {
  private static final int N = 30;
  private static final int POINTS = 4;

  private final Random random = new Random(131);
  private final Folds folds = Folds.random(N, 3, null, 5);

  private record Case(double[] path, double[] selection, Matrix[][] held, double[][] inner) {
    Validation validation(Score score, Matrix targets, Folds folds) {
      return Validation.of(score, path, selection, targets, folds, held, inner);
    }
  }

  private static double[] both(double[] a, double[] b) {
    double[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static <T> T[] both(T[] a, T[] b) {
    T[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static Case both(Case a, Case b) {
    return new Case(
        both(a.path, b.path),
        both(a.selection, b.selection),
        both(a.held, b.held),
        both(a.inner, b.inner));
  }

  /** Scores with few values, so that many are equal. */
  private double[] scores(int count) {
    return random.ints(count, 0, 3).mapToDouble(i -> i / 4.0).toArray();
  }

  private Case some(int columns) {
    Matrix[][] held = new Matrix[POINTS][folds.count()];
    double[][] inner = new double[POINTS][];
    for (int l = 0; l < POINTS; l++) {
      inner[l] = scores(folds.count());
      for (int f = 0; f < folds.count(); f++) {
        int rows = folds.test()[f].length;
        held[l][f] = Matrix.of(rows, columns, random.doubles((long) rows * columns).toArray());
      }
    }
    return new Case(random.doubles(POINTS).sorted().toArray(), scores(POINTS), held, inner);
  }

  private Matrix targets(Score score) {
    Matrix targets = Matrix.zeros(N, score == Score.ACCURACY ? 2 : 1);
    for (int i = 0; i < N; i++) {
      if (score == Score.ACCURACY) {
        targets.set(i, random.nextInt(2), 1);
      } else {
        targets.set(i, 0, random.nextDouble());
      }
    }
    return targets;
  }

  @ParameterizedTest
  @EnumSource
  void joinedPartsAreOnePathInOneValidation(Score score) {
    for (int round = 0; round < 20; round++) {
      Matrix targets = targets(score);
      List<Case> cases = new ArrayList<>();
      for (int part = 0; part < 3; part++) {
        cases.add(some(targets.cols()));
      }
      Validation joined =
          Validation.joined(
              cases.stream().map(c -> c.validation(score, targets, folds)).toList(), folds);
      Validation whole =
          cases.stream()
              .reduce(ValidationTest::both)
              .orElseThrow()
              .validation(score, targets, folds);
      assertThat(joined.best()).isEqualTo(whole.best());
      assertThat(joined.chosen()).isEqualTo(whole.chosen());
      assertThat(joined).usingRecursiveComparison().isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theInnerScoreOfAFoldIsTheBestOfItsPath(Score score) {
    Matrix targets = targets(score);
    Case one = some(targets.cols());
    Validation validation = one.validation(score, targets, folds);
    for (int f = 0; f < folds.count(); f++) {
      int fold = f;
      assertThat(
              Stream.of(one.inner)
                  .mapToDouble(at -> at[fold])
                  .filter(value -> score.better(value, validation.nestedInner()[fold])))
          .isEmpty();
      assertThat(validation.nestedInner()[f]).isEqualTo(one.inner[validation.nestedChoice()[f]][f]);
    }
  }
}
