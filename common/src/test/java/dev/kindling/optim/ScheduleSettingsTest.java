package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleSettingsTest {
  private static final ScheduleSettings RDBD =
      ScheduleSettings.of(ScheduleKind.RDBD, OptimizerKind.ADAM);
  private static final ScheduleSettings CONSTANT =
      ScheduleSettings.of(ScheduleKind.CONSTANT, OptimizerKind.SGD);
  private static final DbdSettings DBD = DbdSettings.DEFAULT;

  @Test
  void whatMakesNoSenseIsRefusedByItsName() {
    ScheduleSettings hd = ScheduleSettings.of(ScheduleKind.HD, OptimizerKind.SGD);
    ScheduleSettings cosine = ScheduleSettings.of(ScheduleKind.COSINE, OptimizerKind.SGD);
    Map<ScheduleSettings, String> bad =
        Map.ofEntries(
            Map.entry(
                ScheduleSettings.of(ScheduleKind.DOG, OptimizerKind.ADAM),
                "optimizer adam: schedule dog"),
            Map.entry(
                ScheduleSettings.of(ScheduleKind.PRODIGY, OptimizerKind.SGD),
                "optimizer sgd: schedule prodigy"),
            Map.entry(
                ScheduleSettings.of(ScheduleKind.SCHEDULE_FREE, OptimizerKind.ADAMW),
                "optimizer adamw: schedule schedule-free"),
            Map.entry(
                ScheduleSettings.of(ScheduleKind.MECHANIC, OptimizerKind.SGD).withRate(0.5),
                "stepSize 0.5: schedule mechanic"),
            Map.entry(RDBD.withDecay(0.1), "weightDecay 0.1: "),
            Map.entry(RDBD.withDecay(-1), "weightDecay -1.0: "),
            Map.entry(RDBD.withRate(-1), "stepSize -1.0: "),
            Map.entry(RDBD.withRate(0), "stepSize 0.0: "),
            Map.entry(RDBD.withRate(Double.POSITIVE_INFINITY), "stepSize Infinity: "),
            Map.entry(RDBD.withRate(2), "stepSize 2.0: must be between minStepSize"),
            Map.entry(RDBD.withRates(-1, 1), "minStepSize -1.0: "),
            Map.entry(RDBD.withRates(1e-3, 1e-4), "maxStepSize 1.0E-4: "),
            Map.entry(CONSTANT.withRates(1e-3, Double.NaN), "minStepSize 0.001: "),
            Map.entry(CONSTANT.withRates(Double.NaN, 1), "maxStepSize 1.0: "),
            Map.entry(CONSTANT.withLossRegret(true), "lossRegret true: "),
            Map.entry(hd.withLossRegret(true), "lossRegret true: "),
            Map.entry(CONSTANT.withDbd(DBD.withKappa(0.5)), "kappa 0.5: "),
            Map.entry(CONSTANT.withDbd(DBD.withTheta(0.5)), "theta 0.5: "),
            Map.entry(CONSTANT.withDbd(DBD.withPhi(0.5)), "phi 0.5: "),
            Map.entry(CONSTANT.withDbd(DBD.withSignal(Signal.SIGN)), "signal sign: "),
            Map.entry(hd.withDbd(DBD.withSignal(Signal.JACOBS)), "signal jacobs: "),
            Map.entry(hd.withDbd(DBD.withKappa(1)), "kappa 1.0: "),
            Map.entry(cosine, "schedule cosine: "),
            Map.entry(cosine.withSteps(10, 10), "schedule cosine: "),
            Map.entry(cosine.withSteps(-1, 10), "schedule cosine: "));
    bad.forEach(
        (settings, message) ->
            assertThatThrownBy(() -> settings.create(Groups.model(3)))
                .as("%s", settings)
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n"));
  }

  @Test
  void groupsAreForRulesThatAdjust() {
    for (ScheduleKind kind : ScheduleKind.values()) {
      ScheduleSettings settings = ScheduleSettings.of(kind, kind.optimizer()).withSteps(1, 9);
      if (kind.adjusts() || kind == ScheduleKind.HD) {
        RatedOptimizer schedule = (RatedOptimizer) settings.create(Groups.coordinates(3));
        assertThat(schedule.rule().rates()).hasSize(3);
      } else {
        assertThatThrownBy(() -> settings.create(Groups.coordinates(3)))
            .isInstanceOf(BadInput.class)
            .hasMessageStartingWith("group: ");
      }
      assertThat(kind.takes(kind.optimizer())).isTrue();
    }
  }

  @Test
  void stepsMayHappenElsewhereUnlessTheyMayBeTakenBack() {
    assertThat(RDBD.worksLocally()).isTrue();
    assertThat(RDBD.withLossRegret(true).worksLocally()).isFalse();
    assertThat(ScheduleSettings.of(ScheduleKind.DOG, OptimizerKind.SGD).worksLocally()).isFalse();
  }

  @Test
  void ratesAreTheOptimizersUnlessGiven() {
    for (OptimizerKind optimizer : OptimizerKind.values()) {
      ScheduleSettings settings = ScheduleSettings.of(ScheduleKind.RDBD, optimizer);
      RatedOptimizer schedule = (RatedOptimizer) settings.create(Groups.model(3));
      assertThat(schedule.rule().rates()).containsExactly(optimizer.defaultRate());
      assertThat(schedule.learningRate()).isEqualTo(optimizer.defaultRate());
      double most = optimizer.mostRate();
      settings.withRate(most).create(Groups.model(3));
      assertThatThrownBy(() -> settings.withRate(most * 1.001).create(Groups.model(3)))
          .isInstanceOf(BadInput.class);
    }
  }

  @Test
  void namesAreThoseOfTheOptions() {
    assertThat(List.of(ScheduleKind.values()))
        .map(ScheduleKind::toString)
        .containsExactly(
            "constant",
            "cosine",
            "dbd",
            "rdbd",
            "hd",
            "dog",
            "schedule-free",
            "mechanic",
            "prodigy");
    assertThat(List.of(Signal.values()))
        .map(Signal::toString)
        .containsExactly("cosine", "sign", "raw", "jacobs");
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    Map<String, Runnable> bad =
        Map.of(
            "theta 1.0", () -> DBD.withTheta(1),
            "theta NaN", () -> DBD.withTheta(Double.NaN),
            "phi -0.1", () -> DBD.withPhi(-0.1),
            "kappa -1.0", () -> DBD.withKappa(-1),
            "kappa Infinity", () -> DBD.withKappa(Double.POSITIVE_INFINITY),
            "beta NaN", () -> DBD.withBeta(Double.NaN),
            "lr-min 0.0", () -> DBD.withRates(0, 1),
            "lr-max 1.0", () -> DBD.withRates(1, 1));
    bad.forEach(
        (message, making) ->
            assertThatIllegalArgumentException()
                .isThrownBy(making::run)
                .withMessageStartingWith(message + ": "));
  }
}
