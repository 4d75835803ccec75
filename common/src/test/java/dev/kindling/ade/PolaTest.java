package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolaTest extends OnlineMetricLearnerContract {
  @Override
  OnlineMetricLearner create() {
    return new Pola();
  }

  @Override
  double target(SplittableRandom random) {
    return random.nextBoolean() ? 1 : -1;
  }

  @Override
  LiteralLearner literal() {
    double[] b = {1};
    return (a, i, v, y) -> {
      double square = RandomPoints.form(Matrix.identity(v.length), v);
      double loss = Math.max(0, y * (RandomPoints.form(a, v) - b[0]) + 1);
      double alpha = loss / (square * square + 1);
      b[0] = Math.max(1, b[0] + y * alpha);
      return positivePart(RandomPoints.plus(a, -y * alpha, v));
    };
  }

  private static Matrix positivePart(Matrix a) {
    SymmetricEigen eigen = SymmetricEigen.of(a);
    Matrix part = Matrix.zeros(a.rows(), a.rows());
    for (int i = 0; i < a.rows(); i++) {
      if (eigen.values()[i] > 0) {
        double[] e = RandomPoints.column(eigen.vectors(), i);
        part = RandomPoints.plus(part, eigen.values()[i], e);
      }
    }
    return part;
  }

  /** Each of the three kinds of step, from metrics of every rank. */
  @Test
  void oneStepIsTheProjectedStepFromAnyRank() {
    RandomPoints points = new RandomPoints(31);
    int projections = 0;
    for (int rank = 0; rank <= 5; rank++) {
      for (int i = 0; i < 40; i++) {
        Matrix u = Matrix.zeros(5, 5);
        Matrix rows = points.matrix(Math.max(1, rank), 5);
        for (int r = 0; r < rank; r++) {
          for (int j = 0; j < 5; j++) {
            u.set(r, j, rows.get(r, j));
          }
        }
        Metric metric = Metric.factor(u);
        double[] v = i % 4 == 0 ? RandomPoints.column(u.transpose(), 0) : points.vector(5);
        Blas.scal(i % 3 == 0 ? 0.1 : 1, v); // short ones leave A positive definite
        double y = i % 2 == 0 ? 1 : -1;
        Matrix a = metric.matrix();
        Pola pola = new Pola();
        Matrix expected = literal().learn(a, 0, v, y);
        Matrix found = pola.learn(metric, 0, v, y).map(metric::plus).orElse(metric).matrix();
        assertThat(RandomPoints.error(found, expected)).as("rank %d, %d", rank, i).isLessThan(1e-9);
        if (rank == 5 && SymmetricEigen.of(expected).values()[0] < 1e-12) {
          projections++;
        }
      }
    }
    assertThat(projections).as("of 20 steps from full rank").isBetween(3, 19);
  }

  @Test
  void theThresholdMovesWithTheTargetsAndNeverBelowOne() {
    Pola pola = new Pola();
    Metric metric = pola.start(2);
    double[] v = {1, 1};
    assertThat(pola.learn(metric, 0, v, 1)).as("similar, at distance 0").isEmpty();
    Metric grown = metric.plus(pola.learn(metric, 1, v, -1).orElseThrow());
    assertThat(pola.threshold()).isEqualTo(1);
    assertThat(grown.squared(v, new double[2])).isPositive();
    Metric far = Metric.factor(Matrix.diagonal(3, 3));
    assertThat(pola.learn(far, 2, v, 1)).isPresent();
    assertThat(pola.threshold()).isGreaterThan(1);
  }

  @Test
  void aFactorWithFewerRowsThanColumnsIsRefused() {
    Metric flat = Metric.factor(Matrix.zeros(2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pola().learn(flat, 0, new double[3], 1));
  }
}
