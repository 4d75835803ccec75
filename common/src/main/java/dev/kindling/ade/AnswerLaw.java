package dev.kindling.ade;

import java.util.Arrays;

/**
 * The law of the answer to one query of a point: the median of r estimates, drawn with replacement
 * from those of all L sketches. With F(x) the share of the L estimates below x, the answer is below
 * x with the probability P[Bin(r, F(x)) ≥ r/2], so that nothing need be drawn to know it.
 */
final class AnswerLaw {
  private final double[] ratios;
  private final int draws;

  /**
   * @param ratios estimate/true of each sketch. Not modified
   * @param draws r, odd
   */
  AnswerLaw(double[] ratios, int draws) {
    this.ratios = ratios.clone();
    Arrays.sort(this.ratios);
    this.draws = draws;
  }

  /** What half of the answers are not above, and half not below: also the median of the L. */
  double middle() {
    return ratios[(ratios.length - 1) / 2];
  }

  /**
   * The probability that an answer is off by more than a share ε.
   *
   * @param epsilon ε in (0, 1)
   */
  double wrong(double epsilon) {
    double below = Arrays.stream(ratios).filter(x -> x < 1 - epsilon).count();
    double above = Arrays.stream(ratios).filter(x -> x > 1 + epsilon).count();
    return AdaptivePlan.majority(draws, below / ratios.length)
        + AdaptivePlan.majority(draws, above / ratios.length);
  }
}
