package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schedule that can be made, by the contract. */
@ParameterizedClass
@MethodSource("cases")
class ScheduleKindTest extends ScheduleContract {
  private final Case subject;

  ScheduleKindTest(Case subject) {
    this.subject = subject;
  }

  record Case(String name, ScheduleSettings settings, IntFunction<Groups> groups) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (ScheduleKind kind : ScheduleKind.values()) {
      for (OptimizerKind optimizer : OptimizerKind.values()) {
        if (kind.takes(optimizer)) {
          ScheduleSettings settings = ScheduleSettings.of(kind, optimizer).withSteps(4, 20);
          cases.add(new Case(kind + " " + optimizer, settings, Groups::model));
        }
      }
    }
    for (ScheduleKind kind : List.of(ScheduleKind.DBD, ScheduleKind.RDBD)) {
      for (Signal signal : Signal.values()) {
        DbdSettings dbd = DbdSettings.DEFAULT.withSignal(signal).withTheta(0.8);
        ScheduleSettings settings = ScheduleSettings.of(kind, OptimizerKind.SGD).withDbd(dbd);
        String name = kind + " " + signal;
        cases.add(new Case(name, settings, Groups::model));
        cases.add(new Case(name + " layers", settings, ScheduleKindTest::layers));
        cases.add(new Case(name + " coordinates", settings, Groups::coordinates));
        cases.add(
            new Case(name + " delayed", settings.withDbd(dbd.withDelayed(true)), Groups::model));
        cases.add(new Case(name + " loss", settings.withLossRegret(true), Groups::model));
        cases.add(
            new Case(
                name + " loss layers", settings.withLossRegret(true), ScheduleKindTest::layers));
      }
    }
    ScheduleSettings hd = ScheduleSettings.of(ScheduleKind.HD, OptimizerKind.ADAM);
    DbdSettings raw = DbdSettings.DEFAULT.withSignal(Signal.RAW);
    cases.add(new Case("hd layers", hd, ScheduleKindTest::layers));
    cases.add(new Case("hd coordinates", hd, Groups::coordinates));
    cases.add(new Case("hd raw", hd.withDbd(raw.withBeta(1e-6)), Groups::model));
    return cases;
  }

  private static Groups layers(int size) {
    return Groups.of(new int[] {0, 3, 4, size});
  }

  @Override
  Schedule create(int size) {
    return subject.settings.create(subject.groups.apply(size));
  }

  @Test
  void whatWorksLocallyIsAnOptimizerAndARule() {
    assertThat(subject.settings.worksLocally())
        .isEqualTo(create(SIZE) instanceof RatedOptimizer && !create(SIZE).comparesLosses());
  }

  @Test
  void stepsTakenElsewhereCountAsOnesOwn() {
    if (!subject.settings.worksLocally()) {
      return;
    }
    RatedOptimizer near = (RatedOptimizer) create(SIZE);
    RatedOptimizer far = (RatedOptimizer) create(SIZE);
    double[] w = new double[SIZE];
    double[] u = new double[SIZE];
    for (int t = 0; t < 8; t++) {
      double[] g = {1, -t, 2, t % 2, 3, -3, 4 - t};
      double[] ahead = far.rule().rates().clone();
      near.step(w, g, 0);
      far.optimizer().direction(g, u);
      far.tookElsewhere(g, u);
      assertThat(far.learningRate()).isEqualTo(Sums.geometricMean(ahead));
      assertThat(far.rule().rates()).isEqualTo(near.rule().rates());
    }
  }
}
