package dev.kindling.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ridge on features is kernel ridge with their inner products. */
class FeatureRidgeTest {
  private static final int N = 26;
  private static final int R = 7;

  private final Random random = new Random(91);

  /** r×n, far from the origin, so that the intercept matters. */
  private final Matrix features = Matrix.of(R, N, random.doubles(R * N, 1, 4).toArray());

  private final Matrix targets = Matrix.of(N, 2, random.doubles(N * 2, -1, 3).toArray());
  private final KernelRidge kernel = new KernelRidge(gram(), targets);
  private final FeatureMoments all = FeatureMoments.of(features, targets);

  private Matrix gram() {
    Matrix gram = Matrix.zeros(N, N);
    Blas.syrk(true, 1, features, 0, gram);
    return gram;
  }

  private static Matrix features(Matrix of, int[] columns) {
    Matrix some = Matrix.zeros(of.rows(), columns.length);
    for (int i = 0; i < columns.length; i++) {
      for (int k = 0; k < of.rows(); k++) {
        some.set(k, i, of.get(k, columns[i]));
      }
    }
    return some;
  }

  private static Matrix rows(Matrix of, int[] rows) {
    return features(of.transpose(), rows).transpose();
  }

  private static void close(Matrix found, Matrix expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    for (int k = 0; k < found.values().length; k++) {
      assertThat(found.values()[k]).isCloseTo(expected.values()[k], within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1, 50})
  void fitsAndLeavesOneOutAsKernelRidgeDoes(double lambda) {
    KernelRidge.Fit expected = kernel.fit(lambda);
    FeatureRidge ridge = new FeatureRidge(all);
    FeatureRidge.Rows rows = ridge.rows(features);
    Matrix predictions = Blas.times(gram(), expected.coefficients());
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < N; i++) {
        predictions.set(i, c, predictions.get(i, c) + expected.intercept().get(0, c));
      }
    }
    close(rows.predictions(lambda), predictions);
    close(rows.path(new double[] {lambda}, targets).leaveOneOut()[0], expected.leaveOneOut());
    Matrix linear = Matrix.zeros(N, 2);
    Blas.gemm(true, false, 1, features, ridge.coefficients(lambda), 0, linear);
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < N; i++) {
        linear.set(i, c, linear.get(i, c) + ridge.intercept(lambda).get(0, c));
      }
    }
    close(linear, predictions);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1, 50})
  void withoutSomeRowsItIsTheFitOfTheOthers(double lambda) {
    int[] held = {2, 3, 11, 25};
    KernelRidge.Fit.HeldOut expected = kernel.fit(lambda).without(held);
    FeatureMoments theirs = FeatureMoments.of(features(features, held), rows(targets, held));
    FeatureRidge ridge = new FeatureRidge(all.without(theirs));
    close(ridge.rows(features(features, held)).predictions(lambda), expected.predictions());
    int[] others =
        IntStream.range(0, N).filter(i -> IntStream.of(held).noneMatch(h -> h == i)).toArray();
    close(
        ridge
            .rows(features(features, others))
            .path(new double[] {lambda}, rows(targets, others))
            .leaveOneOut()[0],
        rows(expected.leaveOneOut(), others));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 25})
  void momentsOfBlocksAddUp(int cut) {
    int[] left = IntStream.range(0, cut).toArray();
    int[] right = IntStream.range(cut, N).toArray();
    FeatureMoments sum =
        FeatureMoments.none(R, 2)
            .add(FeatureMoments.of(features(features, left), rows(targets, left)))
            .add(FeatureMoments.of(features(features, right), rows(targets, right)));
    assertThat(sum.meanEigenvalue()).isCloseTo(kernel.meanEigenvalue(), within(1e-9));
    close(new FeatureRidge(sum).coefficients(1), new FeatureRidge(all).coefficients(1));
  }
}
