package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilhouetteTest {
  /** The definition, pair by pair. */
  private static double plain(Matrix points, int[] which, int clusters) {
    double sum = 0;
    for (int i = 0; i < which.length; i++) {
      double[] total = new double[clusters];
      int[] count = new int[clusters];
      for (int j = 0; j < which.length; j++) {
        if (j != i) {
          double square = 0;
          for (int r = 0; r < points.rows(); r++) {
            square += Math.pow(points.get(r, i) - points.get(r, j), 2);
          }
          total[which[j]] += Math.sqrt(square);
          count[which[j]]++;
        }
      }
      double other = Double.POSITIVE_INFINITY;
      for (int c = 0; c < clusters; c++) {
        other = c == which[i] || count[c] == 0 ? other : Math.min(other, total[c] / count[c]);
      }
      double own = count[which[i]] == 0 ? Double.NaN : total[which[i]] / count[which[i]];
      sum += Double.isNaN(own) ? 0 : (other - own) / Math.max(other, own);
    }
    return sum / which.length;
  }

  @ParameterizedTest
  @CsvSource({"40, 3, 2, 1", "300, 5, 4, 2", "257, 2, 9, 3"})
  void isTheMeanOfItsDefinition(int n, int k, int clusters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix points = Matrix.zeros(k, n);
    int[] which = new int[n];
    for (int j = 0; j < n; j++) {
      which[j] = j == 0 ? clusters - 1 : random.nextInt(Math.max(1, clusters - 1));
      for (int r = 0; r < k; r++) {
        points.set(r, j, random.nextDouble(-1, 1) + which[j]);
      }
    }
    assertThat(Silhouette.mean(points, which))
        .isCloseTo(plain(points, which, clusters), within(1e-10));
  }

  @Test
  void oneClusterHasNoneAndEqualPointsCountNothing() {
    Matrix points = Matrix.of(1, 4, new double[] {1, 1, 1, 1});
    assertThat(Silhouette.mean(points, new int[4])).isNaN();
    assertThat(Silhouette.mean(points, new int[] {0, 0, 1, 1})).isZero();
    Matrix far = Matrix.of(1, 4, new double[] {0, 0, 9, 9});
    assertThat(Silhouette.mean(far, new int[] {0, 0, 1, 1})).isOne();
  }
}
