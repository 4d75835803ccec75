package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ItmlTest extends OnlineMetricLearnerContract {
  private static final double UPPER = 2;
  private static final double LOWER = 15;
  private static final double SLACK = 1.5;

  @Override
  OnlineMetricLearner create() {
    return new Itml(UPPER, LOWER, SLACK, CONSTRAINTS);
  }

  @Override
  double target(SplittableRandom random) {
    return random.nextBoolean() ? 1 : -1;
  }

  @Override
  LiteralLearner literal() {
    double[] lambda = new double[CONSTRAINTS];
    double[] xi = new double[CONSTRAINTS];
    return (a, i, v, delta) -> {
      if (xi[i] == 0) {
        xi[i] = delta > 0 ? UPPER : LOWER;
      }
      double p = RandomPoints.form(a, v);
      double alpha = Math.min(lambda[i], delta * SLACK / (SLACK + 1) * (1 / p - 1 / xi[i]));
      double beta = delta * alpha / (1 - delta * alpha * p);
      xi[i] = SLACK * xi[i] / (SLACK + delta * alpha * xi[i]);
      lambda[i] -= alpha;
      return RandomPoints.plus(a, beta, RandomPoints.times(a, v));
    };
  }

  @Test
  void passesOverConstraintsThatCanBeMetMeetThem() {
    double[][] similar = {{3, 0, 0.1}, {2, 0.2, 0}};
    double[][] other = {{0, 1, 0}, {0.1, 0, 1}};
    Itml itml = new Itml(1, 4, 1e6, 4);
    Metric metric = itml.start(3);
    for (int pass = 0; pass < 300; pass++) {
      for (int i = 0; i < 4; i++) {
        double[] v = i < 2 ? similar[i] : other[i - 2];
        metric = itml.learn(metric, i, v, i < 2 ? 1 : -1).map(metric::plus).orElse(metric);
      }
    }
    double[] origin = new double[3];
    for (int i = 0; i < 2; i++) {
      assertThat(metric.squared(similar[i], origin)).isLessThan(1 + 1e-3);
      assertThat(metric.squared(other[i], origin)).isGreaterThan(4 - 1e-3);
    }
  }

  @Test
  void numbersOutsideOfTheirRangesAreRefused() {
    for (int at = 0; at < 3; at++) {
      double[] numbers = {1, 2, 3};
      numbers[at] = -1;
      assertThatThrownBy(() -> new Itml(numbers[0], numbers[1], numbers[2], 1))
          .as(Arrays.toString(numbers))
          .isInstanceOf(BadInput.class);
    }
    assertThatThrownBy(() -> new Itml(1, 1, 1, 0)).isInstanceOf(BadInput.class);
    Itml itml = new Itml(1, 1, 1, 2);
    assertThatThrownBy(() -> itml.learn(Metric.identity(1), 2, new double[] {1}, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("constraint 2 of 2");
  }
}
