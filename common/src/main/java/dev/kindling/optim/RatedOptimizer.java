package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Any {@link Optimizer} at the rates of any {@link RateRule}, with loss regret or without.
 *
 * <p>Memory beside theirs: the weights once, with loss regret twice, and a number a group.
 */
public final class RatedOptimizer implements Schedule {
  /** As many steps in a row are taken back at most; the next is kept, whatever its loss. */
  static final int MOST_IN_A_ROW = 20;

  private static final String TAG = "rate";

  private final Optimizer optimizer;
  private final RateRule rule;
  private final DeltaBarDelta regretting;
  private final double[] u;
  private final double[] used;

  private final double[] previous;
  private double previousLoss;
  private boolean awaits;
  private int inARow;
  private long stepRegrets;

  RatedOptimizer(Optimizer optimizer, RateRule rule, boolean lossRegret) {
    if (lossRegret && !(rule instanceof DeltaBarDelta)) {
      throw new IllegalArgumentException("loss regret is for delta-bar-delta");
    }
    this.optimizer = optimizer;
    this.rule = rule;
    this.regretting = lossRegret ? (DeltaBarDelta) rule : null;
    this.u = new double[rule.groups().size()];
    this.used = rule.rates().clone();
    this.previous = lossRegret ? new double[u.length] : null;
  }

  /** Its own, for steps that are taken elsewhere. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** Its own, for steps that are taken elsewhere. */
  public RateRule rule() {
    return rule;
  }

  @Override
  public void step(double[] w, double[] g, double loss) {
    rule.observe(g);
    optimizer.direction(g, u);
    System.arraycopy(rule.rates(), 0, used, 0, used.length);
    if (regretting != null) {
      System.arraycopy(w, 0, previous, 0, previous.length);
      previousLoss = loss;
      awaits = true;
    }
    rule.groups().move(w, used, u, optimizer.decay());
    rule.taken(u);
  }

  /**
   * Hears of steps that were taken elsewhere, at the {@linkplain RateRule#rates rates} of the rule
   * as it stands.
   *
   * @param g mean of their gradients. Not modified
   * @param u mean of their directions. Not modified
   */
  public void tookElsewhere(double[] g, double[] u) {
    System.arraycopy(rule.rates(), 0, used, 0, used.length);
    rule.observe(g);
    rule.taken(u);
  }

  @Override
  public boolean comparesLosses() {
    return regretting != null;
  }

  @Override
  public boolean awaitsLoss() {
    return awaits;
  }

  @Override
  public boolean keeps(double[] w, double lossNow) {
    if (!awaits) {
      return true;
    }
    awaits = false;
    boolean rose = !Double.isFinite(lossNow) || lossNow > previousLoss;
    if (!rose || inARow == MOST_IN_A_ROW) {
      inARow = 0;
      return true;
    }
    System.arraycopy(previous, 0, w, 0, previous.length);
    regretting.regretStep();
    inARow++;
    stepRegrets++;
    return false;
  }

  @Override
  public void plateau() {
    rule.plateau();
  }

  @Override
  public double learningRate() {
    return Sums.geometricMean(used);
  }

  @Override
  public double cosine() {
    return rule.cosine();
  }

  @Override
  public double pending() {
    return rule.pending();
  }

  @Override
  public long regrets() {
    return rule.regrets() + stepRegrets;
  }

  @Override
  public Schedule copy() {
    RatedOptimizer copy = new RatedOptimizer(optimizer.copy(), rule.copy(), regretting != null);
    System.arraycopy(used, 0, copy.used, 0, used.length);
    if (regretting != null) {
      System.arraycopy(previous, 0, copy.previous, 0, previous.length);
    }
    copy.previousLoss = previousLoss;
    copy.awaits = awaits;
    copy.inARow = inARow;
    copy.stepRegrets = stepRegrets;
    return copy;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, u.length);
    out.writeBoolean(regretting != null);
    optimizer.write(out);
    rule.write(out);
    ArrayIo.writeDoubles(out, used);
    if (regretting != null) {
      out.writeBoolean(awaits);
      out.writeInt(inARow);
      out.writeLong(stepRegrets);
      out.writeDouble(previousLoss);
      ArrayIo.writeDoubles(out, previous);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, u.length);
    ArrayIo.check(
        Tag.flag(in) == (regretting != null), "loss regret is", regretting == null ? 1 : 0);
    optimizer.read(in);
    rule.read(in);
    ArrayIo.readDoubles(in, used, used.length);
    if (regretting != null) {
      awaits = Tag.flag(in);
      inARow = in.readInt();
      ArrayIo.check(inARow >= 0 && inARow <= MOST_IN_A_ROW, "steps taken back in a row", inARow);
      stepRegrets = Tag.count(in);
      previousLoss = in.readDouble();
      ArrayIo.readDoubles(in, previous, previous.length);
    }
  }
}
