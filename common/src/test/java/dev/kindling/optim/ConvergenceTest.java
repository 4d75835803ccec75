package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the schedules make of the logistic problem. */
class ConvergenceTest {
  private static final int BATCH = 50;
  private static final int STEPS = 1500;

  static List<ScheduleSettings> all() {
    List<ScheduleSettings> all = new ArrayList<>();
    for (ScheduleKind kind : ScheduleKind.values()) {
      for (OptimizerKind optimizer : OptimizerKind.values()) {
        if (kind.takes(optimizer)) {
          all.add(ScheduleSettings.of(kind, optimizer).withSteps(100, STEPS));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyScheduleLowersTheLossByAQuarterFromItsDefaultRate(ScheduleSettings settings) {
    for (long seed = 1; seed <= 3; seed++) {
      LogisticProblem problem = new LogisticProblem(seed);
      Schedule schedule = settings.create(Groups.model(LogisticProblem.SIZE));
      double[] w = new double[LogisticProblem.SIZE];
      double[] g = new double[LogisticProblem.SIZE];
      RandomGenerator random = new SplittableRandom(seed);
      double start = problem.loss(w, 0, LogisticProblem.ROWS);
      for (int t = 0; t < STEPS; t++) {
        int from = random.nextInt(LogisticProblem.ROWS / BATCH) * BATCH;
        double loss = problem.gradient(w, from, BATCH, g);
        schedule.step(w, g, loss);
      }
      assertThat(problem.loss(schedule.weights(w), 0, LogisticProblem.ROWS))
          .as("seed %d", seed)
          .isLessThan(start * 3 / 4);
    }
  }

  /**
   * Property 4. Of 100 other seeds the raw one left the positive rates in all, so the chance that a
   * seed does not is below 3 % with 95 % confidence; those here are fixed.
   */
  @Test
  void rawDeltaBarDeltaLeavesThePositiveRatesAndClampedRdbdDoesNot() {
    for (long seed = 1; seed <= 30; seed++) {
      LogisticProblem problem = new LogisticProblem(seed);
      DbdSettings raw = DbdSettings.DEFAULT.withSignal(Signal.RAW).withBeta(RAW_BETA);
      Groups model = Groups.model(LogisticProblem.SIZE);
      RateRule free = new DeltaBarDelta(model, 0.1, raw.unclamped(), false);
      assertThat(least(problem, free, seed)).as("seed %d", seed).isNotPositive();

      for (Signal signal : Signal.values()) {
        RateRule clamped = new DeltaBarDelta(model, 0.1, raw.withSignal(signal), true);
        assertThat(least(problem, clamped, seed)).as("seed %d", seed).isPositive();
      }
    }
  }

  private static final double RAW_BETA = 0.1;

  /** The least rate of 1,000 steps on batches of 2; −1 if one is not a number. */
  private static double least(LogisticProblem problem, RateRule rule, long seed) {
    Schedule sgd = new RatedOptimizer(new Sgd(LogisticProblem.SIZE), rule, false);
    double[] w = new double[LogisticProblem.SIZE];
    double[] g = new double[LogisticProblem.SIZE];
    RandomGenerator random = new SplittableRandom(seed);
    double least = Double.POSITIVE_INFINITY;
    for (int t = 0; t < 1000; t++) {
      double loss = problem.gradient(w, random.nextInt(LogisticProblem.ROWS - 2), 2, g);
      sgd.step(w, g, loss);
      double rate = sgd.learningRate();
      least = Double.isNaN(rate) ? -1 : Math.min(least, rate);
    }
    return least;
  }

  /** Property 5. Holds by construction as long as no twenty steps in a row are taken back. */
  @Test
  void withLossRegretOnTheFullBatchAcceptedLossesNeverRise() {
    for (long seed = 1; seed <= 5; seed++) {
      LogisticProblem problem = new LogisticProblem(seed);
      for (double start : new double[] {1e-3, 0.1, 1, 10}) {
        for (ScheduleKind kind : List.of(ScheduleKind.DBD, ScheduleKind.RDBD)) {
          ScheduleSettings settings =
              ScheduleSettings.of(kind, OptimizerKind.SGD).withRate(start).withLossRegret(true);
          descend(problem, settings.withDbd(DbdSettings.DEFAULT.withTheta(0.7)), seed);
        }
      }
    }
  }

  private static void descend(LogisticProblem problem, ScheduleSettings settings, long seed) {
    Schedule schedule = settings.create(Groups.model(LogisticProblem.SIZE));
    double[] w = new double[LogisticProblem.SIZE];
    double[] g = new double[LogisticProblem.SIZE];
    double first = problem.loss(w, 0, LogisticProblem.ROWS);
    double accepted = first;
    int backs = 0;
    for (int t = 0; t < 150; t++) {
      double loss = problem.gradient(w, 0, LogisticProblem.ROWS, g);
      if (schedule.awaitsLoss()) {
        if (!schedule.keeps(w, loss)) {
          backs++;
          assertThat(problem.gradient(w, 0, LogisticProblem.ROWS, g)).isEqualTo(accepted);
          loss = accepted;
        }
        assertThat(loss)
            .as("%s, seed %d, step %d", settings, seed, t)
            .isLessThanOrEqualTo(accepted);
      }
      accepted = loss;
      schedule.step(w, g, loss);
    }
    assertThat(accepted).isLessThan(first);
    if (settings.rate() == 10) {
      assertThat(backs).isPositive();
    }
  }
}
