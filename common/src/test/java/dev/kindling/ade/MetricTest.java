package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Cholesky;
import dev.kindling.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void distancesOfAPrecisionAreItsForm(long seed) {
    RandomPoints points = new RandomPoints(seed);
    int d = points.random().nextInt(1, 30);
    Matrix a = points.positiveDefinite(d);
    Metric metric = Metric.precision(a);
    assertThat(RandomPoints.error(metric.factor(), Cholesky.of(a).l().transpose())).isZero();
    assertThat(RandomPoints.error(metric.matrix(), a)).isLessThan(1e-13);
    assertThat(metric.rank()).isEqualTo(d);
    assertThat(metric.dimension()).isEqualTo(d);
    for (int pair = 0; pair < 20; pair++) {
      double[] x = points.vector(d);
      double[] y = points.vector(d);
      double expected = RandomPoints.form(a, difference(x, y));
      assertThat(metric.squared(x, y)).isCloseTo(expected, withinPercentage(1e-9));
      assertThat(metric.distance(x, y)).isCloseTo(Math.sqrt(expected), withinPercentage(1e-9));
      assertThat(metric.distance(y, x)).isEqualTo(metric.distance(x, y));
      assertThat(metric.distance(x, x.clone())).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aSingularPrecisionHasAFactorOfItsRank(long seed) {
    RandomPoints points = new RandomPoints(seed);
    int d = points.random().nextInt(5, 30);
    int rank = points.random().nextInt(1, d - 1);
    Matrix a = points.ofRank(rank, d);
    Metric metric = Metric.precision(a);
    assertThat(RandomPoints.error(metric.matrix(), a)).isLessThan(1e-13);
    assertThat(metric.rank()).isEqualTo(rank);
    assertThat(metric.rows()).isBetween(rank, d);
  }

  /** Kept as d numbers, it is the metric of the matrix. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDiagonalMetricIsThatOfItsMatrix(long seed) throws IOException {
    RandomPoints points = new RandomPoints(seed);
    int d = points.random().nextInt(2, 30);
    double[] a = points.random().doubles(d, 0, 2).toArray();
    a[1] = 0;
    Metric metric = Metric.diagonal(a);
    Metric whole = Metric.precision(Matrix.diagonal(a));
    assertThat(metric.isDiagonal()).isTrue();
    assertThat(whole.isDiagonal()).isFalse();
    assertThat(RandomPoints.error(metric.matrix(), Matrix.diagonal(a))).isLessThan(1e-15);
    assertThat(metric.rank()).isEqualTo(d - 1);
    Matrix x = points.matrix(d, 7);
    Matrix expected = Blas.times(Matrix.diagonal(metric.diagonal()), x);
    assertThat(RandomPoints.error(metric.apply(x), expected)).isZero();
    double[] v = points.vector(d);
    double[] y = points.vector(d);
    assertThat(metric.squared(v, y)).isCloseTo(whole.squared(v, y), withinPercentage(1e-12));
    RankOne change = RankOne.along(metric, v, 0.7);
    double p = metric.squared(v, new double[d]);
    assertThat(metric.plus(change).squared(v, new double[d]))
        .isCloseTo(p * (1 + 0.7 * p), withinPercentage(1e-10));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    metric.write(new DataOutputStream(bytes));
    Metric read =
        Metric.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), d, d);
    assertThat(read.diagonal()).isEqualTo(metric.diagonal());
  }

  @Test
  void aNegativeWeightIsRefused() {
    assertThatThrownBy(() -> Metric.diagonal(new double[] {1, -2}))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("-2.0 in place 1");
  }

  @Test
  void theZeroMetricHasRankZero() {
    Metric metric = Metric.precision(Matrix.zeros(3, 3));
    assertThat(metric.rank()).isZero();
    assertThat(metric.distance(new double[] {1, 2, 3}, new double[3])).isZero();
    assertThat(Metric.factor(Matrix.zeros(3, 3)).rank()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aCovarianceIsInverted(long seed) {
    RandomPoints points = new RandomPoints(seed);
    int d = points.random().nextInt(1, 30);
    Matrix c = points.positiveDefinite(d);
    Matrix product = Blas.times(Metric.covariance(c).matrix(), c);
    assertThat(RandomPoints.error(product, Matrix.identity(d))).isLessThan(1e-9);
  }

  @Test
  void whatIsNotPositiveSemidefiniteIsRefusedWithItsSmallestEigenvalue() {
    Matrix a = Matrix.diagonal(2, -4, 1);
    assertThatThrownBy(() -> Metric.precision(a))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("not positive semidefinite: smallest eigenvalue -4.0");
    assertThatThrownBy(() -> Metric.covariance(a))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("smallest eigenvalue -4.0")
        .hasMessageContaining("ledoit-wolf");
    assertThatThrownBy(() -> Metric.precision(Matrix.diagonal(1, -1e-9)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("-1.0E-9");
    assertThat(Metric.precision(Matrix.diagonal(1, -1e-11)).rank()).isOne();
  }

  @Test
  void aSingularCovarianceIsRefusedWithAnAdvice() {
    Matrix c = new RandomPoints(7).ofRank(3, 6);
    assertThatThrownBy(() -> Metric.covariance(c))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("singular: smallest eigenvalue")
        .hasMessageContaining("ledoit-wolf");
    assertThatThrownBy(() -> Metric.covariance(Matrix.zeros(2, 2))).isInstanceOf(BadInput.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theUnitsOfColumnsDoNotMatterToTheInverse(long seed) {
    RandomPoints points = new RandomPoints(seed);
    Matrix c = points.positiveDefinite(3);
    double[] units = {1e9, 1, 1e-9};
    Matrix scaled = Matrix.zeros(3, 3);
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++) {
        scaled.set(i, j, units[i] * units[j] * c.get(i, j));
      }
    }
    double[] x = points.vector(3);
    double[] y = {units[0] * x[0], units[1] * x[1], units[2] * x[2]};
    double[] zero = new double[3];
    double expected = Metric.covariance(c).squared(x, zero);
    assertThat(Metric.covariance(scaled).squared(y, zero))
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void whatIsNoSymmetricMatrixIsRefused() {
    Matrix a = Matrix.identity(3);
    a.set(2, 1, 0.5);
    assertThatThrownBy(() -> Metric.precision(a))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("(2, 1) is 0.5, (1, 2) is 0.0");
    assertThatThrownBy(() -> Metric.precision(Matrix.zeros(2, 3)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("2×3");
    assertThatThrownBy(() -> Metric.covariance(Matrix.diagonal(1, Double.NaN)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("NaN in row 1, column 1");
    assertThatThrownBy(() -> Metric.factor(Matrix.diagonal(Double.POSITIVE_INFINITY)))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void aTranslationMovesNothing() {
    RandomPoints points = new RandomPoints(8);
    Metric metric = Metric.factor(points.matrix(4, 9));
    double[] x = points.vector(9);
    double[] y = points.vector(9);
    double before = metric.distance(x, y);
    for (int i = 0; i < 9; i++) {
      x[i] += 1e6;
      y[i] += 1e6;
    }
    assertThat(metric.distance(x, y)).isCloseTo(before, within(1e-8 * before));
  }

  @Test
  void aBlockOfPointsHasTheImagesOfItsPoints() {
    RandomPoints points = new RandomPoints(9);
    Metric metric = Metric.factor(points.matrix(4, 9));
    Matrix block = points.matrix(9, 17);
    Matrix images = metric.apply(block);
    for (int j = 0; j < 17; j++) {
      double[] expected = RandomPoints.times(metric.factor(), RandomPoints.column(block, j));
      assertThat(RandomPoints.column(images, j)).containsExactly(expected, within(1e-13));
      assertThat(metric.apply(RandomPoints.column(block, j)))
          .containsExactly(expected, within(1e-13));
    }
  }

  @Test
  void theFactorIsACopy() {
    Matrix u = Matrix.identity(2);
    Metric metric = Metric.factor(u);
    u.set(0, 0, 5);
    metric.factor().set(0, 0, 6);
    assertThat(metric.matrix()).isEqualTo(Matrix.identity(2));
  }

  @Test
  void pointsOfAnotherLengthAreRefused() {
    Metric metric = Metric.identity(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric.distance(new double[3], new double[4]));
    assertThatIllegalArgumentException().isThrownBy(() -> metric.apply(new double[2]));
    assertThatIllegalArgumentException().isThrownBy(() -> metric.apply(Matrix.zeros(2, 5)));
  }

  @Test
  void comesBackFromItsBytesBitForBit() throws IOException {
    Metric metric = Metric.factor(new RandomPoints(10).matrix(4, 9));
    byte[] bytes = bytes(metric);
    assertThat(read(bytes, 9, 9).factor()).isEqualTo(metric.factor());
    assertThatThrownBy(() -> read(bytes, 8, 9)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(bytes, 9, 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rows of a metric 4");
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(part, 9, 9)).isInstanceOf(IOException.class);
    }
    byte[] damaged = bytes.clone();
    damaged[9] ^= (byte) 0x81;
    assertThatThrownBy(() -> read(damaged, 9, 9)).isInstanceOf(IOException.class);
    Arrays.fill(damaged, 13, 21, (byte) 0xff);
    damaged[9] = bytes[9];
    assertThatThrownBy(() -> read(damaged, 9, 9))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NaN");
  }

  private static byte[] bytes(Metric metric) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      metric.write(out);
    }
    return bytes.toByteArray();
  }

  private static Metric read(byte[] bytes, int dimension, int mostRows) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return Metric.read(in, dimension, mostRows);
    }
  }

  private static double[] difference(double[] x, double[] y) {
    double[] v = new double[x.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = x[i] - y[i];
    }
    return v;
  }
}
