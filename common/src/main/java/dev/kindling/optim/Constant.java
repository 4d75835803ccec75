package dev.kindling.optim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** One rate for ever. */
final class Constant implements RateRule {
  private static final String TAG = "cons";

  private final Groups groups;
  private final double[] rates;

  Constant(Groups groups, double rate) {
    this.groups = groups;
    this.rates = new double[groups.count()];
    Arrays.fill(rates, rate);
  }

  @Override
  public void observe(double[] g) {
    // Whatever it is.
  }

  @Override
  public double[] rates() {
    return rates;
  }

  @Override
  public void taken(double[] u) {
    // Whatever it was.
  }

  @Override
  public Groups groups() {
    return groups;
  }

  @Override
  public RateRule copy() {
    return new Constant(groups, rates[0]);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, rates.length);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, rates.length);
  }
}
