package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every peer against its formula, written down again, over random gradients. */
class ScheduleFormulaTest {
  private static final int SIZE = 11;
  private static final int STEPS = 150;
  private static final int SEEDS = 10;

  /** A formula: one step at gradient g. */
  @FunctionalInterface
  private interface Formula {
    /**
     * @param w modified
     * @return the rate
     */
    double step(int t, double[] w, double[] g);
  }

  @FunctionalInterface
  private interface FormulaFrom {
    Formula from(double[] start);
  }

  private static void agree(Schedule fresh, FormulaFrom formulas) {
    agreeWith(fresh, schedule -> formulas);
  }

  private static void agreeWith(Schedule fresh, Function<Schedule, FormulaFrom> formulas) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] w = random.doubles(SIZE, -1, 1).toArray();
      double[] expected = w.clone();
      Schedule schedule = fresh.copy();
      Formula formula = formulas.apply(schedule).from(w.clone());
      for (int t = 0; t < STEPS; t++) {
        double[] g = random.doubles(SIZE, -1, 1.5).toArray();
        schedule.step(w, g, 0);
        double rate = formula.step(t, expected, g);
        assertThat(schedule.learningRate())
            .as("rate, seed %d, step %d", seed, t)
            .isCloseTo(rate, within(1e-9 * Math.abs(rate)));
        for (int i = 0; i < SIZE; i++) {
          assertThat(w[i])
              .as("seed %d, step %d", seed, t)
              .isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
        }
      }
    }
  }

  private static Schedule create(ScheduleSettings settings) {
    return settings.create(Groups.model(SIZE));
  }

  @Test
  void dog() {
    agree(
        create(ScheduleSettings.of(ScheduleKind.DOG, OptimizerKind.SGD)),
        start -> {
          double[] state = {1e-6 * (1 + norm(start)), 0};
          return (t, w, g) -> {
            state[0] = Math.max(state[0], norm(minus(w, start)));
            state[1] += norm(g) * norm(g);
            double rate = state[0] / Math.sqrt(state[1] + 1e-8);
            for (int i = 0; i < SIZE; i++) {
              w[i] -= rate * g[i];
            }
            return rate;
          };
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"SGD", "ADAM"})
  void scheduleFree(OptimizerKind optimizer) {
    agreeWith(
        create(ScheduleSettings.of(ScheduleKind.SCHEDULE_FREE, optimizer).withRate(0.03)),
        schedule ->
            start -> {
              double[] z = start.clone();
              double[] sum = new double[SIZE];
              double[] v = new double[SIZE];
              return (t, y, g) -> {
                for (int i = 0; i < SIZE; i++) {
                  v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                  double scale = Math.sqrt(v[i] / (1 - Math.pow(0.999, t + 1))) + 1e-8;
                  z[i] -= 0.03 * g[i] / (optimizer == OptimizerKind.SGD ? 1 : scale);
                  sum[i] += z[i];
                  double x = sum[i] / (t + 1);
                  assertThat(schedule.weights(y)[i]).isCloseTo(x, within(1e-9));
                  y[i] = 0.1 * z[i] + 0.9 * x;
                }
                return 0.03;
              };
            });
  }

  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void mechanic(OptimizerKind kind) {
    agree(
        create(ScheduleSettings.of(ScheduleKind.MECHANIC, kind)),
        start -> {
          Optimizer optimizer = kind.create(SIZE, Double.NaN);
          double[] moved = new double[SIZE];
          double[] s = new double[7];
          double[] r = new double[7];
          double[] m = new double[7];
          double[] v = new double[7];
          return (t, w, g) -> {
            double h = dot(g, moved);
            double scale = 0;
            for (int i = 1; i <= 6; i++) {
              double beta = 1 - Math.pow(10, -i);
              double next = Math.max(beta * m[i], Math.abs(h) + 1e-8);
              v[i] = beta * beta * v[i] + h * h;
              r[i] = beta * r[i] + s[i] * Math.min(m[i], Math.max(-m[i], h));
              s[i] = (1e-6 / 6 * next + Math.max(0, r[i])) / (Math.sqrt(v[i]) + 1e-8);
              m[i] = next;
              scale += s[i];
            }
            double[] u = new double[SIZE];
            optimizer.direction(g, u);
            for (int i = 0; i < SIZE; i++) {
              moved[i] += u[i] + (kind == OptimizerKind.ADAMW ? 0.01 * w[i] : 0);
              w[i] = start[i] - scale * moved[i];
            }
            return scale;
          };
        });
  }

  @Test
  void prodigy() {
    agree(
        create(ScheduleSettings.of(ScheduleKind.PRODIGY, OptimizerKind.ADAM)),
        start -> {
          double[] m = new double[SIZE];
          double[] v = new double[SIZE];
          double[] s = new double[SIZE];
          double[] state = {1e-6, 0};
          double beta3 = Math.sqrt(0.999);
          return (t, w, g) -> {
            double d = state[0];
            state[1] = beta3 * state[1] + d / 1e-6 * d * dot(g, minus(start, w));
            double length = 0;
            for (int i = 0; i < SIZE; i++) {
              m[i] = 0.9 * m[i] + 0.1 * d * g[i];
              v[i] = 0.999 * v[i] + 0.001 * d * d * g[i] * g[i];
              s[i] = beta3 * s[i] + d / 1e-6 * d * g[i];
              length += Math.abs(s[i]);
            }
            d = Math.max(d, state[1] / length);
            state[0] = d;
            for (int i = 0; i < SIZE; i++) {
              w[i] -= d * m[i] / (Math.sqrt(v[i]) + d * 1e-8);
            }
            return d;
          };
        });
  }

  @Test
  void warmUpAndCosine() {
    Schedule schedule =
        create(
            ScheduleSettings.of(ScheduleKind.COSINE, OptimizerKind.SGD)
                .withRate(0.3)
                .withSteps(20, 120));
    agree(
        schedule,
        start ->
            (t, w, g) -> {
              double rate =
                  t < 20
                      ? 0.3 * (t + 1) / 20
                      : t < 120 ? 0.15 * (1 + Math.cos(Math.PI * (t - 20) / 100.0)) : 0;
              for (int i = 0; i < SIZE; i++) {
                w[i] -= rate * g[i];
              }
              return rate;
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"COSINE", "RAW"})
  void hypergradientDescent(Signal signal) {
    DbdSettings dbd = DbdSettings.DEFAULT.withSignal(signal).withKappa(0.05).withBeta(0.01);
    agree(
        create(ScheduleSettings.of(ScheduleKind.HD, OptimizerKind.SGD).withDbd(dbd)),
        start -> {
          double[] last = new double[SIZE];
          double[] rate = {0.1};
          return (t, w, g) -> {
            double product = dot(g, last);
            rate[0] =
                signal == Signal.RAW
                    ? rate[0] + 0.01 * product
                    : rate[0] * (1 + 0.05 * product / (norm(g) * norm(last) + 1e-30));
            for (int i = 0; i < SIZE; i++) {
              w[i] -= rate[0] * g[i];
              last[i] = g[i];
            }
            return rate[0];
          };
        });
  }

  @Test
  void theRateOfGroupsIsTheirGeometricMean() {
    ScheduleSettings settings =
        ScheduleSettings.of(ScheduleKind.RDBD, OptimizerKind.SGD)
            .withDbd(DbdSettings.DEFAULT.withKappa(0.1));
    RatedOptimizer schedule = (RatedOptimizer) settings.create(Groups.coordinates(3));
    for (double[] g : new double[][] {{1, 1, 1}, {1, -1, 1}}) {
      schedule.step(new double[3], g, 0);
    }
    assertThat(schedule.learningRate()).isCloseTo(0.1 * Math.exp(0.1 / 3), within(1e-12));
    assertThat(schedule.pending()).isCloseTo(0.1 / 3, within(1e-12));
  }

  private static double[] minus(double[] x, double[] y) {
    double[] difference = x.clone();
    for (int i = 0; i < x.length; i++) {
      difference[i] -= y[i];
    }
    return difference;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }
}
