package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.block.FixedTree;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RcaTest {
  private static final int D = 6;
  private static final int N = 90;

  private static int[] labels(RandomPoints random) {
    return random.random().ints(N, -1, 4).toArray();
  }

  /** Class by class, by plain loops. */
  private static Matrix literal(Matrix points, int[] labels) {
    Matrix sum = Matrix.zeros(D, D);
    int count = 0;
    for (int label = 0; label < 4; label++) {
      double[] mean = new double[D];
      int size = 0;
      for (int j = 0; j < N; j++) {
        if (labels[j] == label) {
          size++;
          for (int i = 0; i < D; i++) {
            mean[i] += points.get(i, j);
          }
        }
      }
      for (int j = 0; j < N; j++) {
        if (labels[j] == label) {
          double[] y = RandomPoints.column(points, j);
          for (int i = 0; i < D; i++) {
            y[i] -= mean[i] / size;
          }
          sum = RandomPoints.plus(sum, 1, y);
        }
      }
      count += size;
    }
    Blas.scal(1.0 / count, sum.values());
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theScatterOfAnyBlocksIsThatOfPlainLoops(long seed) {
    RandomPoints random = new RandomPoints(seed);
    Matrix points = Blas.times(random.matrix(D, D), random.matrix(D, N));
    int[] labels = labels(random);
    Matrix expected = literal(points, labels);
    for (int size : new int[] {1, 7, 30, N}) {
      int blocks = (N + size - 1) / size;
      FixedTree<WithinScatter> tree = new FixedTree<>(blocks, WithinScatter::merge);
      for (int b = 0; b < blocks; b++) {
        int from = b * size;
        int to = Math.min(N, from + size);
        double[] values = Arrays.copyOfRange(points.values(), from * D, to * D);
        Matrix block = Matrix.of(D, to - from, values);
        tree.add(b, WithinScatter.of(block, Arrays.copyOfRange(labels, from, to)));
      }
      WithinScatter within = tree.result();
      assertThat(RandomPoints.error(within.covariance(), expected))
          .as("blocks of %d", size)
          .isLessThan(1e-13);
      assertThat(within.count()).isEqualTo(Arrays.stream(labels).filter(l -> l >= 0).count());
      assertThat(within.classes()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theMetricWhitensWhatVariesWithinClasses(long seed) {
    RandomPoints random = new RandomPoints(seed);
    Matrix points = Blas.times(random.matrix(D, D), random.matrix(D, N));
    int[] labels = labels(random);
    Metric metric = Rca.learn(points, labels);
    Matrix white = literal(metric.apply(points), labels);
    assertThat(RandomPoints.error(white, Matrix.identity(D))).isLessThan(1e-8);
  }

  @Test
  void aColumnThatVariesInNoClassIsRefused() {
    Matrix points = new RandomPoints(5).matrix(2, 300);
    int[] labels = new int[300];
    for (int j = 0; j < 300; j++) {
      labels[j] = j % 3;
      points.set(1, j, 0.1 * (1 + labels[j]));
    }
    assertThatThrownBy(() -> Rca.learn(points, labels))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("singular");
    points.set(1, 299, 0);
    assertThat(Rca.learn(points, labels).rank()).isEqualTo(2);
  }

  @Test
  void classesOfOneRowAndSingularScattersAreRefused() {
    RandomPoints random = new RandomPoints(4);
    assertThatThrownBy(() -> Rca.learn(random.matrix(2, 3), new int[] {0, 1, 2}))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("3 labelled rows in 3 classes");
    assertThatThrownBy(() -> Rca.learn(random.matrix(5, 4), new int[] {0, 0, 1, 1}))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("singular");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rca.learn(random.matrix(5, 4), new int[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WithinScatter(2).merge(new WithinScatter(3)));
  }
}
