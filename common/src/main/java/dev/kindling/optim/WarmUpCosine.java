package dev.kindling.optim;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Of T steps t = 0, 1, …, the first W rise in a line, η = lr·(t+1)/W; then η = lr/2·(1 + cos(π (t −
 * W)/(T − W))) falls from lr at t = W towards 0 (Loshchilov and Hutter 2017, eq. 5, without
 * restarts). Beyond T it is 0. A step is a call of {@link #taken}.
 */
final class WarmUpCosine implements RateRule {
  private static final String TAG = "wcos";

  private final Groups groups;
  private final double most;
  private final long warmUp;
  private final long total;
  private final double[] rates;
  private long t;

  /**
   * @throws IllegalArgumentException unless 0 ≤ warmUp &lt; total
   */
  WarmUpCosine(Groups groups, double most, long warmUp, long total) {
    if (warmUp < 0 || warmUp >= total) {
      throw new IllegalArgumentException(
          "warm-up of " + warmUp + " steps out of " + total + ": must be fewer, and not negative");
    }
    this.groups = groups;
    this.most = most;
    this.warmUp = warmUp;
    this.total = total;
    this.rates = new double[groups.count()];
    show();
  }

  private void show() {
    double share;
    if (t < warmUp) {
      share = (t + 1) / (double) warmUp;
    } else if (t < total) {
      share = 0.5 * (1 + StrictMath.cos(Math.PI * (t - warmUp) / (total - warmUp)));
    } else {
      share = 0;
    }
    Arrays.fill(rates, most * share);
  }

  @Override
  public void observe(double[] g) {
    // Time alone decides.
  }

  @Override
  public double[] rates() {
    return rates;
  }

  @Override
  public void taken(double[] u) {
    t++;
    show();
  }

  @Override
  public Groups groups() {
    return groups;
  }

  @Override
  public RateRule copy() {
    WarmUpCosine copy = new WarmUpCosine(groups, most, warmUp, total);
    copy.t = t;
    copy.show();
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, rates.length);
    out.writeLong(t);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, rates.length);
    t = Tag.count(in);
    show();
  }
}
