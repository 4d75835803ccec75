package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kindling.sketch.ChiSquare;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSamplingTest {
  /** Pearson's statistic of 200,000 draws; a sound sampler fails in one of a million. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theLawIsExactWhateverTheEstimatesAre(int power) {
    double epsilon = 0.3;
    double[] exact = {1, 2, 0, 5, 0.2, 3, 3, 0.01};
    Random random = new Random(12);
    double[] estimates = new double[exact.length];
    for (int i = 0; i < exact.length; i++) {
      estimates[i] = exact[i] * (1 - epsilon + 2 * epsilon * random.nextDouble());
    }
    ExactSampling sampling = new ExactSampling(estimates, epsilon, power);
    int draws = 200_000;
    int[] seen = new int[exact.length];
    for (int t = 0; t < draws; t++) {
      seen[sampling.draw(i -> exact[i], random::nextDouble)]++;
    }
    double all = 0;
    for (double d : exact) {
      all += Math.pow(d, power);
    }
    double statistic = 0;
    for (int i = 0; i < exact.length; i++) {
      double expected = draws * Math.pow(exact[i], power) / all;
      if (expected == 0) {
        assertThat(seen[i]).isZero();
      } else {
        statistic += (seen[i] - expected) * (seen[i] - expected) / expected;
      }
    }
    assertThat(ChiSquare.upper(statistic, exact.length - 2)).isGreaterThan(1e-6);
  }

  @Test
  void refusesWhatCannotHaveALaw() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExactSampling(new double[] {0, 0}, 0.1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExactSampling(new double[] {1, Double.NaN}, 0.1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExactSampling(new double[] {1}, 1, 1));
    ExactSampling sampling = new ExactSampling(new double[] {1}, 0.1, 1);
    assertThatIllegalStateException().isThrownBy(() -> sampling.draw(i -> 2, () -> 0.5));
  }
}
