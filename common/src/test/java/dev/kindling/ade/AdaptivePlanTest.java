package dev.kindling.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.sketch.ChiSquareLaw;
import org.junit.jupiter.api.Test;

class AdaptivePlanTest {
  @Test
  void drawsAreTheDesignsFigures() {
    assertThat(AdaptivePlan.draws(1e-3)).isEqualTo(9);
    assertThat(AdaptivePlan.draws(1e-3 / 2e5)).isEqualTo(33);
    assertThat(AdaptivePlan.draws(0.2)).isEqualTo(1);
  }

  /** P[Bin(r, p) ≥ r/2] by adding up all 2^r outcomes. */
  @Test
  void drawsAreTheLeastThatDo() {
    for (double delta : new double[] {0.05, 1e-2, 2e-3, 1e-4}) {
      int draws = AdaptivePlan.draws(delta);
      assertThat(literalTail(draws)).isLessThanOrEqualTo(delta);
      assertThat(draws == 1 || literalTail(draws - 2) > delta).isTrue();
    }
  }

  private static double literalTail(int r) {
    double sum = 0;
    for (int outcome = 0; outcome < 1 << r; outcome++) {
      int bad = Integer.bitCount(outcome);
      if (2 * bad >= r) {
        sum += Math.pow(0.1, bad) * Math.pow(0.9, r - bad);
      }
    }
    return sum;
  }

  @Test
  void theMedianOfDrawsGoesWithTheMajority() {
    for (double p : new double[] {0, 1e-9, 0.1, 0.5, 0.7, 1}) {
      assertThat(AdaptivePlan.majority(1, p)).isCloseTo(p, within(1e-15));
      assertThat(AdaptivePlan.majority(3, p)).isCloseTo(p * p * (3 - 2 * p), within(1e-15));
      double both = AdaptivePlan.majority(999, p) + AdaptivePlan.majority(999, 1 - p);
      assertThat(both).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void practicalForGivenRowsHasRowsEnough() {
    AdaptivePlan own = AdaptivePlan.practical(256, 0.2, 1e-3, 1000);
    assertThat(AdaptivePlan.practical(256, 0.2, own.rows(), own.draws())).isEqualTo(own);
    for (int rows : new int[] {1, 34, 135, 100_000}) {
      AdaptivePlan plan = AdaptivePlan.practical(256, 0.2, rows, 5);
      assertThat(plan.numbersPerPoint()).isGreaterThanOrEqualTo(12_800);
      assertThat(plan.sketches()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void provedHoldsItsInequality() {
    for (int k : new int[] {1, 8, 16}) {
      for (double epsilon : new double[] {0.2, 0.5}) {
        AdaptivePlan plan = AdaptivePlan.proved(k, epsilon, 1e-3, 1000);
        double p = ChiSquareLaw.failure(plan.rows(), epsilon / 2);
        double divergence = 0.1 * Math.log(0.1 / p) + 0.9 * Math.log(0.9 / (1 - p));
        double norm = 1 + (Math.sqrt(k) + Math.sqrt(2 * Math.log(4000))) / Math.sqrt(plan.rows());
        assertThat(plan.sketches() * divergence)
            .isGreaterThan(k * Math.log(1 + 4 * norm / epsilon) + Math.log(2000));
        assertThat(plan.isProved()).isTrue();
        assertThat(plan.sketches()).isGreaterThanOrEqualTo(plan.draws());
      }
    }
  }

  /**
   * "At ε = .2, k = 784 the memory-optimal choice still stores about 3 million numbers a point."
   */
  @Test
  void provedIsOutOfReachForManyDimensions() {
    assertThat(AdaptivePlan.proved(784, 0.2, 1e-3, 200_000).numbersPerPoint())
        .isBetween(2_000_000L, 5_000_000L);
  }

  @Test
  void practicalIsFiftyTimesTheExactMatrixAtAFifth() {
    AdaptivePlan plan = AdaptivePlan.practical(784, 0.2, 1e-3, 60_000);
    assertThat(plan.numbersPerPoint()).isBetween(50L * 784, 52L * 784);
    assertThat(plan.isProved()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdaptivePlan.practical(784, 1, 1e-3, 60_000));
    assertThatIllegalArgumentException().isThrownBy(() -> new AdaptivePlan(3, 5, 4, false));
  }
}
