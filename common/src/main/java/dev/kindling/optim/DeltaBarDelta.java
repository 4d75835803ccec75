package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Raises the rate of a group while fresh gradients agree with the average of directions before
 * them, and lowers it while they do not: delta-bar-delta (Jacobs 1988). The regrettable one (arXiv
 * 2310.11291, reconstructed) goes back to the rate before the last adjustment if the next gradient
 * contradicts it, instead of adjusting again.
 *
 * <p>Memory: the weights once, and four to six numbers a group. Time: four passes over the weights.
 */
final class DeltaBarDelta implements RateRule {
  private final Groups groups;
  private final DbdSettings settings;
  private final boolean regretting;
  private final double start;

  private final Alignment alignment;
  private final RegrettableRates rates;
  private final double[] shown;
  private final double[] readings;
  private double cosine;
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
    cosine = Double.NaN;
    show();
  }

  private DeltaBarDelta(
      Groups groups, double start, DbdSettings settings, boolean regretting, Alignment alignment) {
    double least = settings.minRate();
    double most = settings.maxRate();
    if (!(start >= least && start <= most)) {
      throw new IllegalArgumentException(
          "lr " + start + ": must be between lr-min " + least + " and lr-max " + most);
    }
    int count = groups.count();
    this.groups = groups;
    this.start = start;
    this.settings = settings;
    this.regretting = regretting;
    this.alignment = alignment;
    this.rates =
        new RegrettableRates(
            count, start, settings, regretting, count > 1 && count == groups.size());
    this.shown = settings.delayed() ? new double[count] : rates.values();
    this.readings = new double[count];
  }

  @Override
  public void observe(double[] g) {
    if (alignment.started()) {
      cosine = alignment.cosine(g);
      if (!skips) {
        read(g);
        rates.adjust(readings, !Double.isNaN(cosine));
      }
    }
    skips = false;
  }

  private void read(double[] g) {
    if (settings.signal() != Signal.COSINE) {
      alignment.products(g, readings);
    } else if (readings.length == 1) {
      readings[0] = cosine;
    } else {
      alignment.cosines(g, readings);
    }
  }

  /**
   * The last step is taken back for its batch's loss: so is an adjustment upwards, then η loses its
   * share φ; the next gradient adjusts nothing.
   */
  void regretStep() {
    rates.cut();
    skips = true;
    show();
  }

  @Override
  public void plateau() {
    rates.halve();
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
    if (settings.delayed()) {
      System.arraycopy(rates.values(), 0, shown, 0, shown.length);
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
    return rates.pending();
  }

  @Override
  public long regrets() {
    return rates.regrets();
  }

  @Override
  public RateRule copy() {
    DeltaBarDelta copy = new DeltaBarDelta(groups, start, settings, regretting, alignment.copy());
    copy.rates.set(rates);
    System.arraycopy(shown, 0, copy.shown, 0, shown.length);
    copy.cosine = cosine;
    copy.skips = skips;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, tag(), readings.length);
    rates.write(out);
    if (settings.delayed()) {
      ArrayIo.writeDoubles(out, shown);
    }
    out.writeDouble(cosine);
    out.writeBoolean(skips);
    alignment.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, tag(), readings.length);
    rates.read(in);
    if (settings.delayed()) {
      Tag.numbers(in, shown, settings.minRate(), settings.maxRate());
    }
    cosine = in.readDouble();
    skips = Tag.flag(in);
    alignment.read(in);
  }

  private String tag() {
    return regretting ? "rdbd" : "dbd";
  }
}
