package dev.kindling.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
  /** Ends are the shares p at which the score test just does not refuse: |s − p| = z√(p(1−p)/n). */
  @ParameterizedTest
  @CsvSource({"0.3, 50", "0.985, 360", "0.01, 1000", "0.5, 1"})
  void endsSolveTheScoreEquation(double share, long rows) {
    Proportion.Interval interval = Proportion.wilson(share, rows);
    for (double p : new double[] {interval.low(), interval.high()}) {
      double z = Math.abs(share - p) / Math.sqrt(p * (1 - p) / rows);
      assertThat(z).isEqualTo(1.959963984540054, within(1e-9));
    }
  }

  @Test
  void staysWithinBoundsAtTheEnds() {
    assertThat(Proportion.wilson(1, 10).high()).isEqualTo(1, within(1e-15));
    assertThat(Proportion.wilson(1, 10).low()).isBetween(0.7, 0.75);
    assertThat(Proportion.wilson(0, 10).low()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> Proportion.wilson(0, 0));
  }

  /** 95 % of the intervals hold the truth: of 4,000 draws, 93.5 to 97 % (beyond 4 deviations). */
  @Test
  void holdsTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int holds = 0;
    for (int draw = 0; draw < 4000; draw++) {
      int right = 0;
      for (int i = 0; i < 200; i++) {
        right += random.nextDouble() < 0.9 ? 1 : 0;
      }
      Proportion.Interval interval = Proportion.wilson(right / 200.0, 200);
      holds += interval.low() <= 0.9 && 0.9 <= interval.high() ? 1 : 0;
    }
    assertThat(holds / 4000.0).isBetween(0.935, 0.97);
  }
}
