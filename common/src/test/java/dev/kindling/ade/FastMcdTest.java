package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Cholesky;
import dev.kindling.linalg.Matrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastMcdTest {
  private static final FastMcd.Settings FEW = new FastMcd.Settings(60, 10);

  /** The least log-determinant over every subset of h points. */
  private static double exhaustive(Matrix points) {
    int d = points.rows();
    int n = points.cols();
    int h = (n + d + 1) / 2;
    double least = Double.POSITIVE_INFINITY;
    for (int bits = 0; bits < 1 << n; bits++) {
      if (Integer.bitCount(bits) == h) {
        Matrix some = Matrix.zeros(d, h);
        for (int j = 0, to = 0; j < n; j++) {
          if ((bits >> j & 1) == 1) {
            System.arraycopy(points.values(), j * d, some.values(), to++ * d, d);
          }
        }
        Matrix covariance = Scatter.of(some).sample();
        Blas.scal((h - 1.0) / h, covariance.values());
        least = Math.min(least, Cholesky.of(covariance).logDeterminant());
      }
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsTheLeastDeterminantOfAllSubsets(long seed) {
    Matrix points = new RandomPoints(seed).matrix(2, 13);
    RobustCovariance found = FastMcd.fit(points, FastMcd.Settings.DEFAULT, seed);
    assertThat(found.logDeterminant()).isCloseTo(exhaustive(points), within(1e-9));
    assertThat(found.support()).hasSize(8).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theDeterminantNeverRises(long seed) {
    RandomPoints random = new RandomPoints(seed);
    int d = random.random().nextInt(1, 6);
    Matrix points = random.matrix(d, 80);
    FastMcd mcd = new FastMcd(points, IntStream.range(0, d).toArray());
    double[] squares = new double[80];
    int[] subset = new int[80];
    for (int start = 0; start < 20; start++) {
      FastMcd.Estimate estimate = mcd.step(mcd.start(start, subset), squares, subset);
      for (int step = 0; step < 12; step++) {
        FastMcd.Estimate next = mcd.step(estimate, squares, subset);
        assertThat(next.logDeterminant()).isLessThanOrEqualTo(estimate.logDeterminant() + 1e-12);
        estimate = next;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void thirtyPercentOfFarOutliersAreFlaggedAndMoveNothing(long seed) {
    RandomPoints random = new RandomPoints(seed);
    int n = 1000;
    int d = 4;
    int outliers = 300;
    Matrix mix = random.positiveDefinite(d);
    Matrix truth = Matrix.zeros(d, d);
    Blas.syrk(false, 1, mix, 0, truth);
    Matrix points = Blas.times(mix, random.matrix(d, n));
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < d; i++) {
        points.set(i, j, points.get(i, j) + 10 * i + (j < outliers ? 200 : 0));
      }
    }
    RobustCovariance found = FastMcd.fit(points, FEW, seed);
    int falseAlarms = 0;
    for (int j = 0; j < n; j++) {
      if (j < outliers) {
        assertThat(found.squaredDistances()[j] > found.cutOff()).as("outlier %d", j).isTrue();
      } else {
        falseAlarms += found.squaredDistances()[j] > found.cutOff() ? 1 : 0;
      }
    }
    // Of 700 clean points 2.5 %, and none by which the scatter is too wide.
    assertThat(falseAlarms).isBetween(1, 40);
    double[] expected = new double[d];
    for (int i = 0; i < d; i++) {
      expected[i] = 10 * i;
    }
    // The squared distance of the mean of 700 points is χ²_4/700; of the scatter 5 % are two
    // errors.
    assertThat(Metric.covariance(truth).squared(found.location(), expected)).isLessThan(30.0 / 700);
    assertThat(RandomPoints.error(found.scatter(), truth)).isLessThan(0.2);
    Metric metric = Metric.covariance(found.scatter());
    for (int j = 0; j < n; j += 50) {
      double square = metric.squared(RandomPoints.column(points, j), found.location());
      assertThat(found.squaredDistances()[j]).isCloseTo(square, within(1e-8 * square));
    }
  }

  @Test
  void cleanNormalPointsHaveTheirOwnCovariance() {
    RandomPoints random = new RandomPoints(6);
    Matrix points = random.matrix(3, 3000);
    RobustCovariance found = FastMcd.fit(points, new FastMcd.Settings(10, 3), 1);
    assertThat(RandomPoints.error(found.scatter(), Matrix.identity(3))).isLessThan(0.1);
    long flagged = 0;
    for (int j = 0; j < 3000; j++) {
      flagged += found.squaredDistances()[j] > found.cutOff() ? 1 : 0;
    }
    assertThat(flagged).isBetween(40L, 115L); // 75 ± 4.7 standard deviations
  }

  @Test
  void anAffineMapMovesTheEstimateAlong() {
    RandomPoints random = new RandomPoints(7);
    Matrix points = random.matrix(3, 100);
    Matrix map = random.positiveDefinite(3);
    RobustCovariance plain = FastMcd.fit(points, FEW, 3);
    RobustCovariance mapped = FastMcd.fit(Blas.times(map, points), FEW, 3);
    assertThat(mapped.support()).isEqualTo(plain.support());
    assertThat(mapped.squaredDistances()).containsExactly(plain.squaredDistances(), within(1e-7));
    Matrix expected = Blas.times(Blas.times(map, plain.scatter()), map);
    assertThat(RandomPoints.error(mapped.scatter(), expected)).isLessThan(1e-9);
  }

  @Test
  void columnsMayBeLeftOutAndKeepTheirNumbers() {
    Matrix points = new RandomPoints(14).matrix(2, 60);
    Matrix wider = Matrix.zeros(4, 60);
    for (int j = 0; j < 60; j++) {
      wider.set(1, j, points.get(0, j));
      wider.set(3, j, points.get(1, j));
    }
    int[] columns = {1, 3};
    RobustCovariance found = FastMcd.fit(wider, columns, FEW, 5);
    assertThat(found.scatter()).isEqualTo(FastMcd.fit(points, FEW, 5).scatter());
    for (int j = 0; j < 40; j++) {
      wider.set(3, j, 7);
    }
    assertThatThrownBy(() -> FastMcd.fit(wider, columns, FEW, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("same value in column 3");
  }

  @Test
  void theSameSeedMakesTheSameBits() {
    Matrix points = new RandomPoints(8).matrix(3, 60);
    RobustCovariance one = FastMcd.fit(points, FEW, 5);
    RobustCovariance two = FastMcd.fit(points, FEW, 5);
    assertThat(two.scatter()).isEqualTo(one.scatter());
    assertThat(two.squaredDistances()).isEqualTo(one.squaredDistances());
  }

  @Test
  void duplicatesAreTakenAsTheyCome() {
    Matrix some = new RandomPoints(9).matrix(2, 30);
    Matrix points = Matrix.zeros(2, 60);
    System.arraycopy(some.values(), 0, points.values(), 0, 60);
    System.arraycopy(some.values(), 0, points.values(), 60, 60);
    RobustCovariance found = FastMcd.fit(points, FEW, 1);
    assertThat(found.support()).hasSize(31).doesNotHaveDuplicates();
    for (int j = 0; j < 30; j++) {
      assertThat(found.squaredDistances()[j]).isEqualTo(found.squaredDistances()[j + 30]);
    }
  }

  @Test
  void pointsOnAHyperplaneAreRefused() {
    Matrix points = new RandomPoints(10).matrix(3, 40);
    for (int j = 0; j < 40; j++) {
      points.set(2, j, points.get(0, j) - 2 * points.get(1, j));
    }
    assertThatThrownBy(() -> FastMcd.fit(points, FEW, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("hyperplane");
    Matrix most = new RandomPoints(11).matrix(2, 40);
    for (int j = 0; j < 30; j++) {
      most.set(1, j, 2 * most.get(0, j));
    }
    assertThatThrownBy(() -> FastMcd.fit(most, FEW, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("21 of 40 rows lie on a hyperplane");
    Matrix constant = new RandomPoints(12).matrix(2, 40);
    for (int j = 0; j < 30; j++) {
      constant.set(1, j, 7);
    }
    assertThatThrownBy(() -> FastMcd.fit(constant, FEW, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("same value in column 1");
  }

  @Test
  void tooFewRowsAndWhatIsNotFiniteAreRefused() {
    assertThatThrownBy(() -> FastMcd.fit(Matrix.zeros(3, 6), FEW, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("6 rows and 3 columns");
    Matrix points = new RandomPoints(13).matrix(2, 20);
    points.set(1, 4, Double.NaN);
    assertThatThrownBy(() -> FastMcd.fit(points, FEW, 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("row 4, column 1 is NaN");
    assertThatThrownBy(() -> new FastMcd.Settings(0, 1)).isInstanceOf(BadInput.class);
  }
}
