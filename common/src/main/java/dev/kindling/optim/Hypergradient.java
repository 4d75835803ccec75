package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * η ← η·(1 + β·cos(g_t, u_{t−1})): hypergradient descent, multiplicative (Baydin et al. 2018, eq.
 * 8, normalised). Positive for β &lt; 1, and not clamped. The additive one is {@link
 * DeltaBarDelta}'s by {@link Signal#RAW}.
 */
final class Hypergradient implements RateRule {
  private static final String TAG = "hypg";

  private final Groups groups;
  private final double start;
  private final double beta;
  private final Alignment alignment;
  private final double[] eta;
  private final double[] cosines;
  private double cosine = Double.NaN;

  /**
   * @param beta at least 0 and below 1
   */
  Hypergradient(Groups groups, double start, double beta) {
    this(groups, start, beta, new Alignment(groups, 0));
  }

  private Hypergradient(Groups groups, double start, double beta, Alignment alignment) {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException(
          "kappa " + beta + ": must be at least 0 and below 1 for hypergradient descent");
    }
    this.groups = groups;
    this.start = start;
    this.beta = beta;
    this.alignment = alignment;
    this.eta = new double[groups.count()];
    this.cosines = new double[eta.length];
    Arrays.fill(eta, start);
  }

  /** η ← η + β·⟨g_t, u_{t−1}⟩. η may become negative, and NaN. */
  static RateRule additive(Groups groups, double start, double beta) {
    DbdSettings raw = DbdSettings.DEFAULT.withSignal(Signal.RAW).withBeta(beta).unclamped();
    return new DeltaBarDelta(groups, start, raw, false);
  }

  @Override
  public void observe(double[] g) {
    if (!alignment.started()) {
      return;
    }
    cosine = alignment.cosine(g);
    if (eta.length == 1) {
      cosines[0] = cosine;
    } else {
      alignment.cosines(g, cosines);
    }
    for (int k = 0; k < eta.length; k++) {
      eta[k] *= 1 + beta * cosines[k];
    }
  }

  @Override
  public double[] rates() {
    return eta;
  }

  @Override
  public void taken(double[] u) {
    alignment.take(u);
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
  public RateRule copy() {
    Hypergradient copy = new Hypergradient(groups, start, beta, alignment.copy());
    System.arraycopy(eta, 0, copy.eta, 0, eta.length);
    copy.cosine = cosine;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, eta.length);
    ArrayIo.writeDoubles(out, eta);
    out.writeDouble(cosine);
    alignment.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, eta.length);
    Tag.numbers(in, eta, 0, Double.POSITIVE_INFINITY);
    cosine = in.readDouble();
    alignment.read(in);
  }
}
