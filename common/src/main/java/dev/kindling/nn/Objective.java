package dev.kindling.nn;

import dev.kindling.linalg.Precision;
import java.io.Serializable;

/**
 * What is minimised, and how the gradient of a batch is made.
 *
 * @param l2 λ of ½λ|W|², offsets left out
 * @param clip longest gradient; a longer one is shortened to it. Infinite: none is
 * @param dropout share of hidden units left out at random
 * @param seed of dropout
 */
public record Objective(
    Architecture architecture,
    Precision precision,
    double l2,
    double clip,
    double dropout,
    long seed)
    implements Serializable {
  /**
   * The gradient of the mean loss of a batch and of the penalty, shortened where it is too long.
   *
   * @param sum over the rows of the batch
   * @param w the point. Not modified
   * @param g overwritten
   * @return mean loss and penalty
   */
  double gradient(GradientSum sum, double[] w, double[] g) {
    sum.scaled(1 / sum.loss().weight(), g);
    double loss = sum.loss().meanLoss();
    if (l2 > 0) {
      loss += new Penalty(architecture, l2).add(w, g);
    }
    double factor = Clipping.factor(g, clip);
    if (factor < 1) {
      for (int i = 0; i < g.length; i++) {
        g[i] *= factor;
      }
    }
    return loss;
  }

  /** Mean loss of some rows, and the penalty. */
  double loss(LossSum sum, double[] w) {
    return sum.meanLoss() + (l2 > 0 ? new Penalty(architecture, l2).value(w) : 0);
  }
}
