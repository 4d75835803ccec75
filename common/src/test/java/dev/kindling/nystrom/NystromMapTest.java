package dev.kindling.nystrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.LinearSystem;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NystromMapTest {
  private static final int N = 30;

  /** AAᵀ with a Gaussian n×rank A. */
  private static Matrix kernel(int rank, long seed) {
    Random random = new Random(seed);
    Matrix a = Matrix.of(N, rank, random.doubles(N * rank, -1, 1).toArray());
    Matrix kernel = Matrix.zeros(N, N);
    Blas.syrk(false, 1, a, 0, kernel);
    return kernel;
  }

  private static Matrix corner(Matrix kernel, int rows, int columns) {
    Matrix corner = Matrix.zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        corner.set(i, j, kernel.get(i, j));
      }
    }
    return corner;
  }

  /** FᵀF with the first m rows as landmarks. */
  private static Matrix approximated(int m, Matrix... parts) {
    Matrix[] own = new Matrix[parts.length];
    Matrix[] columns = new Matrix[parts.length];
    for (int p = 0; p < parts.length; p++) {
      own[p] = corner(parts[p], m, m);
      columns[p] = corner(parts[p], m, N);
    }
    Matrix features = NystromMap.of(own).features(columns);
    Matrix product = Matrix.zeros(N, N);
    Blas.syrk(true, 1, features, 0, product);
    return product;
  }

  private static Matrix minus(Matrix left, Matrix right) {
    Matrix difference = left.copy();
    Blas.axpy(-1, right.values(), difference.values());
    return difference;
  }

  private static double smallest(Matrix symmetric) {
    return SymmetricEigen.of(symmetric).values()[0];
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isColumnsTimesTheInverseTimesRows(long seed) {
    int m = 8;
    Matrix kernel = kernel(N, seed);
    Matrix columns = corner(kernel, m, N);
    Matrix solved = LinearSystem.solve(corner(kernel, m, m), columns);
    Matrix expected = Matrix.zeros(N, N);
    Blas.gemm(true, false, 1, columns, solved, 0, expected);
    Matrix found = approximated(m, kernel);
    for (int k = 0; k < N * N; k++) {
      assertThat(found.values()[k]).isCloseTo(expected.values()[k], within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void isExactFromAsManyLandmarksAsTheRank(int rank) {
    Matrix kernel = kernel(rank, 7);
    Matrix found = approximated(rank + 3, kernel);
    for (int k = 0; k < N * N; k++) {
      assertThat(found.values()[k]).isCloseTo(kernel.values()[k], within(1e-9));
    }
    assertThat(NystromMap.of(corner(kernel, rank + 3, rank + 3)).rank()).isEqualTo(rank);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void theSumOfPartsIsBetweenTheSumAsOneAndTheKernel(long seed) {
    Matrix left = kernel(N, seed);
    Matrix right = kernel(6, seed + 100);
    Matrix sum = left.copy();
    Blas.axpy(1, right.values(), sum.values());
    Matrix byParts = approximated(9, left, right);
    Matrix asOne = approximated(9, sum);
    assertThat(smallest(minus(sum, byParts))).isGreaterThan(-1e-9);
    assertThat(smallest(minus(byParts, asOne))).isGreaterThan(-1e-9);
  }

  @Test
  void weightsOfFeaturesBecomeWeightsOfColumns() {
    Matrix[] parts = {kernel(N, 21), kernel(5, 22)};
    int m = 10;
    Matrix[] own = {corner(parts[0], m, m), corner(parts[1], m, m)};
    Matrix[] columns = {corner(parts[0], m, N), corner(parts[1], m, N)};
    NystromMap map = NystromMap.of(own);
    Matrix weights = Matrix.of(map.rank(), 2, new Random(3).doubles(map.rank() * 2).toArray());
    Matrix expected = Matrix.zeros(N, 2);
    Blas.gemm(true, false, 1, map.features(columns), weights, 0, expected);
    Matrix[] coefficients = map.coefficients(weights);
    Matrix found = Matrix.zeros(N, 2);
    for (int p = 0; p < parts.length; p++) {
      Blas.gemm(true, false, 1, columns[p], coefficients[p], 1, found);
    }
    for (int k = 0; k < N * 2; k++) {
      assertThat(found.values()[k]).isCloseTo(expected.values()[k], within(1e-8));
    }
  }

  @Test
  void aKernelOfZeroHasNoFeatures() {
    assertThat(NystromMap.of(Matrix.zeros(3, 3), Matrix.identity(3)).rank()).isEqualTo(3);
    assertThatThrownBy(() -> NystromMap.of(Matrix.zeros(3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zero");
  }
}
