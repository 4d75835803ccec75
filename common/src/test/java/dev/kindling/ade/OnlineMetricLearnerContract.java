package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.SymmetricEigen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every {@link OnlineMetricLearner}. */
abstract class OnlineMetricLearnerContract {
  static final int DIMENSION = 6;
  static final int CONSTRAINTS = 40;

  abstract OnlineMetricLearner create();

  /** A target as this learner takes them. */
  abstract double target(SplittableRandom random);

  /** By plain loops over A, what the learner makes of it and of its own state. */
  abstract LiteralLearner literal();

  /** A learner that keeps all of A. */
  interface LiteralLearner {
    Matrix learn(Matrix a, int constraint, double[] v, double target);
  }

  @Test
  void agreesWithTheFormulaOnTheWholeMatrix() {
    for (long seed = 1; seed <= 5; seed++) {
      Constraints constraints = new Constraints(seed);
      OnlineMetricLearner learner = create();
      LiteralLearner literal = literal();
      Metric metric = learner.start(DIMENSION);
      Matrix a = metric.matrix();
      for (int t = 0; t < 2 * CONSTRAINTS; t++) {
        a = literal.learn(a, t % CONSTRAINTS, constraints.v(t), constraints.target(t));
        metric = constraints.step(learner, metric, t);
        assertThat(RandomPoints.error(metric.matrix(), a))
            .as("seed %d, step %d", seed, t)
            .isLessThan(1e-8);
      }
    }
  }

  @Test
  void theMetricStaysPositiveSemidefinite() {
    Constraints constraints = new Constraints(11);
    OnlineMetricLearner learner = create();
    Metric metric = learner.start(DIMENSION);
    for (int t = 0; t < 300; t++) {
      metric = constraints.step(learner, metric, t);
      double[] values = SymmetricEigen.of(metric.matrix()).values();
      assertThat(values[0]).as("step %d", t).isGreaterThanOrEqualTo(-1e-14 * values[DIMENSION - 1]);
    }
    assertThat(metric.matrix()).isNotEqualTo(learner.start(DIMENSION).matrix());
  }

  @Test
  void theSameConstraintsMakeTheSameBits() {
    Metric[] metrics = new Metric[2];
    for (int run = 0; run < 2; run++) {
      Constraints constraints = new Constraints(12);
      OnlineMetricLearner learner = create();
      metrics[run] = learner.start(DIMENSION);
      for (int t = 0; t < 100; t++) {
        metrics[run] = constraints.step(learner, metrics[run], t);
      }
    }
    assertThat(metrics[0].factor()).isEqualTo(metrics[1].factor());
  }

  @Test
  void goesOnBitForBitFromASavedState() throws IOException {
    for (int n : new int[] {0, 1, 7, CONSTRAINTS + 3}) {
      Constraints constraints = new Constraints(13);
      OnlineMetricLearner whole = create();
      Metric metric = whole.start(DIMENSION);
      for (int t = 0; t < n; t++) {
        metric = constraints.step(whole, metric, t);
      }
      OnlineMetricLearner restored = create();
      constraints.step(restored, metric, 3); // whatever state it had
      read(restored, bytes(whole));
      Metric other = metric;
      for (int t = n; t < n + 60; t++) {
        metric = constraints.step(whole, metric, t);
        other = constraints.step(restored, other, t);
      }
      assertThat(other.factor()).as("after %d steps", n).isEqualTo(metric.factor());
      assertThat(bytes(restored)).isEqualTo(bytes(whole));
    }
  }

  @Test
  void damagedStatesAreRefusedOrAreOtherStates() throws IOException {
    Constraints constraints = new Constraints(14);
    OnlineMetricLearner learner = create();
    Metric metric = learner.start(DIMENSION);
    for (int t = 0; t < 9; t++) {
      metric = constraints.step(learner, metric, t);
    }
    byte[] saved = bytes(learner);
    for (int length = 0; length < saved.length; length++) {
      byte[] part = Arrays.copyOf(saved, length);
      assertThat(accepts(create(), part)).as("%d bytes", length).isFalse();
    }
    for (int at = 0; at < saved.length; at++) {
      byte[] damaged = saved.clone();
      damaged[at] ^= (byte) 0x81;
      OnlineMetricLearner other = create();
      if (accepts(other, damaged)) {
        assertThat(at).as("a byte of the tag").isGreaterThanOrEqualTo(4);
        assertThat(bytes(other)).as("byte %d", at).isEqualTo(damaged);
      }
    }
  }

  @Test
  void equalPointsChangeNoDistance() {
    OnlineMetricLearner learner = create();
    Metric metric = learner.start(DIMENSION);
    SplittableRandom random = new SplittableRandom(15);
    Optional<RankOne> change = learner.learn(metric, 0, new double[DIMENSION], target(random));
    assertThat(change).isEmpty();
  }

  @Test
  void whatIsNoTargetIsRefused() {
    OnlineMetricLearner learner = create();
    Metric metric = learner.start(DIMENSION);
    double[] v = new RandomPoints(16).vector(DIMENSION);
    for (double target : new double[] {Double.NaN, -2, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> learner.learn(metric, 7, v, target))
          .isInstanceOf(BadInput.class)
          .hasMessageStartingWith("constraint 7: ");
    }
  }

  /** Constraints that come again after {@link #CONSTRAINTS}; every fifth v is that before. */
  final class Constraints {
    private final double[][] v = new double[CONSTRAINTS][];
    private final double[] target = new double[CONSTRAINTS];

    Constraints(long seed) {
      RandomPoints points = new RandomPoints(seed);
      for (int i = 0; i < CONSTRAINTS; i++) {
        v[i] = i % 5 == 4 ? v[i - 1] : points.vector(DIMENSION);
        target[i] = OnlineMetricLearnerContract.this.target(points.random());
      }
    }

    double[] v(int t) {
      return v[t % CONSTRAINTS];
    }

    double target(int t) {
      return target[t % CONSTRAINTS];
    }

    Metric step(OnlineMetricLearner learner, Metric metric, int t) {
      return learner
          .learn(metric, t % CONSTRAINTS, v(t), target(t))
          .map(metric::plus)
          .orElse(metric);
    }
  }

  private static boolean accepts(OnlineMetricLearner learner, byte[] bytes) {
    try {
      read(learner, bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] bytes(OnlineMetricLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      learner.write(out);
    }
    return bytes.toByteArray();
  }

  private static void read(OnlineMetricLearner learner, byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      learner.read(in);
    }
  }
}
