package dev.kindling.nn;

import java.io.Serializable;

/**
 * Sums over rows.
 *
 * @param loss Σ weight × loss
 * @param weight Σ weight
 * @param right Σ weight of the rows whose class has the greatest output; of a squared loss 0
 */
public record LossSum(double loss, double weight, double right) implements Serializable {
  public static final LossSum NONE = new LossSum(0, 0, 0);

  public LossSum plus(LossSum other) {
    return new LossSum(loss + other.loss, weight + other.weight, right + other.right);
  }

  /** Of the rows. */
  public double meanLoss() {
    return loss / weight;
  }

  public double accuracy() {
    return right / weight;
  }
}
