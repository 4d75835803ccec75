package dev.kindling.nystrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.LinearSystem;
import dev.kindling.linalg.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeverageScoresTest {
  private static final int N = 40;

  private static Matrix kernel(Random random) {
    Matrix a = Matrix.of(N, 12, random.doubles(N * 12, -1, 1).toArray());
    Matrix kernel = Matrix.zeros(N, N);
    Blas.syrk(false, 1, a, 0, kernel);
    return kernel;
  }

  private static double[] diagonal(Matrix kernel) {
    double[] diagonal = new double[kernel.rows()];
    for (int i = 0; i < diagonal.length; i++) {
      diagonal[i] = kernel.get(i, i);
    }
    return diagonal;
  }

  @Test
  void fromAllColumnsTheyAreTheDefinition() {
    Matrix kernel = kernel(new Random(5));
    LeverageScores scores = LeverageScores.of(kernel, N, 10);
    Matrix shifted = kernel.copy();
    for (int i = 0; i < N; i++) {
      shifted.set(i, i, shifted.get(i, i) + scores.lambda());
    }
    Matrix hat = LinearSystem.solve(shifted, kernel);
    double[] found = scores.of(kernel, diagonal(kernel));
    double sum = 0;
    for (int i = 0; i < N; i++) {
      assertThat(found[i]).as("row %d", i).isCloseTo(hat.get(i, i), within(1e-9));
      sum += found[i];
    }
    assertThat(sum).as("effective dimension").isCloseTo(5, within(1e-9));
  }

  @Test
  void aRowThatThePilotDoesNotExplainScoresHighest() {
    Matrix kernel = kernel(new Random(6));
    int odd = 33;
    for (int i = 0; i < N; i++) { // a direction of its own
      kernel.set(odd, i, i == odd ? 5 : 0);
      kernel.set(i, odd, i == odd ? 5 : 0);
    }
    int p = 20;
    Matrix columns = Matrix.zeros(p, N);
    Matrix own = Matrix.zeros(p, p);
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < N; j++) {
        columns.set(i, j, kernel.get(i, j));
        if (j < p) {
          own.set(i, j, kernel.get(i, j));
        }
      }
    }
    double[] found = LeverageScores.of(own, N, 10).of(columns, diagonal(kernel));
    assertThat(java.util.Arrays.stream(found)).allMatch(score -> score >= 0 && score <= 1);
    for (int i = 0; i < N; i++) {
      assertThat(found[odd]).isGreaterThanOrEqualTo(found[i]);
    }
  }
}
