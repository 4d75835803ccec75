package dev.kindling.svm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.validation.Folds;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SvmValidationTest {
  private static final int N = 60;
  private static final double[] COSTS = {100, 1, 0.01};
  private static final SvmParameters PARAMETERS = new SvmParameters(false, 0.1);

  private final Random random = new Random(103);
  private final Matrix factor = Matrix.of(N, 5, random.doubles(N * 5L, -1.5, 1.5).toArray());
  private final Matrix gram = Blas.times(factor, factor.transpose());
  private final Folds folds = Folds.random(N, 4, null, 7);

  private Matrix classes() {
    Matrix y = Matrix.zeros(N, 2);
    for (int i = 0; i < N; i++) {
      y.set(i, factor.get(i, 0) + 0.5 * random.nextGaussian() > 0 ? 1 : 0, 1);
    }
    return y;
  }

  private SvmFold fold(Matrix targets, Score score, int fold) {
    return SvmFold.of(new KernelSvm(gram, targets, score, PARAMETERS), folds, fold, COSTS, 42);
  }

  @Test
  void aFoldNeverLooksAtTheLabelsOfItsOwnRows() {
    Matrix targets = classes();
    for (int f = 0; f < folds.count(); f++) {
      Matrix other = targets.copy();
      for (int row : folds.test()[f]) {
        other.set(row, 0, targets.get(row, 1));
        other.set(row, 1, targets.get(row, 0));
      }
      SvmFold a = fold(targets, Score.ACCURACY, f);
      SvmFold b = fold(other, Score.ACCURACY, f);
      assertThat(b.inner()).isEqualTo(a.inner());
      assertThat(b.held()).isEqualTo(a.held());
      assertThat(b.supportVectors()).isEqualTo(a.supportVectors());
    }
  }

  @Test
  void aFoldOfNumbersNeverLooksAtThoseOfItsOwnRows() {
    Matrix targets = Matrix.zeros(N, 1);
    Arrays.setAll(targets.values(), i -> factor.get(i, 1) + 0.1 * random.nextGaussian());
    Matrix other = targets.copy();
    for (int row : folds.test()[2]) {
      other.set(row, 0, 1000);
    }
    SvmFold a = fold(targets, Score.RMSE, 2);
    SvmFold b = fold(other, Score.RMSE, 2);
    assertThat(b.inner()).isEqualTo(a.inner());
    assertThat(b.held()).isEqualTo(a.held());
  }

  @Test
  void theCostsOfFoldsAndModelAreTheBestOfTheirSelections() {
    Matrix targets = classes();
    KernelSvm svm = new KernelSvm(gram, targets, Score.ACCURACY, PARAMETERS);
    List<SvmFold> parts =
        IntStream.range(0, 4).mapToObj(f -> fold(targets, Score.ACCURACY, f)).toList();
    SvmSelection all = SvmSelection.of(svm, COSTS, 42);
    SvmValidation result = SvmValidation.of(parts, all, targets, folds, COSTS, Score.ACCURACY);
    Validation v = result.validation();
    for (int f = 0; f < 4; f++) {
      double[] inner = parts.get(f).inner();
      assertThat(inner[v.nestedChoice()[f]]).isEqualTo(Arrays.stream(inner).max().orElseThrow());
      for (int row : folds.test()[f]) {
        int place = Arrays.binarySearch(folds.test()[f], row);
        assertThat(v.nestedPredictions().get(row, 1))
            .isEqualTo(parts.get(f).held()[v.nestedChoice()[f]].get(place, 1));
      }
    }
    assertThat(result.model().parameter()).isEqualTo(COSTS[v.chosen()]);
    assertThat(v.selection()[v.chosen()])
        .isEqualTo(Arrays.stream(v.selection()).max().orElseThrow());
    assertThat(result.model().coefficients())
        .isEqualTo(SvmSelection.model(svm, result.model().parameter()).coefficients());
  }

  @Test
  void ofEqualCostsTheSmallestWins() {
    Matrix targets = classes();
    KernelSvm svm = new KernelSvm(gram, targets, Score.ACCURACY, PARAMETERS);
    // Below the first cost at which a support vector is free all fits predict the same.
    SvmSelection all = SvmSelection.of(svm, new double[] {1e-4, 1e-5, 1e-6}, 42);
    assertThat(all.scores()).containsOnly(all.scores()[0]);
    assertThat(all.model().parameter()).isEqualTo(1e-6);
  }

  @Test
  void aSingleRowOutsideOfAFoldIsEnough() {
    Matrix targets = classes();
    int[] most = IntStream.range(0, N - 1).toArray();
    Folds lopsided = new Folds(new int[][] {most, {N - 1}});
    KernelSvm svm = new KernelSvm(gram, targets, Score.ACCURACY, PARAMETERS);
    SvmFold fold = SvmFold.of(svm, lopsided, 0, COSTS, 42);
    assertThat(fold.inner()).containsOnly(0);
    assertThat(fold.held()[0].get(0, 1)).isIn(-1.0, 1.0);
  }
}
