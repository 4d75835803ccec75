package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LegoTest extends OnlineMetricLearnerContract {
  private static final double ETA = 0.3;

  @Override
  OnlineMetricLearner create() {
    return new Lego(ETA);
  }

  @Override
  double target(SplittableRandom random) {
    return random.nextDouble(0, 20);
  }

  @Override
  LiteralLearner literal() {
    return (a, constraint, v, y) -> {
      double before = RandomPoints.form(a, v);
      double after = bar(ETA, before, y);
      double beta = -ETA * (after - y) / (1 + ETA * (after - y) * before);
      return RandomPoints.plus(a, beta, RandomPoints.times(a, v));
    };
  }

  /** As the paper writes it. */
  private static double bar(double eta, double before, double y) {
    double t = eta * y * before - 1;
    return (t + Math.sqrt(t * t + 4 * eta * before * before)) / (2 * eta * before);
  }

  @Test
  void theNewDistanceIsThatOfTheFormula() {
    RandomPoints points = new RandomPoints(21);
    for (int i = 0; i < 200; i++) {
      double eta = Math.exp(points.random().nextDouble(-5, 5));
      double target = i % 10 == 0 ? 0 : points.random().nextDouble(0, 30);
      Metric metric = Metric.factor(points.matrix(4, 6));
      double[] v = points.vector(6);
      double before = metric.squared(v, new double[6]);
      RankOne change = new Lego(eta).learn(metric, 0, v, target).orElseThrow();
      double after = metric.plus(change).squared(v, new double[6]);
      assertThat(after).isCloseTo(bar(eta, before, target), withinPercentage(1e-7));
      assertThat(after)
          .isBetween(Math.min(before, target) * (1 - 1e-9), Math.max(before, target) * (1 + 1e-9));
    }
  }

  @Test
  void twoHundredUpdatesEqualARebuildFromTheMatrix() {
    int d = 30;
    RandomPoints points = new RandomPoints(22);
    Lego lego = new Lego(0.1);
    Metric metric = lego.start(d);
    Matrix a = metric.matrix();
    Matrix block = points.matrix(d, 25);
    Matrix images = metric.apply(block);
    for (int t = 0; t < 200; t++) {
      double[] v = points.vector(d);
      double target = points.random().nextDouble(0, 2 * d);
      RankOne change = lego.learn(metric, t, v, target).orElseThrow();
      change.move(block, images);
      metric = metric.plus(change);
      double before = RandomPoints.form(a, v);
      double ratio = lego.after(before, target) / before;
      a = RandomPoints.plus(a, (ratio - 1) / before, RandomPoints.times(a, v));
    }
    assertThat(RandomPoints.error(metric.matrix(), a)).isLessThan(1e-10);
    Metric rebuilt = Metric.precision(a);
    for (int i = 0; i < 25; i++) {
      for (int j = 0; j < i; j++) {
        double[] x = RandomPoints.column(block, i);
        double[] y = RandomPoints.column(block, j);
        double expected = rebuilt.distance(x, y);
        double moved =
            Metric.identity(d)
                .distance(RandomPoints.column(images, i), RandomPoints.column(images, j));
        assertThat(metric.distance(x, y)).isCloseTo(expected, withinPercentage(1e-8));
        assertThat(moved).isCloseTo(expected, withinPercentage(1e-8));
      }
    }
  }

  @Test
  void numbersOfAnySizeKeepTheMetricFinite() {
    Metric metric = Metric.identity(2);
    double[] origin = new double[2];
    for (double length : new double[] {1e-150, 1e-8, 1, 1e8, 1e60}) {
      for (double target : new double[] {0, 1e-30, 1, 1e30}) {
        for (double eta : new double[] {1e-20, 1, 1e20}) {
          double[] v = {length, 0};
          RankOne change = new Lego(eta).learn(metric, 0, v, target).orElseThrow();
          double after = metric.plus(change).squared(v, origin);
          assertThat(after).as("%s, %s, %s", length, target, eta).isFinite().isNotNegative();
        }
      }
    }
    double[] tiny = {1e-150, 0};
    assertThatThrownBy(() -> new Lego(1e300).learn(metric, 4, tiny, 1e300))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("constraint 4: ");
  }

  @Test
  void aRateThatIsNotPositiveIsRefused() {
    assertThatThrownBy(() -> new Lego(0)).isInstanceOf(BadInput.class).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new Lego(Double.NaN)).isInstanceOf(BadInput.class);
  }
}
