package dev.kindling.sketch;

/**
 * How often a Gaussian sketch is wrong: |Πv|²/|v|² is χ²_m/m for any fixed v, so that the length is
 * off by more than a share ε with the probability F_m(m(1−ε)²) + 1 − F_m(m(1+ε)²), exactly.
 */
public final class ChiSquareLaw {
  private static final int MOST_ROWS = 1 << 24;

  private ChiSquareLaw() {}

  /**
   * The probability that |Πv| is not within |v|·(1 ± ε).
   *
   * @param rows m
   * @param epsilon ε in (0, 1)
   */
  public static double failure(int rows, double epsilon) {
    double low = 1 - epsilon;
    double high = 1 + epsilon;
    return ChiSquare.cdf(rows * low * low, rows) + ChiSquare.upper(rows * high * high, rows);
  }

  /**
   * The probability that |Πv|/|v| lies between two numbers.
   *
   * @param rows m
   * @param low at least 0
   * @param high at least {@code low}
   */
  public static double between(int rows, double low, double high) {
    return ChiSquare.cdf(rows * high * high, rows) - ChiSquare.cdf(rows * low * low, rows);
  }

  /**
   * The least m whose failure is at most δ.
   *
   * @param delta δ in (0, 1): of one pair, or δ/n for all of n
   * @throws IllegalArgumentException if ε or δ is not in (0, 1), or no m up to 2^24 will do
   */
  public static int rows(double epsilon, double delta) {
    if (!(epsilon > 0 && epsilon < 1 && delta > 0 && delta < 1)) {
      throw new IllegalArgumentException(
          "ε " + epsilon + " and δ " + delta + ": must be above 0 and below 1");
    }
    int most = 1;
    while (failure(most, epsilon) > delta) {
      most *= 2;
      if (most > MOST_ROWS) {
        throw new IllegalArgumentException(
            "ε " + epsilon + " and δ " + delta + " take more than " + MOST_ROWS + " rows");
      }
    }
    int least = most / 2;
    while (most - least > 1) {
      int middle = (least + most) >>> 1;
      if (failure(middle, epsilon) > delta) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return most;
  }
}
