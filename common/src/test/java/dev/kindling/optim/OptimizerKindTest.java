package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every optimizer by its contract and by its formula, one weight at a time. */
@ParameterizedClass
@EnumSource(OptimizerKind.class)
class OptimizerKindTest extends OptimizerContract {
  private static final int STEPS = 60;

  private final OptimizerKind kind;

  OptimizerKindTest(OptimizerKind kind) {
    this.kind = kind;
  }

  @Override
  Optimizer create(int size) {
    return kind.create(size, Double.NaN);
  }

  @Test
  void agreesWithItsFormula() {
    for (long seed = 1; seed <= 20; seed++) {
      double[][] g = new double[STEPS][];
      SplittableRandom random = new SplittableRandom(seed);
      for (int t = 0; t < STEPS; t++) {
        g[t] = random.doubles(SIZE, -1, 2).toArray();
      }
      Optimizer optimizer = create(SIZE);
      double[] u = new double[SIZE];
      for (int t = 0; t < STEPS; t++) {
        optimizer.direction(g[t], u);
        for (int i = 0; i < SIZE; i++) {
          assertThat(u[i]).as("seed %d step %d", seed, t).isCloseTo(formula(g, t, i), within(1e-9));
        }
      }
    }
  }

  /** u of weight i at step t, from all gradients so far. */
  private double formula(double[][] g, int t, int i) {
    double m = 0;
    double squares = 0;
    double first = 0;
    double second = 0;
    for (int k = 0; k <= t; k++) {
      m += Math.pow(0.9, t - k) * g[k][i];
      squares += g[k][i] * g[k][i];
      first += 0.1 * Math.pow(0.9, t - k) * g[k][i];
      second += 0.001 * Math.pow(0.999, t - k) * g[k][i] * g[k][i];
    }
    return switch (kind) {
      case SGD -> g[t][i];
      case MOMENTUM -> m;
      case NESTEROV -> g[t][i] + 0.9 * m;
      case ADAGRAD -> g[t][i] / (Math.sqrt(squares) + 1e-10);
      case ADAM, ADAMW ->
          first
              / (1 - Math.pow(0.9, t + 1))
              / (Math.sqrt(second / (1 - Math.pow(0.999, t + 1))) + 1e-8);
    };
  }

  @Test
  void onlyAdamWDecays() {
    assertThat(create(3).decay()).isEqualTo(kind == OptimizerKind.ADAMW ? 0.01 : 0);
    assertThat(kind.create(3, 0).decay()).isZero();
    if (kind == OptimizerKind.ADAMW) {
      assertThat(kind.create(3, 0.5).copy().decay()).isEqualTo(0.5);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kind.create(3, 0.5))
          .withMessageContaining("weight-decay 0.5");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.create(3, -0.1))
        .withMessageContaining("-0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kind.create(0, 0))
        .withMessageContaining("size 0");
  }

  @Test
  void ratesLieBelowTheirGreatest() {
    assertThat(kind.defaultRate()).isPositive().isLessThan(kind.mostRate());
    assertThat(kind.toString()).isEqualTo(kind.name().toLowerCase(java.util.Locale.ROOT));
  }
}
