package dev.kindling.spark.ade;

import dev.kindling.ade.Pola;

/**
 * What a constraint says of a squared distance: how much is lost, and whether it holds.
 *
 * <ul>
 *   <li>lego: ½(d² − target)²
 *   <li>itml: by how much d² is beyond its bound, as a share of the bound
 *   <li>pola: max(0, target·(d² − b) + 1), b the threshold of the moment; it holds where d² is on
 *       the target's side of b
 * </ul>
 *
 * @param upper itml's bound of similar points
 * @param lower itml's bound of others
 * @param pola whose threshold counts, or null
 */
record Judge(Learner learner, double upper, double lower, Pola pola) {
  double loss(double squared, double target) {
    return switch (learner) {
      case lego -> (squared - target) * (squared - target) / 2;
      case itml -> Math.max(0, target > 0 ? squared / upper - 1 : 1 - squared / lower);
      case pola -> Math.max(0, target * (squared - pola.threshold()) + 1);
      default -> throw new IllegalStateException(learner + " has no constraints");
    };
  }

  /** Whether it does not hold; a squared distance never is exactly lego's target. */
  boolean violates(double squared, double target) {
    return switch (learner) {
      case lego -> false;
      case pola -> target * (squared - pola.threshold()) >= 0;
      default -> loss(squared, target) > 0;
    };
  }
}
