package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.block.FixedTree;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScatterTest {
  /** Ledoit and Wolf 2004, as they write it: every |xxᵀ − S|² entry by entry, O(nd²). */
  private static Scatter.Shrunk literal(Matrix points) {
    int d = points.rows();
    int n = points.cols();
    double[][] y = new double[n][];
    for (int j = 0; j < n; j++) {
      y[j] = RandomPoints.column(points, j);
    }
    for (int i = 0; i < d; i++) {
      double mean = 0;
      for (double[] row : y) {
        mean += row[i] / n;
      }
      for (double[] row : y) {
        row[i] -= mean;
      }
    }
    double[][] s = new double[d][d];
    for (double[] row : y) {
      for (int i = 0; i < d; i++) {
        for (int k = 0; k < d; k++) {
          s[i][k] += row[i] * row[k] / n;
        }
      }
    }
    double m = 0;
    for (int i = 0; i < d; i++) {
      m += s[i][i] / d;
    }
    double distance = 0;
    double spread = 0;
    for (int i = 0; i < d; i++) {
      for (int k = 0; k < d; k++) {
        double off = s[i][k] - (i == k ? m : 0);
        distance += off * off / d;
        for (double[] row : y) {
          double error = row[i] * row[k] - s[i][k];
          spread += error * error / d / n / n;
        }
      }
    }
    double rho = Math.min(spread, distance) / distance;
    Matrix shrunk = Matrix.zeros(d, d);
    for (int i = 0; i < d; i++) {
      for (int k = 0; k < d; k++) {
        shrunk.set(i, k, (1 - rho) * s[i][k] + (i == k ? rho * m : 0));
      }
    }
    return new Scatter.Shrunk(shrunk, rho);
  }

  /** With heavy tails, correlations and a far mean. */
  private static Matrix points(long seed, int d, int n) {
    RandomPoints random = new RandomPoints(seed);
    Matrix mix = random.matrix(d, d);
    Matrix points = Matrix.zeros(d, n);
    for (int j = 0; j < n; j++) {
      double[] x = RandomPoints.times(mix, random.vector(d));
      double far = j % 7 == 0 ? 5 : 1;
      for (int i = 0; i < d; i++) {
        points.set(i, j, far * x[i] + 100 * i);
      }
    }
    return points;
  }

  private static Matrix part(Matrix points, int from, int to) {
    int d = points.rows();
    return Matrix.of(d, to - from, Arrays.copyOfRange(points.values(), from * d, to * d));
  }

  private static Scatter blocks(Matrix points, int size) {
    int blocks = (points.cols() + size - 1) / size;
    FixedTree<Scatter> tree = new FixedTree<>(blocks, Scatter::merge);
    for (int b = blocks - 1; b >= 0; b--) {
      int to = Math.min(points.cols(), (b + 1) * size);
      tree.add(b, Scatter.of(part(points, b * size, to)));
    }
    return tree.result();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void ledoitAndWolfsEstimateIsThatOfThePaper(long seed) {
    for (int[] shape : new int[][] {{5, 200}, {12, 30}, {30, 9}}) {
      Matrix points = points(seed, shape[0], shape[1]);
      Scatter.Shrunk expected = literal(points);
      for (int size : new int[] {1, 7, 64, 1000}) {
        Scatter.Shrunk found = blocks(points, size).ledoitWolf();
        assertThat(found.shrinkage()).isCloseTo(expected.shrinkage(), within(1e-10));
        assertThat(RandomPoints.error(found.covariance(), expected.covariance()))
            .as("%s in blocks of %d", points.shape(), size)
            .isLessThan(1e-10);
      }
    }
  }

  @Test
  void withFarFewerRowsThanColumnsTheShrunkOneIsPositiveDefinite() {
    Matrix points = points(5, 60, 8);
    Scatter.Shrunk shrunk = Scatter.of(points).ledoitWolf();
    double[] values = SymmetricEigen.of(shrunk.covariance()).values();
    assertThat(values[0]).isGreaterThan(1e-6 * values[59]);
    assertThat(shrunk.shrinkage()).isBetween(0.0, 1.0);
    assertThat(Metric.covariance(shrunk.covariance()).rank()).isEqualTo(60);
    Matrix sample = Scatter.of(points).sample();
    assertThatThrownBy(() -> Metric.covariance(sample)).hasMessageContaining("ledoit-wolf");
  }

  /** Its mean is rounded, so that 0.1 − mean is not 0. */
  @Test
  void aColumnOfOneValueHasNoVarianceAtAll() {
    Matrix points = points(7, 3, 500);
    for (int j = 0; j < 500; j++) {
      points.set(1, j, 0.1);
    }
    Scatter scatter = blocks(points, 90);
    assertThat(scatter.varying()).containsExactly(0, 2);
    Matrix sample = scatter.sample();
    assertThat(RandomPoints.column(sample, 1)).containsOnly(0);
    assertThatThrownBy(() -> Metric.covariance(sample))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("singular");
    assertThat(new Scatter(2).merge(Scatter.of(points(8, 2, 4))).varying()).containsExactly(0, 1);
    assertThat(new Scatter(2).varying()).isEmpty();
  }

  @Test
  void theSampleCovarianceIsThatOfPlainLoops() {
    Matrix points = points(6, 7, 50);
    Scatter scatter = blocks(points, 9);
    double[] mean = new double[7];
    Matrix expected = Matrix.zeros(7, 7);
    for (int j = 0; j < 50; j++) {
      for (int i = 0; i < 7; i++) {
        mean[i] += points.get(i, j) / 50;
      }
    }
    for (int j = 0; j < 50; j++) {
      double[] y = RandomPoints.column(points, j);
      for (int i = 0; i < 7; i++) {
        y[i] -= mean[i];
      }
      expected = RandomPoints.plus(expected, 1.0 / 49, y);
    }
    assertThat(scatter.count()).isEqualTo(50);
    assertThat(scatter.mean()).containsExactly(mean, within(1e-10));
    assertThat(RandomPoints.error(scatter.sample(), expected)).isLessThan(1e-12);
    assertThat(scatter.sample()).isEqualTo(scatter.sample().transpose());
  }

  @Test
  void aTranslationChangesNoEstimate() {
    Matrix points = points(7, 6, 40);
    Matrix moved = points.copy();
    for (int k = 0; k < moved.values().length; k++) {
      moved.values()[k] += 1e6;
    }
    Matrix expected = blocks(points, 8).ledoitWolf().covariance();
    assertThat(RandomPoints.error(blocks(moved, 8).ledoitWolf().covariance(), expected))
        .isLessThan(1e-8);
  }

  @Test
  void oneColumnIsAMultipleOfTheIdentityAlready() {
    Scatter scatter = Scatter.of(points(9, 1, 20));
    double expected = scatter.sample().get(0, 0) * 19 / 20;
    assertThat(scatter.ledoitWolf().covariance().get(0, 0))
        .isCloseTo(expected, within(1e-12 * expected));
  }

  @Test
  void anEmptyBlockChangesNothing() {
    Matrix points = points(8, 3, 10);
    Scatter with = new Scatter(3).merge(Scatter.of(points)).merge(Scatter.of(Matrix.zeros(3, 0)));
    Scatter without = Scatter.of(points);
    assertThat(RandomPoints.error(with.sample(), without.sample())).isLessThan(1e-15);
    assertThat(with.ledoitWolf().shrinkage())
        .isCloseTo(without.ledoitWolf().shrinkage(), within(1e-12));
  }

  @Test
  void equalRowsHaveNoCovarianceAndOneRowIsRefused() {
    Matrix equal = Matrix.zeros(2, 5);
    Arrays.fill(equal.values(), 3);
    assertThat(Scatter.of(equal).ledoitWolf().covariance()).isEqualTo(Matrix.zeros(2, 2));
    Scatter one = Scatter.of(Matrix.zeros(2, 1));
    assertThatThrownBy(one::sample).isInstanceOf(BadInput.class).hasMessageContaining("1 rows");
    assertThatThrownBy(one::ledoitWolf).isInstanceOf(BadInput.class);
    assertThatIllegalArgumentException().isThrownBy(() -> one.merge(new Scatter(3)));
  }
}
