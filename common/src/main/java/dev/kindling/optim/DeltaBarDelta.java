package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Raises the rate of a group while fresh gradients agree with the average of directions before
 * them, and lowers it while they do not: delta-bar-delta (Jacobs 1988). The regrettable one (arXiv
 * 2310.11291, reconstructed) goes back to the rate before the last adjustment if the next gradient
 * contradicts it, instead of adjusting again.
 *
 * <p>The state is η and the η before the adjustment at stake, not their logarithms: a rate that is
 * not adjusted keeps its bits, and one that is taken back has its former bits, clamped or not.
 * Memory: the weights once, and three to five numbers a group. Time: four passes over the weights.
 */
final class DeltaBarDelta implements RateRule {
  private final Groups groups;
  private final DbdSettings settings;
  private final boolean regretting;
  private final double start;
  private final double up;
  private final double down;

  private final Alignment alignment;
  private final double[] eta;
  private final double[] before;
  private final double[] shown;
  private final double[] readings;
  private final double[] next;
  private double cosine;
  private long regrets;
  private boolean skips;

  /**
   * @param start η of every group at first
   * @param regretting whether adjustments that are contradicted are taken back
   * @throws IllegalArgumentException if the start is outside of the settings' range
   */
  DeltaBarDelta(Groups groups, double start, DbdSettings settings, boolean regretting) {
    this(
        groups,
        start,
        settings,
        regretting,
        new Alignment(groups, settings.signal() == Signal.RAW ? 0 : settings.theta()));
    reset();
  }

  private DeltaBarDelta(
      Groups groups, double start, DbdSettings settings, boolean regretting, Alignment alignment) {
    if (!(start >= settings.minRate() && start <= settings.maxRate())) {
      throw new IllegalArgumentException(
          "lr "
              + start
              + ": must be between lr-min "
              + settings.minRate()
              + " and lr-max "
              + settings.maxRate());
    }
    this.groups = groups;
    this.start = start;
    this.settings = settings;
    this.regretting = regretting;
    this.up = StrictMath.exp(settings.kappa());
    this.down = StrictMath.exp(-settings.kappa());
    this.alignment = alignment;
    this.eta = new double[groups.count()];
    this.before = new double[eta.length];
    this.shown = settings.delayed() ? new double[eta.length] : eta;
    this.readings = new double[eta.length];
    this.next =
        eta.length > 1
                && eta.length == groups.size()
                && settings.clamped()
                && settings.kappa() <= EachCoordinate.MOST_KAPPA
            ? new double[eta.length]
            : null;
  }

  @Override
  public void observe(double[] g) {
    cosine = alignment.started() ? alignment.cosine(g) : Double.NaN;
    if (alignment.started() && !skips) {
      adjust(g);
    }
    skips = false;
  }

  private void adjust(double[] g) {
    if (settings.signal() != Signal.COSINE) {
      alignment.products(g, readings);
    } else if (eta.length == 1) {
      readings[0] = cosine;
    } else {
      alignment.cosines(g, readings);
    }
    if (next != null && !Double.isNaN(cosine)) {
      adjustCoordinates();
    } else {
      adjustGroups();
    }
  }

  private void adjustGroups() {
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

  private void adjustCoordinates() {
    switch (settings.signal()) {
      case COSINE -> EachCoordinate.grown(eta, readings, settings.kappa(), next);
      case SIGN -> EachCoordinate.bySign(eta, readings, up, 0, down, next);
      case RAW -> EachCoordinate.raw(eta, readings, settings.beta(), next);
      case JACOBS ->
          EachCoordinate.bySign(eta, readings, 1, settings.kappa(), 1 - settings.phi(), next);
    }
    EachCoordinate.settle(
        eta, before, readings, next, regretting ? 1 : 0, settings.minRate(), settings.maxRate());
    regrets += regretting ? (long) Sums.absolute(readings) : 0;
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

  /** Within the range; a number that is none leaves the rate as it was. */
  private double clamp(double rate, double otherwise) {
    if (!settings.clamped()) {
      return rate;
    }
    return Double.isNaN(rate)
        ? otherwise
        : Math.max(settings.minRate(), Math.min(settings.maxRate(), rate));
  }

  /**
   * The last step is taken back for its batch's loss: so is an adjustment upwards, then η loses its
   * share φ; the next gradient adjusts nothing.
   */
  void regretStep() {
    for (int k = 0; k < eta.length; k++) {
      double rate = Math.min(eta[k], before[k]);
      eta[k] = clamp(rate * (1 - settings.phi()), rate);
      before[k] = eta[k];
    }
    skips = true;
    show();
  }

  @Override
  public double[] rates() {
    return shown;
  }

  @Override
  public void taken(double[] u) {
    alignment.take(u);
    show();
  }

  private void show() {
    if (shown != eta) {
      System.arraycopy(eta, 0, shown, 0, eta.length);
    }
  }

  @Override
  public Groups groups() {
    return groups;
  }

  @Override
  public double cosine() {
    return cosine;
  }

  @Override
  public double pending() {
    double sum = 0;
    for (int k = 0; k < eta.length; k++) {
      sum += eta[k] == before[k] ? 0 : StrictMath.log(eta[k] / before[k]);
    }
    return sum / eta.length;
  }

  @Override
  public long regrets() {
    return regrets;
  }

  @Override
  public RateRule copy() {
    DeltaBarDelta copy = new DeltaBarDelta(groups, start, settings, regretting, alignment.copy());
    System.arraycopy(eta, 0, copy.eta, 0, eta.length);
    System.arraycopy(before, 0, copy.before, 0, eta.length);
    System.arraycopy(shown, 0, copy.shown, 0, eta.length);
    copy.cosine = cosine;
    copy.regrets = regrets;
    copy.skips = skips;
    return copy;
  }

  @Override
  public void reset() {
    alignment.reset();
    Arrays.fill(eta, start);
    Arrays.fill(before, start);
    show();
    cosine = Double.NaN;
    regrets = 0;
    skips = false;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, tag(), eta.length);
    ArrayIo.writeDoubles(out, eta);
    ArrayIo.writeDoubles(out, before);
    if (shown != eta) {
      ArrayIo.writeDoubles(out, shown);
    }
    out.writeDouble(cosine);
    out.writeLong(regrets);
    out.writeBoolean(skips);
    alignment.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, tag(), eta.length);
    Tag.numbers(in, eta, settings.minRate(), settings.maxRate());
    Tag.numbers(in, before, settings.minRate(), settings.maxRate());
    if (shown != eta) {
      Tag.numbers(in, shown, settings.minRate(), settings.maxRate());
    }
    cosine = in.readDouble();
    regrets = Tag.count(in);
    skips = Tag.flag(in);
    alignment.read(in);
  }

  private String tag() {
    return regretting ? "rdbd" : "dbd";
  }
}
