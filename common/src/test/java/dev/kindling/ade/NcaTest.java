package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NcaTest {
  /** −Σpᵢ/n as the paper writes it. */
  private static double literal(Matrix u, Matrix points, int[] labels) {
    int n = labels.length;
    Metric metric = Metric.factor(u);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double all = 0;
      double same = 0;
      for (int j = 0; j < n; j++) {
        if (j != i) {
          double[] x = RandomPoints.column(points, i);
          double e = Math.exp(-metric.squared(x, RandomPoints.column(points, j)));
          all += e;
          same += labels[j] == labels[i] ? e : 0;
        }
      }
      loss -= same / all / n;
    }
    return loss;
  }

  /** More points than a block holds for the last seed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void valueAndGradientAreThoseOfTheFormula(long seed) {
    RandomPoints random = new RandomPoints(seed);
    int d = 4;
    int k = seed % 2 == 0 ? 4 : 2;
    int n = seed == 4 ? Labelled.BLOCK + 13 : 30;
    Matrix points = random.matrix(d, n);
    int[] labels = random.random().ints(n, 0, 3).toArray();
    Nca nca = new Nca(Labelled.of(points, labels), k);
    double[] u = random.vector(k * d);
    double[] gradient = new double[k * d];
    double value = nca.evaluate(u, gradient);
    assertThat(value).isCloseTo(literal(Matrix.of(k, d, u), points, labels), within(1e-12));
    double step = 1e-5;
    for (int i = 0; i < u.length; i++) {
      double[] up = u.clone();
      double[] down = u.clone();
      up[i] += step;
      down[i] -= step;
      double difference =
          literal(Matrix.of(k, d, up), points, labels)
              - literal(Matrix.of(k, d, down), points, labels);
      assertThat(gradient[i]).as("entry %d", i).isCloseTo(difference / 2 / step, within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void raisesTheAccuracyOfNeighboursAmongNoise(long seed) {
    NoisyClasses set = new NoisyClasses(seed, 180);
    NoisyClasses fresh = new NoisyClasses(seed + 100, 180);
    double before = set.accuracy(Metric.identity(NoisyClasses.D));
    double freshBefore = fresh.accuracy(Metric.identity(NoisyClasses.D));
    Metric whole = Nca.learn(set.points, set.labels, NoisyClasses.D, 60);
    Metric flat = Nca.learn(set.points, set.labels, 3, 60);
    assertThat(before).isLessThan(0.8);
    assertThat(set.accuracy(whole)).isGreaterThan(before + 0.15);
    assertThat(fresh.accuracy(whole))
        .as("points not learnt from")
        .isGreaterThan(freshBefore + 0.05);
    assertThat(set.accuracy(flat)).isGreaterThan(before + 0.15);
    assertThat(flat.rank()).isEqualTo(3);
  }

  @Test
  void pointsOfNoClassDoNotCount() {
    NoisyClasses set = new NoisyClasses(4, 60);
    Matrix more = Matrix.zeros(NoisyClasses.D, 61);
    System.arraycopy(set.points.values(), 0, more.values(), 0, set.points.values().length);
    int[] labels = Arrays.copyOf(set.labels, 61);
    labels[60] = -1;
    assertThat(Nca.learn(more, labels, 4, 5).factor())
        .isEqualTo(Nca.learn(set.points, set.labels, 4, 5).factor());
  }

  @Test
  void aTranslationAndFarClassesAreNoTrouble() {
    RandomPoints random = new RandomPoints(5);
    Matrix points = random.matrix(2, 40);
    int[] labels = new int[40];
    for (int j = 20; j < 40; j++) {
      labels[j] = 1;
      points.set(0, j, points.get(0, j) + 1e5);
    }
    for (int k = 0; k < 80; k++) {
      points.values()[k] += 1e6;
    }
    Metric metric = Nca.learn(points, labels, 2, 20);
    assertThat(metric.rank()).isPositive();
  }

  /** One near the others and one far away. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRowThatIsAClassOfItsOwnIsNoTrouble(int rank) {
    Matrix points = new RandomPoints(7).matrix(3, 32);
    points.set(0, 31, 1e4);
    int[] labels = new int[32];
    for (int j = 0; j < 32; j++) {
      labels[j] = j < 30 ? j % 2 : j;
      points.set(1, j, points.get(1, j) + 5 * (j % 2));
    }
    Metric metric = Nca.learn(points, labels, rank, 30);
    assertThat(metric.factor().values()).isNotEmpty().doesNotContain(Double.NaN);
    assertThat(metric.rank()).isPositive();
    double[] gradient = new double[rank * 3];
    Nca nca = new Nca(Labelled.of(points, labels), rank);
    double[] u = metric.factor().values();
    assertThat(nca.evaluate(u, gradient))
        .isLessThanOrEqualTo(nca.evaluate(nca.start().values(), gradient));
  }

  @Test
  void rowsThatAreAllClassesOfTheirOwnAreRefused() {
    Matrix points = new RandomPoints(8).matrix(2, 3);
    for (int rank : new int[] {1, 2}) {
      assertThatThrownBy(() -> Nca.learn(points, new int[] {4, 1, 2}, rank, 5))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("nca: no class has two rows, each of the 3 rows is a class");
    }
  }

  @Test
  void whatCannotBeLearntFromIsRefused() {
    Matrix points = new RandomPoints(6).matrix(3, 4);
    assertThatThrownBy(() -> Nca.learn(points, new int[4], 3, 5))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("1 classes");
    assertThatThrownBy(() -> Nca.learn(points, new int[] {0, 1, 0, 1}, 4, 5))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("rank 4; 1 to 3");
    assertThatThrownBy(() -> Nca.learn(Matrix.zeros(2, 3), new int[] {0, 1, 0}, 2, 5))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("equal");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Nca.learn(points, new int[] {0, 1}, 3, 5));
    points.set(1, 2, Double.NaN);
    assertThatThrownBy(() -> Nca.learn(points, new int[] {0, 1, 0, 1}, 3, 5))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("row 2, column 1 is NaN");
  }
}
