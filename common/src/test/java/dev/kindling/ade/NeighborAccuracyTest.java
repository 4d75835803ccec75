package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.linalg.Matrix;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighborAccuracyTest {
  @Test
  void countsWhomItsNeighboursTell() {
    SplittableRandom random = new SplittableRandom(17);
    int n = 300;
    int d = 3;
    Matrix points = Matrix.zeros(d, n);
    int[] labels = new int[n];
    for (int j = 0; j < n; j++) {
      labels[j] = random.nextInt(3);
      for (int i = 0; i < d; i++) {
        points.set(i, j, random.nextDouble(-1, 1) + 0.4 * labels[j]);
      }
    }
    Matrix u = Matrix.of(2, d, new double[] {1, 0.5, -0.3, 2, 0.7, 0.1});
    Metric metric = Metric.factor(u);
    int right = 0;
    int told = 0;
    int known = 200;
    for (int i = 0; i < n; i++) {
      right += vote(metric, points, labels, i, n) == labels[i] ? 1 : 0;
      told += i >= known && vote(metric, points, labels, i, known) == labels[i] ? 1 : 0;
    }
    assertThat(NeighborAccuracy.leaveOneOut(metric, points, labels, 3))
        .isEqualTo((double) right / n);
    assertThat((double) right / n).isBetween(0.4, 0.9);
    assertThat(NeighborAccuracy.heldOut(metric, points, labels, known, 3))
        .isEqualTo((double) told / (n - known));
  }

  /** The class that most of the three nearest others among the first have. */
  private static int vote(Metric metric, Matrix points, int[] labels, int point, int first) {
    int[] near =
        IntStream.range(0, first)
            .filter(j -> j != point)
            .boxed()
            .sorted(
                Comparator.comparingDouble(j -> metric.distance(at(points, point), at(points, j))))
            .limit(3)
            .mapToInt(j -> labels[j])
            .toArray();
    return near[1] == near[2] ? near[1] : near[0];
  }

  @Test
  void pointsWithoutAClassAreNobodysNeighbours() {
    Matrix points = Matrix.of(1, 5, new double[] {0, 0.1, 5, 5.1, 0.05});
    int[] labels = {0, 0, 1, 1, -1};
    assertThat(NeighborAccuracy.leaveOneOut(Metric.identity(1), points, labels, 1)).isEqualTo(1);
    int[] also = {0, -1, 1, 1, 0};
    assertThat(NeighborAccuracy.heldOut(Metric.identity(1), points, also, 3, 1)).isEqualTo(1);
  }

  private static double[] at(Matrix points, int j) {
    double[] x = new double[points.rows()];
    for (int i = 0; i < x.length; i++) {
      x[i] = points.get(i, j);
    }
    return x;
  }
}
