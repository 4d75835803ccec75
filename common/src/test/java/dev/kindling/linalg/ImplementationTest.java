package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every implementation of BLAS that this JVM can load against the definitions. */
class ImplementationTest {
  static Stream<Arguments> implementations() {
    Blas.choice();
    Stream<BLAS> java = Stream.of(Netlib.javaBlas(), Netlib.vectorBlas());
    boolean hasNative = Blas.choice().mode() == Blas.Mode.NATIVE;
    Stream<BLAS> all = hasNative ? Stream.concat(java, Stream.of(Netlib.nativeBlas())) : java;
    return all.flatMap(
        blas ->
            Stream.of(1L, 2L, 3L)
                .map(seed -> Arguments.of(blas.getClass().getSimpleName(), seed, blas)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("implementations")
  void productsAgreeWithTheDefinition(String name, long seed, BLAS blas) {
    Randoms random = new Randoms(seed);
    for (int variant = 0; variant < 4; variant++) {
      boolean ta = (variant & 1) != 0;
      boolean tb = (variant & 2) != 0;
      int m = random.size();
      int n = random.size();
      int k = random.size();
      Matrix a = ta ? random.matrix(k, m) : random.matrix(m, k);
      Matrix b = tb ? random.matrix(n, k) : random.matrix(k, n);
      Matrix c = random.matrix(m, n);
      double alpha = random.number();
      double beta = random.number();
      Matrix expected = Reference.gemm(ta, tb, alpha, a, b, beta, c);
      blas.dgemm(
          ta ? "T" : "N",
          tb ? "T" : "N",
          m,
          n,
          k,
          alpha,
          a.values(),
          a.rows(),
          b.values(),
          b.rows(),
          beta,
          c.values(),
          m);
      assertThat(Reference.distance(c, expected)).isLessThan(1e-12);
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("implementations")
  void aZeroBetaHidesWhatWasThere(String name, long seed, BLAS blas) {
    Randoms random = new Randoms(seed);
    int m = random.size();
    int k = random.size();
    Matrix a = random.matrix(m, k);
    double[] c = new double[m * m];
    double[] y = new double[m];
    Arrays.fill(c, Double.NaN);
    Arrays.fill(y, Double.NaN);
    blas.dgemm("N", "T", m, m, k, 1, a.values(), m, a.values(), m, 0, c, m);
    blas.dgemv("N", m, k, 1, a.values(), m, random.vector(k), 1, 0, y, 1);
    assertThat(c).doesNotContain(Double.NaN);
    assertThat(y).doesNotContain(Double.NaN);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("implementations")
  void vectorsAgreeWithTheDefinition(String name, long seed, BLAS blas) {
    Randoms random = new Randoms(seed);
    int n = 100 * random.size();
    double[] x = random.vector(n);
    double[] y = random.vector(n);
    assertThat(blas.ddot(n, x, 1, y, 1)).isCloseTo(Reference.dot(x, y), within(1e-11));
    assertThat(blas.dnrm2(n, x, 1))
        .isCloseTo(Math.sqrt(Reference.dot(x, x)), within(1e-11 * Math.sqrt(n)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("implementations")
  void theNameOfAKernelIsAlwaysTheSame(String name, long seed, BLAS blas) {
    assertThat(KernelBits.of(blas)).isEqualTo(KernelBits.of(blas)).matches("[0-9a-f]{8}");
  }
}
