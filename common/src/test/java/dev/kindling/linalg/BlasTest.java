package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlasTest {
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void partsOfArraysAreMultipliedInPlace(long seed) {
    Randoms random = new Randoms(seed);
    int m = random.size();
    int n = random.size();
    int k = random.size();
    Matrix a = random.matrix(m + 3, k);
    Matrix b = random.matrix(k + 1, n);
    double[] c = random.vector(5 + n * (m + 2));
    double[] before = c.clone();
    Blas.gemm(
        false, false, m, n, k, 1.5, a.values(), 2, m + 3, b.values(), 1, k + 1, 0.5, c, 5, m + 2);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m + 2; i++) {
        double expected = before[5 + i + j * (m + 2)];
        if (i < m) {
          expected *= 0.5;
          for (int l = 0; l < k; l++) {
            expected += 1.5 * a.get(i + 2, l) * b.get(l + 1, j);
          }
        }
        assertThat(c[5 + i + j * (m + 2)]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void singlePrecisionAgreesWithDouble(long seed) {
    Randoms random = new Randoms(seed);
    int n = random.size();
    Matrix a = random.matrix(n, n);
    float[] f = new float[n * n];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) a.values()[i];
    }
    float[] c = new float[n * n];
    Blas.gemm(true, false, n, n, n, 1f, f, 0, n, f, 0, n, 0f, c, 0, n);
    double[] expected = Reference.times(a.transpose(), a).values();
    for (int i = 0; i < c.length; i++) {
      assertThat((double) c[i]).isCloseTo(expected[i], within(1e-5 * n));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void gramMatricesAreSymmetricToTheBit(long seed) {
    Randoms random = new Randoms(seed);
    Matrix a = random.matrix(random.size(), random.size());
    Matrix c = random.symmetric(a.cols());
    Matrix expected = Reference.gemm(true, false, 2, a, a, -1, c);
    Blas.syrk(true, 2, a, -1, c);
    assertThat(Reference.distance(c, expected)).isLessThan(1e-12);
    assertThat(c).isEqualTo(c.transpose());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void matrixTimesVectorAgreesWithTheDefinition(boolean transpose) {
    Randoms random = new Randoms(41);
    Matrix a = random.matrix(17, 9);
    double[] x = random.vector(transpose ? 17 : 9);
    double[] y = random.vector(transpose ? 9 : 17);
    Matrix expected =
        Reference.gemm(
            transpose, false, 0.5, a, Matrix.of(x.length, 1, x), 2, Matrix.of(y.length, 1, y));
    Blas.gemv(transpose, 0.5, a, x, 2, y);
    assertThat(Reference.distance(Matrix.of(y.length, 1, y), expected)).isLessThan(1e-13);
  }

  @Test
  void anEmptyInnerDimensionScalesTheResult() {
    Matrix c = Matrix.ofRows(new double[][] {{1, 2}});
    Blas.gemm(false, false, 1, Matrix.zeros(1, 0), Matrix.zeros(0, 2), 3, c);
    assertThat(c.values()).containsExactly(3, 6);
    double[] y = {1, 2};
    Blas.gemv(false, 1, Matrix.zeros(2, 0), new double[0], 0, y);
    assertThat(y).containsExactly(0, 0);
    Matrix gram = Matrix.identity(2);
    Blas.syrk(true, 1, Matrix.zeros(0, 2), 2, gram);
    assertThat(gram).isEqualTo(Matrix.diagonal(2, 2));
  }

  @Test
  void emptyVectorsAreAllowed() {
    double[] none = {};
    assertThat(Blas.dot(none, none)).isZero();
    assertThat(Blas.nrm2(none)).isZero();
    Blas.axpy(2, none, none);
    Blas.scal(2, none);
    Blas.gemv(false, 1, Matrix.zeros(0, 0), none, 1, none);
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Matrix a = Matrix.zeros(3, 4);
    Matrix b = Matrix.zeros(5, 2);
    assertThatThrownBy(() -> Blas.times(a, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gemm: A is 3×4, B is 5×2: inner dimensions 4 and 5 differ");
    assertThatThrownBy(
            () -> Blas.gemm(true, false, 1, a, Matrix.zeros(3, 2), 0, Matrix.zeros(3, 2)))
        .hasMessage("gemm: Aᵀ is 4×3, B is 3×2: C must be 4×2, not 3×2");
    assertThatThrownBy(() -> Blas.syrk(false, 1, a, 0, b))
        .hasMessage("syrk: A is 3×4, C is 5×2: C must be 3×3");
    assertThatThrownBy(() -> Blas.gemv(false, 1, a, new double[3], 0, new double[3]))
        .hasMessage("gemv: A is 3×4, x has 3 entries, y has 3");
    assertThatThrownBy(() -> Blas.dot(new double[2], new double[3]))
        .hasMessage("dot: x has 2 entries, y has 3");
    double[] short8 = new double[8];
    assertThatThrownBy(
            () ->
                Blas.gemm(
                    false,
                    false,
                    3,
                    3,
                    3,
                    1,
                    short8,
                    0,
                    3,
                    new double[9],
                    0,
                    3,
                    0,
                    new double[9],
                    0,
                    3))
        .hasMessageStartingWith("gemm: A is 3×3 from offset 0")
        .hasMessageEndingWith("that needs 9 values, the array has 8");
  }

  @Test
  void aSecondChoiceIsRefusedWithBothNames() {
    Blas.Mode first = Blas.choice().mode();
    assertThat(Blas.use(first)).isEqualTo(Blas.choice());
    Stream.of(Blas.Mode.NATIVE, Blas.Mode.VECTOR, Blas.Mode.JAVA)
        .filter(mode -> mode != first)
        .forEach(
            second ->
                assertThatThrownBy(() -> Blas.use(second))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(first.toString())
                    .hasMessageContaining(second.toString()));
  }

  @Test
  void manyThreadsAtOnceGetTheSameBits() throws Exception {
    Randoms random = new Randoms(61);
    Matrix a = random.matrix(301, 257);
    Matrix b = random.matrix(257, 199);
    Matrix alone = Blas.times(a, b);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Matrix>> products = Collections.nCopies(64, () -> Blas.times(a, b));
      for (Future<Matrix> product : pool.invokeAll(products)) {
        assertThat(product.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void nothingIsWrittenOutsideThePart() {
    double[] c = new double[10];
    Arrays.fill(c, 7);
    Blas.gemm(false, false, 0, 0, 3, 1, c, 0, 1, c, 0, 3, 0, c, 0, 1);
    assertThat(c).containsOnly(7);
  }
}
