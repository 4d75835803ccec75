package dev.kindling.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final int N = 20;

  private final Random random = new Random(105);
  private final Matrix factor = Matrix.of(N, 4, random.doubles(N * 4L, 0, 9).toArray());

  private Matrix gram() {
    return Blas.times(factor, factor.transpose());
  }

  @Test
  void cosineHasAUnitDiagonalAndTheSameAngles() {
    Matrix gram = gram();
    Matrix cosine = gram();
    double[] scales = Normalization.COSINE.apply(cosine);
    for (int i = 0; i < N; i++) {
      assertThat(cosine.get(i, i)).isEqualTo(1);
      for (int j = 0; j < N; j++) {
        assertThat(cosine.get(i, j))
            .isEqualTo(cosine.get(j, i))
            .isCloseTo(gram.get(i, j) / Math.sqrt(gram.get(i, i) * gram.get(j, j)), within(1e-14));
        assertThat(scales[i] * gram.get(i, j) * scales[j])
            .isCloseTo(cosine.get(i, j), within(1e-14));
      }
    }
  }

  @Test
  void aGraphOfLengthZeroStaysThere() {
    for (int c = 0; c < 4; c++) {
      factor.set(3, c, 0);
    }
    Matrix cosine = gram();
    assertThat(Normalization.COSINE.apply(cosine)[3]).isZero();
    for (int j = 0; j < N; j++) {
      assertThat(cosine.get(3, j)).isZero();
    }
  }

  @Test
  void noneChangesNoBit() {
    Matrix gram = gram();
    KernelFunction function = new KernelFunction(1, factor, Matrix.zeros(1, 4));
    assertThat(function.scaled(Normalization.NONE.apply(gram))).isEqualTo(function);
    assertThat(gram).isEqualTo(gram());
  }

  @Test
  void aFunctionOfTheCosineIsOneOfTheKernelOverTheNewRowsLength() {
    Matrix gram = gram();
    Matrix cosine = gram();
    double[] scales = Normalization.COSINE.apply(cosine);
    KernelFunction learned = new KernelFunction(1, factor, Matrix.zeros(1, 4));
    Matrix expected = Blas.times(cosine, factor);
    Matrix values = Blas.times(gram, learned.scaled(scales).coefficients());
    for (int i = 0; i < N; i++) {
      assertThat(values.get(i, 2) / Math.sqrt(gram.get(i, i)))
          .isCloseTo(expected.get(i, 2), within(1e-10));
    }
  }
}
