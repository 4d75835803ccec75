package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankOneTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theFactorFollowsTheMatrix(long seed) {
    RandomPoints points = new RandomPoints(seed);
    int d = points.random().nextInt(1, 20);
    int k = points.random().nextInt(1, 20);
    Metric metric = Metric.factor(points.matrix(k, d));
    double[] v = points.vector(d);
    double p = RandomPoints.form(metric.matrix(), v);
    for (double product : new double[] {-0.999, -0.3, 0, 1e-9, 2, 1e4}) {
      double beta = product / p;
      Metric changed = metric.plus(RankOne.along(metric, v, beta));
      Matrix expected =
          RandomPoints.plus(metric.matrix(), beta, RandomPoints.times(metric.matrix(), v));
      assertThat(RandomPoints.error(changed.matrix(), expected))
          .as("βp = %s", product)
          .isLessThan(1e-12);
      assertThat(changed.squared(v, new double[d]))
          .isCloseTo(p * (1 + product), withinPercentage(1e-9));
    }
  }

  @Test
  void storedImagesFollowTheFactor() {
    RandomPoints points = new RandomPoints(11);
    Metric metric = Metric.factor(points.matrix(5, 8));
    Matrix block = points.matrix(8, 30);
    Matrix images = metric.apply(block);
    double[] image = metric.apply(RandomPoints.column(block, 3));
    for (int i = 0; i < 50; i++) {
      double[] v = points.vector(8);
      RankOne change =
          i % 2 == 0
              ? RankOne.along(metric, v, 0.5 / RandomPoints.form(metric.matrix(), v))
              : new RankOne(points.vector(5), v); // the plain update
      change.move(block, images);
      change.move(RandomPoints.column(block, 3), image);
      metric = metric.plus(change);
    }
    assertThat(RandomPoints.error(images, metric.apply(block))).isLessThan(1e-11);
    Matrix one = Matrix.of(5, 1, image);
    Matrix expected = Matrix.of(5, 1, metric.apply(RandomPoints.column(block, 3)));
    assertThat(RandomPoints.error(one, expected)).isLessThan(1e-11);
  }

  @Test
  void aChangeThatWouldLeaveTheConeIsRefused() {
    Metric metric = Metric.identity(2);
    double[] v = {2, 0};
    assertThatIllegalArgumentException().isThrownBy(() -> RankOne.along(metric, v, -0.25));
    assertThatIllegalArgumentException().isThrownBy(() -> RankOne.along(metric, v, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankOne.along(metric, v, Double.POSITIVE_INFINITY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric.plus(new RankOne(new double[3], new double[2])));
  }

  @Test
  void equalPointsChangeNothing() {
    Metric metric = Metric.factor(new RandomPoints(12).matrix(3, 3));
    Metric changed = metric.plus(RankOne.along(metric, new double[3], 5));
    assertThat(changed.factor()).isEqualTo(metric.factor());
  }
}
