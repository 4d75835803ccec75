package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossRegretTest {
  private static final double[] G = {1, 2};

  private final Schedule schedule =
      ScheduleSettings.of(ScheduleKind.RDBD, OptimizerKind.SGD)
          .withLossRegret(true)
          .create(Groups.model(2));
  private final double[] w = {3, 4};

  @ParameterizedTest
  @ValueSource(doubles = {1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void aStepThatRaisedItsLossIsTakenBack(double lossNow) {
    schedule.step(w, G, 1);
    assertThat(schedule.awaitsLoss()).isTrue();
    assertThat(schedule.keeps(w, lossNow)).isFalse();
    assertThat(w).isEqualTo(new double[] {3, 4});
    assertThat(schedule.awaitsLoss()).isFalse();
    assertThat(schedule.regrets()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, Double.MIN_VALUE})
  void aStepThatDidNotIsKept(double lossNow) {
    schedule.step(w, G, 1);
    double[] after = w.clone();
    assertThat(schedule.keeps(w, lossNow)).isTrue();
    assertThat(schedule.keeps(w, 9)).as("asked again").isTrue();
    assertThat(w).isEqualTo(after).isNotEqualTo(new double[] {3, 4});
    assertThat(schedule.regrets()).isZero();
  }

  @Test
  void anAdjustmentUpwardsGoesWithItAndTheRateFallsAndRests() {
    schedule.step(w, G, 1);
    assertThat(schedule.keeps(w, 1)).isTrue();
    schedule.step(w, G, 1);
    assertThat(schedule.learningRate()).isCloseTo(0.1 * Math.exp(0.02), within(1e-12));
    assertThat(schedule.keeps(w, 2)).isFalse();
    assertThat(schedule.pending()).isZero();
    schedule.step(w, G, 1);
    assertThat(schedule.cosine()).isCloseTo(1, within(1e-12));
    assertThat(schedule.learningRate()).isCloseTo(0.09, within(1e-15));
    assertThat(schedule.keeps(w, 1)).isTrue();
    schedule.step(w, G, 1);
    assertThat(schedule.learningRate()).isCloseTo(0.09 * Math.exp(0.02), within(1e-12));
  }

  @Test
  void anAdjustmentDownwardsStays() {
    schedule.step(w, G, 1);
    schedule.step(w, new double[] {-1, -2}, 1);
    assertThat(schedule.keeps(w, 2)).isFalse();
    schedule.step(w, G, 1);
    assertThat(schedule.learningRate()).isCloseTo(0.1 * Math.exp(-0.02) * 0.9, within(1e-12));
  }

  @Test
  void afterTwentyInARowTheNextIsKept() {
    for (int round = 1; round <= 3; round++) {
      for (int i = 0; i < RatedOptimizer.MOST_IN_A_ROW; i++) {
        schedule.step(w, G, 1);
        assertThat(schedule.keeps(w, 2)).isFalse();
      }
      schedule.step(w, G, 1);
      assertThat(schedule.keeps(w, 2)).isTrue();
      assertThat(schedule.regrets()).isEqualTo(20L * round);
    }
  }

  @Test
  void theLeastRateHolds() {
    Schedule clamped =
        ScheduleSettings.of(ScheduleKind.DBD, OptimizerKind.SGD)
            .withLossRegret(true)
            .withRates(0.08, 1)
            .create(Groups.model(2));
    for (int i = 0; i < 5; i++) {
      clamped.step(w, G, 1);
      assertThat(clamped.keeps(w, 2)).isFalse();
    }
    clamped.step(w, G, 1);
    assertThat(clamped.learningRate()).isEqualTo(0.08);
  }

  @Test
  void itIsForDeltaBarDelta() {
    RateRule constant = new Constant(Groups.model(2), 0.1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RatedOptimizer(new Sgd(2), constant, true));
  }
}
