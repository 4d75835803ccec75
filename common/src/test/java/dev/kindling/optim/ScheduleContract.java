package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Schedule}. */
abstract class ScheduleContract extends StatefulContract<Schedule> {
  @Override
  double[] advance(Schedule subject, double[] w, double[] g) {
    boolean kept = true;
    if (subject.awaitsLoss()) {
      kept = subject.keeps(w, loss(w));
    }
    subject.step(w, g, loss(w));
    if (Double.doubleToLongBits(w[0]) % 3 == 0) {
      subject.plateau();
    }
    double[] seen = Arrays.copyOf(w, 2 * w.length + 5);
    System.arraycopy(subject.weights(w), 0, seen, w.length, w.length);
    seen[2 * w.length] = subject.learningRate();
    seen[2 * w.length + 1] = subject.cosine();
    seen[2 * w.length + 2] = subject.pending();
    seen[2 * w.length + 3] = subject.regrets();
    seen[2 * w.length + 4] = kept ? 1 : 0;
    return seen;
  }

  private static double loss(double[] w) {
    return Arrays.stream(w).map(x -> x * x).sum();
  }

  @Test
  void figuresAreInRange() {
    Schedule schedule = create(SIZE);
    double[] w = {1, 2, 3, 4, 5, 6, 7};
    double[] g = {1, -1, 2, -2, 3, -3, 4};
    assertThat(schedule.weights(w)).isEqualTo(w);
    assertThat(schedule.awaitsLoss()).isFalse();
    assertThat(schedule.cosine()).isNaN();
    assertThat(schedule.pending()).isZero();
    assertThat(schedule.regrets()).isZero();
    for (int t = 0; t < 5; t++) {
      schedule.step(w, g, 1);
      assertThat(schedule.learningRate()).isPositive().isFinite();
      assertThat(schedule.awaitsLoss()).isEqualTo(schedule.comparesLosses());
      if (t > 0 && !Double.isNaN(schedule.cosine())) {
        assertThat(schedule.cosine()).isBetween(-1 - 1e-12, 1 + 1e-12);
      }
    }
    assertThat(w).doesNotContain(Double.NaN);
  }

  @Test
  void aStepChangesTheWeights() {
    Schedule schedule = create(SIZE);
    double[] w = new double[SIZE];
    double[] g = {1, -1, 2, -2, 3, -3, 4};
    schedule.step(w, g, 1);
    for (int i = 0; i < SIZE; i++) {
      assertThat(Math.signum(w[i])).isEqualTo(-Math.signum(g[i]));
    }
  }

  @Test
  void withoutAStepNothingIsTakenBack() {
    double[] w = {1, 2, 3, 4, 5, 6, 7};
    assertThat(create(SIZE).keeps(w, Double.NaN)).isTrue();
    assertThat(w).isEqualTo(new double[] {1, 2, 3, 4, 5, 6, 7});
  }
}
