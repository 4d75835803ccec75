package dev.kindling.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactorisationTest {
  private static final double TINY = 1e-11;

  private static void assertOrthonormalColumns(Matrix q) {
    assertThat(Reference.distance(Reference.times(q.transpose(), q), Matrix.identity(q.cols())))
        .isLessThan(TINY);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void choleskyGivesTheMatrixBackAndSolves(long seed) {
    Randoms random = new Randoms(seed);
    Matrix a = random.positiveDefinite(random.size());
    Cholesky c = Cholesky.of(a);
    assertThat(Reference.distance(Reference.times(c.l(), c.l().transpose()), a)).isLessThan(TINY);
    for (int j = 1; j < a.cols(); j++) {
      assertThat(c.l().get(0, j)).isZero();
    }
    Matrix b = random.matrix(a.rows(), 3);
    assertThat(Reference.distance(Reference.times(a, c.solve(b)), b)).isLessThan(TINY);
    double logDeterminant = 0;
    for (double lambda : SymmetricEigen.of(a).values()) {
      logDeterminant += Math.log(lambda);
    }
    assertThat(c.logDeterminant()).isCloseTo(logDeterminant, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void choleskyNamesTheMinorThatFails(int where) {
    Matrix a = Matrix.identity(5);
    a.set(where, where, -1);
    assertThatThrownBy(() -> Cholesky.of(a))
        .isInstanceOf(FactorisationException.class)
        .hasMessage(
            "the leading minor of order %d is not positive definite (LAPACK dpotrf, info = %d)",
            where + 1, where + 1)
        .extracting(e -> ((FactorisationException) e).info())
        .isEqualTo(where + 1);
  }

  /** Rows and columns of a matrix, in that order. */
  private static Matrix chosen(Matrix a, int[] rows, int[] columns) {
    Matrix chosen = Matrix.zeros(rows.length, columns.length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        chosen.set(i, j, a.get(rows[i], columns[j]));
      }
    }
    return chosen;
  }

  /** More than two panels. */
  @ParameterizedTest
  @CsvSource({"1, 1", "5, 5", "5, 3", "150, 150", "150, 64", "150, 65", "150, 1", "150, 0"})
  void pivotedCholeskyFindsTheRankAndGivesTheMatrixBack(int n, int rank) {
    Matrix root = new Randoms(n + rank).matrix(n, Math.max(1, rank));
    Matrix a = rank == 0 ? Matrix.zeros(n, n) : Reference.times(root, root.transpose());
    PivotedCholesky c = PivotedCholesky.of(a.copy(), 1e-9);
    assertThat(c.rank()).isEqualTo(rank);
    assertThat(c.pivots()).doesNotHaveDuplicates();
    Matrix l = c.l();
    assertThat(
            Reference.distance(
                Reference.times(l, l.transpose()), chosen(a, c.pivots(), c.pivots())))
        .isLessThan(TINY);
    for (int j = 1; j < rank; j++) {
      assertThat(l.get(j, j)).isLessThanOrEqualTo(l.get(j - 1, j - 1) * (1 + 1e-9));
      assertThat(l.get(0, j)).isZero();
    }
    if (rank > 0) {
      Matrix columns = chosen(a, IntStream.range(0, n).toArray(), c.pivots());
      Matrix inverse = l.copy();
      TriangularInverse.of(inverse);
      Matrix half = Reference.times(inverse, columns.transpose());
      assertThat(Reference.distance(Reference.times(half.transpose(), half), a)).isLessThan(1e-8);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void triangularInverseIsTheInverse(long seed) {
    Randoms random = new Randoms(seed);
    Matrix l = Cholesky.of(random.positiveDefinite(random.size())).l();
    Matrix inverse = l.copy();
    TriangularInverse.of(inverse);
    assertThat(Reference.distance(Reference.times(l, inverse), Matrix.identity(l.rows())))
        .isLessThan(TINY);
    l.set(0, 0, 0);
    assertThatThrownBy(() -> TriangularInverse.of(l))
        .isInstanceOf(FactorisationException.class)
        .hasMessageContaining("diagonal entry 1 is zero");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void qrGivesTheMatrixBackTallOrWide(long seed) {
    Randoms random = new Randoms(seed);
    Matrix a = random.matrix(random.size(), random.size());
    Qr qr = Qr.of(a);
    assertThat(Reference.distance(Reference.times(qr.q(), qr.r()), a)).isLessThan(TINY);
    assertOrthonormalColumns(qr.q());
    for (int j = 0; j < qr.r().cols(); j++) {
      for (int i = j + 1; i < qr.r().rows(); i++) {
        assertThat(qr.r().get(i, j)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void svdGivesTheMatrixBackTallOrWide(long seed) {
    Randoms random = new Randoms(seed);
    Matrix a = random.matrix(random.size(), random.size());
    Svd svd = Svd.of(a);
    Matrix us = Reference.times(svd.u(), Matrix.diagonal(svd.values()));
    assertThat(Reference.distance(Reference.times(us, svd.vt()), a)).isLessThan(TINY);
    assertOrthonormalColumns(svd.u());
    assertOrthonormalColumns(svd.vt().transpose());
    for (int i = 1; i < svd.values().length; i++) {
      assertThat(svd.values()[i]).isBetween(0.0, svd.values()[i - 1]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void eigenvectorsGiveTheMatrixBack(long seed) {
    Randoms random = new Randoms(seed);
    Matrix a = random.symmetric(random.size());
    SymmetricEigen eigen = SymmetricEigen.of(a);
    Matrix v = eigen.vectors();
    Matrix vl = Reference.times(v, Matrix.diagonal(eigen.values()));
    assertThat(Reference.distance(Reference.times(vl, v.transpose()), a)).isLessThan(TINY);
    assertOrthonormalColumns(v);
    assertThat(eigen.values()).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 60})
  void theSpectrumOfASecondDifferenceIsKnown(int n) {
    Matrix a = Matrix.zeros(n, n);
    for (int i = 0; i < n; i++) {
      a.set(i, i, 2);
      if (i > 0) {
        a.set(i, i - 1, -1);
        a.set(i - 1, i, -1);
      }
    }
    double[] known =
        IntStream.rangeClosed(1, n)
            .mapToDouble(k -> 2 - 2 * Math.cos(k * Math.PI / (n + 1)))
            .toArray();
    assertThat(SymmetricEigen.of(a).values()).containsExactly(known, within(1e-13));
    double[] singular = Svd.of(a).values();
    for (int i = 0; i < n; i++) {
      assertThat(singular[i]).isCloseTo(known[n - 1 - i], within(1e-13));
    }
  }

  @Test
  void anEntryThatIsNotFiniteIsNamedBeforeAnyWork() {
    Matrix a = Matrix.identity(3);
    a.set(2, 1, Double.NaN);
    a.set(1, 2, Double.POSITIVE_INFINITY);
    List<Consumer<Matrix>> all = List.of(Cholesky::of, Qr::of, Svd::of, SymmetricEigen::of);
    for (Consumer<Matrix> factorisation : all) {
      assertThatThrownBy(() -> factorisation.accept(a))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("row 2, column 1 is NaN");
    }
  }

  @Test
  void aMatrixThatIsNotSymmetricIsRefused() {
    Matrix a = Matrix.ofRows(new double[][] {{1, 2}, {3, 4}});
    assertThatThrownBy(() -> Cholesky.of(a))
        .hasMessage("Cholesky needs a symmetric matrix, but (1, 0) is 3.0 and (0, 1) is 2.0");
    assertThatThrownBy(() -> SymmetricEigen.of(Matrix.zeros(2, 3)))
        .hasMessage("eigenvalues needs a square matrix, not 2×3");
  }

  @Test
  void inputsAreLeftAsTheyWere() {
    Matrix a = new Randoms(9).positiveDefinite(12);
    Matrix before = a.copy();
    Cholesky.of(a).solve(a);
    Qr.of(a);
    Svd.of(a);
    SymmetricEigen.of(a);
    assertThat(a).isEqualTo(before);
  }

  @Test
  void aNegativeCodeIsOurMistake() {
    assertThatThrownBy(() -> LapackInfo.check("dsyevd", -8, "unused"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("LAPACK dsyevd rejects its argument 8 (info = -8)");
  }
}
