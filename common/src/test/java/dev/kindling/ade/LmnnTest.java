package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LmnnTest {
  /** The loss as the paper writes it, over all triples, divided by n. */
  private static double literal(Matrix l, Matrix points, int[] labels, int k, double mu) {
    int n = labels.length;
    Metric euclid = Metric.identity(points.rows());
    Metric metric = Metric.factor(l);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double[] x = RandomPoints.column(points, i);
      int own = i;
      List<Integer> targets =
          IntStream.range(0, n)
              .filter(j -> j != own && labels[j] == labels[own])
              .boxed()
              .sorted(
                  Comparator.comparingDouble(
                      j -> euclid.squared(x, RandomPoints.column(points, j))))
              .limit(k)
              .toList();
      for (int j : targets) {
        double near = metric.squared(x, RandomPoints.column(points, j));
        loss += (1 - mu) * near / n;
        for (int other = 0; other < n; other++) {
          if (labels[other] != labels[i]) {
            double far = metric.squared(x, RandomPoints.column(points, other));
            loss += mu * Math.max(0, 1 + near - far) / n;
          }
        }
      }
    }
    return loss;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void valueAndGradientAreThoseOfTheFormula(long seed) {
    RandomPoints random = new RandomPoints(seed);
    int d = 4;
    int n = seed == 4 ? Labelled.BLOCK + 13 : 30;
    double mu = 0.2 * seed;
    Matrix points = random.matrix(d, n);
    int[] labels = random.random().ints(n, 0, 3).toArray();
    labels[0] = 3; // a class of one: no targets
    Lmnn lmnn = new Lmnn(Labelled.of(points, labels), new Lmnn.Settings(3, mu, 1));
    Matrix l = random.matrix(d, d);
    Matrix gradient = Matrix.zeros(d, d);
    lmnn.refresh(l);
    double value = lmnn.loss(l, gradient);
    double expected = literal(l, points, labels, 3, mu);
    assertThat(value).isCloseTo(expected, within(1e-11 * expected));
    double step = 1e-7; // seldom over a kink
    for (int i = 0; i < d * d; i++) {
      Matrix up = l.copy();
      Matrix down = l.copy();
      up.values()[i] += step;
      down.values()[i] -= step;
      double difference = literal(up, points, labels, 3, mu) - literal(down, points, labels, 3, mu);
      assertThat(gradient.values()[i])
          .as("entry %d", i)
          .isCloseTo(difference / 2 / step, within(1e-5 * expected));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theLossNeverRisesAndIsThatOfTheMetric(long seed) {
    NoisyClasses set = new NoisyClasses(seed, 150);
    Lmnn lmnn = new Lmnn(Labelled.of(set.points, set.labels), Lmnn.Settings.DEFAULT);
    Lmnn.Fit fit = lmnn.fit();
    List<Double> losses = fit.losses();
    assertThat(losses.size()).isGreaterThan(3);
    for (int r = 1; r < losses.size(); r++) {
      assertThat(losses.get(r)).isLessThanOrEqualTo(losses.get(r - 1));
    }
    double last = losses.get(losses.size() - 1);
    assertThat(last).isLessThan(losses.get(0) / 2);
    assertThat(literal(fit.metric().factor(), set.points, set.labels, 3, 0.5))
        .isCloseTo(last, within(1e-9 * last));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void raisesTheAccuracyOfNeighboursAmongNoise(long seed) {
    NoisyClasses set = new NoisyClasses(seed, 180);
    NoisyClasses fresh = new NoisyClasses(seed + 100, 180);
    double before = set.accuracy(Metric.identity(NoisyClasses.D));
    double freshBefore = fresh.accuracy(Metric.identity(NoisyClasses.D));
    Metric metric = Lmnn.learn(set.points, set.labels, Lmnn.Settings.DEFAULT);
    assertThat(before).isLessThan(0.8);
    assertThat(set.accuracy(metric)).isGreaterThan(before + 0.15);
    assertThat(fresh.accuracy(metric))
        .as("points not learnt from")
        .isGreaterThan(freshBefore + 0.05);
  }

  @Test
  void theUnitOfTheDataDoesNotMatter() {
    NoisyClasses set = new NoisyClasses(4, 60);
    Metric metric = Lmnn.learn(set.points, set.labels, Lmnn.Settings.DEFAULT);
    Matrix scaled = set.points.copy();
    Blas.scal(1024, scaled.values()); // a power of two: the same bits all along
    Matrix factor = Lmnn.learn(scaled, set.labels, Lmnn.Settings.DEFAULT).factor();
    Blas.scal(1024, factor.values());
    assertThat(RandomPoints.error(factor, metric.factor())).isLessThan(1e-6);
  }

  @Test
  void duplicatesAreTakenAsTheyCome() {
    Matrix points = Matrix.zeros(2, 8);
    for (int j = 4; j < 8; j++) {
      points.set(0, j, 1);
    }
    Metric metric = Lmnn.learn(points, new int[] {0, 0, 0, 1, 1, 1, 0, 0}, Lmnn.Settings.DEFAULT);
    assertThat(metric.dimension()).isEqualTo(2);
    assertThat(metric.squared(new double[] {1, 0}, new double[2])).isFinite();
  }

  /** Of one, two and six rows, and more target neighbours than any of them has. */
  @Test
  void smallClassesHaveFewerTargets() {
    Matrix points = new RandomPoints(9).matrix(2, 9);
    int[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 2};
    Lmnn.Settings many = new Lmnn.Settings(20, 0.5, 20);
    Lmnn.Fit fit = new Lmnn(Labelled.of(points, labels), many).fit();
    List<Double> losses = fit.losses();
    Matrix factor = fit.metric().factor();
    assertThat(factor.values()).doesNotContain(Double.NaN);
    assertThat(losses.get(losses.size() - 1)).isLessThanOrEqualTo(losses.get(0));
    assertThat(literal(factor, points, labels, 20, 0.5))
        .isCloseTo(losses.get(losses.size() - 1), within(1e-9));
  }

  @Test
  void whatCannotBeLearntFromIsRefused() {
    Matrix points = new RandomPoints(6).matrix(3, 2);
    assertThatThrownBy(() -> Lmnn.learn(points, new int[] {0, 1}, Lmnn.Settings.DEFAULT))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("no class has two rows");
    assertThatThrownBy(() -> Lmnn.learn(points, new int[2], Lmnn.Settings.DEFAULT))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("1 classes");
    assertThatThrownBy(() -> new Lmnn.Settings(0, 0.5, 1)).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> new Lmnn.Settings(1, 1, 1)).isInstanceOf(BadInput.class);
  }
}
