package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * η of each group, what it was before the adjustment that is not yet confirmed, and the greatest
 * that it has been.
 *
 * <p>They are held as they are, not as logarithms: a rate that is not adjusted keeps its bits, and
 * one that is taken back has its former bits, clamped or not. Memory: three or four numbers a
 * group.
 */
final class RegrettableRates {
  /** What is left of a rate on a plateau. */
  private static final double HALF = 0.5;

  /** Plateaus bring no rate below this share of the greatest that it has been. */
  static final double LEAST_SHARE = 0.02;

  private final DbdSettings settings;
  private final boolean regretting;
  private final double up;
  private final double down;

  private final double[] eta;
  private final double[] before;
  private final double[] top;
  private final double[] next;
  private long regrets;

  /**
   * @param start η of every group at first
   * @param coordinates whether every group is one weight of several
   */
  RegrettableRates(
      int groups, double start, DbdSettings settings, boolean regretting, boolean coordinates) {
    this.settings = settings;
    this.regretting = regretting;
    this.up = StrictMath.exp(settings.kappa());
    this.down = StrictMath.exp(-settings.kappa());
    this.eta = new double[groups];
    Arrays.fill(eta, start);
    this.before = new double[groups];
    Arrays.fill(before, start);
    this.top = new double[groups];
    Arrays.fill(top, start);
    boolean branchless =
        coordinates && settings.clamped() && settings.kappa() <= EachCoordinate.MOST_KAPPA;
    this.next = branchless ? new double[groups] : null;
  }

  /** η itself. Not to be modified. */
  double[] values() {
    return eta;
  }

  /**
   * Adjusts every rate, or takes it back, by how a gradient was read.
   *
   * @param readings of each group, cosines or products. Overwritten
   * @param numbers whether all readings are finite
   */
  void adjust(double[] readings, boolean numbers) {
    if (next != null && numbers) {
      adjustCoordinates(readings);
    } else {
      adjustGroups(readings);
    }
    for (int k = 0; k < eta.length; k++) {
      top[k] = Math.max(top[k], eta[k]);
    }
  }

  private void adjustGroups(double[] readings) {
    for (int k = 0; k < eta.length; k++) {
      double reading = readings[k];
      double pending = eta[k] - before[k];
      if (regretting && (pending > 0 ? reading < 0 : pending < 0 && reading > 0)) {
        eta[k] = before[k];
        regrets++;
      } else {
        before[k] = eta[k];
        eta[k] = clamp(adjusted(eta[k], reading), eta[k]);
      }
    }
  }

  private double adjusted(double rate, double reading) {
    return switch (settings.signal()) {
      case COSINE -> rate * StrictMath.exp(settings.kappa() * reading);
      case SIGN -> reading > 0 ? rate * up : reading < 0 ? rate * down : rate;
      case RAW -> rate + settings.beta() * reading;
      case JACOBS ->
          reading > 0 ? rate + settings.kappa() : reading < 0 ? rate * (1 - settings.phi()) : rate;
    };
  }

  /** Within the range; what is not a number leaves the rate as it was. */
  private double clamp(double rate, double otherwise) {
    if (!settings.clamped()) {
      return rate;
    }
    return Double.isNaN(rate)
        ? otherwise
        : Math.max(settings.minRate(), Math.min(settings.maxRate(), rate));
  }

  private void adjustCoordinates(double[] readings) {
    switch (settings.signal()) {
      case COSINE -> EachCoordinate.grown(eta, readings, settings.kappa(), next);
      case SIGN -> EachCoordinate.bySign(eta, readings, up, 0, down, next);
      case RAW -> EachCoordinate.raw(eta, readings, settings.beta(), next);
      case JACOBS ->
          EachCoordinate.bySign(eta, readings, 1, settings.kappa(), 1 - settings.phi(), next);
    }
    double regret = regretting ? 1 : 0;
    EachCoordinate.settle(
        eta, before, readings, next, regret, settings.minRate(), settings.maxRate());
    regrets += (long) Sums.absolute(readings);
  }

  /** Takes back what was raised last; then every rate loses its share φ. */
  void cut() {
    for (int k = 0; k < eta.length; k++) {
      double rate = Math.min(eta[k], before[k]);
      eta[k] = clamp(rate * (1 - settings.phi()), rate);
      before[k] = eta[k];
    }
  }

  /** Halves every rate. */
  void halve() {
    for (int k = 0; k < eta.length; k++) {
      eta[k] = clamp(Math.max(eta[k] * HALF, Math.min(eta[k], top[k] * LEAST_SHARE)), eta[k]);
      before[k] = eta[k];
    }
  }

  /** See {@link Schedule#pending}. */
  double pending() {
    double sum = 0;
    for (int k = 0; k < eta.length; k++) {
      sum += eta[k] == before[k] ? 0 : StrictMath.log(eta[k] / before[k]);
    }
    return sum / eta.length;
  }

  long regrets() {
    return regrets;
  }

  /** Takes over the state of another of the same settings. */
  void set(RegrettableRates other) {
    System.arraycopy(other.eta, 0, eta, 0, eta.length);
    System.arraycopy(other.before, 0, before, 0, eta.length);
    System.arraycopy(other.top, 0, top, 0, eta.length);
    regrets = other.regrets;
  }

  void write(DataOutput out) throws IOException {
    ArrayIo.writeDoubles(out, eta);
    ArrayIo.writeDoubles(out, before);
    ArrayIo.writeDoubles(out, top);
    out.writeLong(regrets);
  }

  void read(DataInput in) throws IOException {
    Tag.numbers(in, eta, settings.minRate(), settings.maxRate());
    Tag.numbers(in, before, settings.minRate(), settings.maxRate());
    Tag.numbers(in, top, settings.minRate(), settings.maxRate());
    regrets = Tag.count(in);
  }
}
