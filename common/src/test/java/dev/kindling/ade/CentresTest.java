package dev.kindling.ade;

import static dev.kindling.ade.ClusterSums.Kind.MEAN;
import static dev.kindling.ade.ClusterSums.Kind.MEDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.linalg.Matrix;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CentresTest {
  private static Matrix random(int rows, int cols, long seed) {
    return Matrix.of(rows, cols, new Random(seed).doubles((long) rows * cols, -1, 1).toArray());
  }

  private static double squared(Matrix a, int i, Matrix b, int j) {
    double sum = 0;
    for (int r = 0; r < a.rows(); r++) {
      sum += (a.get(r, i) - b.get(r, j)) * (a.get(r, i) - b.get(r, j));
    }
    return sum;
  }

  @Test
  void everyPointGoesToTheNearest() {
    for (long seed = 1; seed <= 20; seed++) {
      int k = (int) (1 + seed % 7);
      Matrix points = random(k, 100, seed);
      Matrix centres = random(k, 9, -seed);
      int[] which = new int[100];
      double[] squares = new double[100];
      new Centres(centres).nearest(points, which, squares);
      for (int i = 0; i < 100; i++) {
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < 9; c++) {
          least = Math.min(least, squared(points, i, centres, c));
        }
        assertThat(squared(points, i, centres, which[i])).isCloseTo(least, within(1e-12));
        assertThat(squares[i]).isCloseTo(least, within(1e-12));
      }
    }
  }

  @Test
  void aCentreIsAtNoDistanceAndTheFirstOfEqualsWins() {
    Matrix centres = Matrix.of(2, 3, new double[] {1, 2, 0.1, 0.7, 0.1, 0.7});
    int[] which = new int[3];
    double[] squares = new double[3];
    new Centres(centres).nearest(centres, which, squares);
    assertThat(which).containsExactly(0, 1, 1);
    assertThat(squares).containsExactly(0, 0, 0);
  }

  /** A step never raises the cost, and ends at the means. */
  @Test
  void lloydsStepsLowerTheCost() {
    for (long seed = 1; seed <= 20; seed++) {
      Matrix points = random(3, 200, seed);
      Matrix centres = random(3, 6, 100 + seed);
      double before = Double.POSITIVE_INFINITY;
      for (int step = 0; step < 30; step++) {
        int[] which = new int[200];
        double[] squares = new double[200];
        new Centres(centres).nearest(points, which, squares);
        ClusterSums sums = ClusterSums.of(points, which, squares, 6, MEAN, 1);
        assertThat(sums.cost()).isLessThanOrEqualTo(before * (1 + 1e-12));
        before = sums.cost();
        Matrix means = sums.means(centres);
        for (int c = 0; c < 6; c++) {
          double mean = 0;
          int count = 0;
          for (int i = 0; i < 200; i++) {
            mean += which[i] == c ? points.get(1, i) : 0;
            count += which[i] == c ? 1 : 0;
          }
          assertThat(sums.counts()[c]).isEqualTo(count);
          assertThat(means.get(1, c))
              .isCloseTo(count == 0 ? centres.get(1, c) : mean / count, within(1e-12));
        }
        centres = means;
      }
    }
  }

  /** Weiszfeld's step never raises the sum of distances, and ends where their gradient is 0. */
  @Test
  void stepsOfMediansLowerTheSumOfDistances() {
    for (long seed = 1; seed <= 20; seed++) {
      Matrix points = random(3, 200, seed);
      Matrix centres = random(3, 4, 100 + seed);
      double before = Double.POSITIVE_INFINITY;
      int[] which = new int[200];
      double[] squares = new double[200];
      for (int step = 0; step < 300; step++) {
        new Centres(centres).nearest(points, which, squares);
        ClusterSums sums = ClusterSums.of(points, which, squares, 4, MEDIAN, 1e-9);
        assertThat(sums.cost()).isLessThanOrEqualTo(before * (1 + 1e-12));
        before = sums.cost();
        centres = sums.means(centres);
      }
      assertThat(before).isEqualTo(Arrays.stream(squares).map(Math::sqrt).sum(), within(1e-9));
      for (int c = 0; c < 4; c++) {
        double[] gradient = new double[3];
        int count = 0;
        for (int i = 0; i < 200; i++) {
          for (int r = 0; which[i] == c && r < 3; r++) {
            gradient[r] += (points.get(r, i) - centres.get(r, c)) / Math.sqrt(squares[i]);
          }
          count += which[i] == c ? 1 : 0;
        }
        for (double g : gradient) {
          assertThat(g).isCloseTo(0, within(1e-3 * Math.max(1, count)));
        }
      }
    }
  }

  /** Half of the points less one may be anywhere: the median stays. */
  @Test
  void farPointsMoveTheMeanAlone() {
    Matrix points = Matrix.of(1, 5, new double[] {-1, 0, 1, 1e6, 2e6});
    Matrix median = Matrix.of(1, 1, new double[] {400_000});
    for (int step = 0; step < 2000; step++) {
      double[] squares = new double[5];
      new Centres(median).nearest(points, new int[5], squares);
      median = ClusterSums.of(points, new int[5], squares, 1, MEDIAN, 1e-3).means(median);
    }
    assertThat(median.get(0, 0)).isCloseTo(1, within(0.01));
  }

  @Test
  void sumsOfPartsAreThoseOfTheWhole() {
    Matrix points = random(4, 60, 3);
    Matrix centres = random(4, 5, 4);
    int[] which = new int[60];
    double[] squares = new double[60];
    new Centres(centres).nearest(points, which, squares);
    ClusterSums whole = ClusterSums.of(points, which, squares, 5, MEAN, 1);
    ClusterSums merged = part(points, centres, 0, 25).merge(part(points, centres, 25, 60));
    assertThat(merged.counts()).isEqualTo(whole.counts());
    assertThat(merged.cost()).isCloseTo(whole.cost(), within(1e-12));
    Matrix expected = whole.means(centres);
    for (int at = 0; at < expected.values().length; at++) {
      assertThat(merged.means(centres).values()[at])
          .isCloseTo(expected.values()[at], within(1e-12));
    }
  }

  private static ClusterSums part(Matrix points, Matrix centres, int from, int to) {
    int k = points.rows();
    Matrix some = Matrix.of(k, to - from, Arrays.copyOfRange(points.values(), from * k, to * k));
    int[] which = new int[to - from];
    double[] squares = new double[to - from];
    new Centres(centres).nearest(some, which, squares);
    return ClusterSums.of(some, which, squares, 5, MEAN, 1);
  }

  @Test
  void shapesMustFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Centres(random(2, 3, 1)).nearest(random(3, 4, 1), new int[4], new double[4]));
  }
}
