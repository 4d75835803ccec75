package dev.kindling.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTest {
  private static final double RELATIVE = 1e-11;

  /** Made with mpmath, 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.001, 0.025227120630039611, 0.97477287936996039",
    "1, 3.841, 0.9499863162360433, 0.050013683763956705",
    "3, 0.5, 0.081108588345324141, 0.91889141165467586",
    "5, 60, 0.99999999998784543, 1.2154569777183039e-11",
    "0.3, 1e-9, 0.043146423765421464, 0.95685357623457854",
    "7.5, 20, 0.99234232593270109, 0.0076576740672989055",
    "60, 38.4, 0.013470085111240811, 0.98652991488875919",
    "135, 194.4, 0.99937847534621006, 0.0006215246537899423",
    "1719, 1392.39, 1.2873699159390176e-9, 0.99999999871263008",
    "1719, 2080, 0.99999999633376936, 3.6662306358894574e-9",
    "200000, 201000, 0.94289673002397129, 0.057103269976028711"
  })
  void bothTailsAreThoseOfTheTables(double degrees, double x, double cdf, double upper) {
    assertThat(ChiSquare.cdf(x, degrees)).isCloseTo(cdf, relative(cdf));
    assertThat(ChiSquare.upper(x, degrees)).isCloseTo(upper, relative(upper));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.95, 3.841458820694126",
    "2, 0.975, 7.3777589082278726",
    "10, 0.975, 20.483177350807397",
    "784, 0.975, 863.48721039398453",
    "784, 1e-12, 536.88283661426495",
    "50, 0.001, 24.673905271877262",
    "0.3, 0.01, 5.84836724040317e-14"
  })
  void quantilesAreThoseOfTheTables(double degrees, double p, double x) {
    assertThat(ChiSquare.quantile(p, degrees)).isCloseTo(x, relative(x));
  }

  @Test
  void evenDegreesGiveThePoissonSum() {
    for (int half = 1; half <= 40; half++) {
      for (double y : new double[] {1e-3, 0.7, half, 3.0 * half + 5}) {
        double term = Math.exp(-y);
        double sum = 0;
        for (int i = 0; i < half; i++) {
          sum += term;
          term *= y / (i + 1);
        }
        double upper = ChiSquare.upper(2 * y, 2 * half);
        assertThat(upper).as("%d, %s", 2 * half, y).isCloseTo(sum, relative(sum));
      }
    }
  }

  @Test
  void quantileInvertsTheDistribution() {
    SplittableRandom random = new SplittableRandom(71);
    for (int i = 0; i < 500; i++) {
      double degrees = Math.exp(random.nextDouble(-1.9, 9)); // below, quantiles underflow
      double p = i % 2 == 0 ? random.nextDouble() : Math.exp(random.nextDouble(-40, 0));
      double x = ChiSquare.quantile(p, degrees);
      if (p <= 0.5) {
        assertThat(ChiSquare.cdf(x, degrees)).as("%s, %s", degrees, p).isCloseTo(p, relative(p));
      } else {
        double q = 1 - p;
        assertThat(ChiSquare.upper(x, degrees)).as("%s, %s", degrees, p).isCloseTo(q, relative(q));
      }
    }
  }

  @Test
  void theTwoTailsMakeOne() {
    SplittableRandom random = new SplittableRandom(72);
    for (int i = 0; i < 500; i++) {
      double degrees = Math.exp(random.nextDouble(-3, 9));
      double x = degrees * random.nextDouble(0, 3);
      assertThat(ChiSquare.cdf(x, degrees) + ChiSquare.upper(x, degrees))
          .isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void theEndsAreExact() {
    for (double degrees : new double[] {0.1, 1, 2, 1000}) {
      assertThat(ChiSquare.cdf(0, degrees)).isZero();
      assertThat(ChiSquare.cdf(-1, degrees)).isZero();
      assertThat(ChiSquare.upper(-1, degrees)).isEqualTo(1);
      assertThat(ChiSquare.upper(Double.POSITIVE_INFINITY, degrees)).isZero();
      assertThat(ChiSquare.upper(Double.MAX_VALUE, degrees)).isZero();
      assertThat(ChiSquare.quantile(0, degrees)).isZero();
      assertThat(ChiSquare.quantile(1, degrees)).isInfinite();
    }
  }

  @Test
  void whatIsNoArgumentIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChiSquare.cdf(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ChiSquare.upper(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ChiSquare.quantile(1.5, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> ChiSquare.quantile(Double.NaN, 1));
  }

  private static Offset<Double> relative(double value) {
    return within(RELATIVE * Math.abs(value));
  }
}
