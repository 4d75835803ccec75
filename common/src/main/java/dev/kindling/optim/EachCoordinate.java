package dev.kindling.optim;

/**
 * What {@link RegrettableRates} does to a group, for as many groups as weights and for readings
 * that are numbers: without a branch, since signs of gradients are coins that no processor
 * foresees. Loops are such as the JIT makes vectors of.
 */
final class EachCoordinate {
  /** Up to here the series of {@link #grown} is as good as rounding. */
  static final double MOST_KAPPA = 0.25;

  private static final double HUGE = 1e308;

  private EachCoordinate() {}

  /**
   * next ← η·exp(κ·reading), for |κ·reading| ≤ {@link #MOST_KAPPA}, by the exponential's series.
   */
  static void grown(double[] eta, double[] readings, double kappa, double[] next) {
    for (int k = 0; k < next.length; k++) {
      double x = kappa * readings[k];
      double series = 1 + x * (1.0 / 11);
      series = 1 + x * (1.0 / 10) * series;
      series = 1 + x * (1.0 / 9) * series;
      series = 1 + x * (1.0 / 8) * series;
      series = 1 + x * (1.0 / 7) * series;
      series = 1 + x * (1.0 / 6) * series;
      series = 1 + x * (1.0 / 5) * series;
      series = 1 + x * (1.0 / 4) * series;
      series = 1 + x * (1.0 / 3) * series;
      series = 1 + x * (1.0 / 2) * series;
      next[k] = eta[k] * (1 + x * series);
    }
  }

  /** next ← η·up + more, η·down or η by the reading's sign. */
  static void bySign(
      double[] eta, double[] readings, double up, double more, double down, double[] next) {
    for (int k = 0; k < next.length; k++) {
      double sign = sign(readings[k]);
      double plus = Math.max(sign, 0);
      double minus = Math.max(-sign, 0);
      // One of three numbers times 1, plus the others times 0: exact.
      next[k] = plus * (eta[k] * up + more) + minus * (eta[k] * down) + (1 - plus - minus) * eta[k];
    }
  }

  /** next ← η + β·reading. */
  static void raw(double[] eta, double[] readings, double beta, double[] next) {
    for (int k = 0; k < next.length; k++) {
      next[k] = eta[k] + beta * readings[k];
    }
  }

  /**
   * η ← next within its range, and before ← η; where regretting is 1 and not 0 and the reading
   * contradicts η − before, η ← before.
   *
   * @param readings overwritten: 1 where that is so
   */
  static void settle(
      double[] eta,
      double[] before,
      double[] readings,
      double[] next,
      double regretting,
      double least,
      double most) {
    for (int k = 0; k < eta.length; k++) {
      double rate = eta[k];
      double old = before[k];
      double contradicts = regretting * Math.max(-(sign(rate - old) * sign(readings[k])), 0);
      double stays = 1 - contradicts;
      double clamped = Math.max(least, Math.min(most, next[k]));
      readings[k] = contradicts;
      eta[k] = stays * clamped + contradicts * old;
      before[k] = stays * rate + contradicts * old;
    }
  }

  /** −1, 0 or 1, of the smallest number, too. */
  private static double sign(double x) {
    return Math.max(-1, Math.min(1, x * HUGE * HUGE));
  }
}
