package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;

/**
 * Relevant component analysis (Bar-Hillel, Hertz, Shental and Weinshall 2003): the metric of the
 * inverse within-class covariance. It whitens what varies within classes: U·C·Uᵀ = I.
 */
public final class Rca {
  private Rca() {}

  /**
   * @throws BadInput if no class has two points, or the covariance is singular
   */
  public static Metric learn(WithinScatter within) {
    return Metric.covariance(within.covariance());
  }

  /**
   * @param points d×n, one point a column. Not modified
   * @param labels n class numbers; a negative one is of no class. Not modified
   * @throws BadInput if no class has two points, or the covariance is singular
   * @throws IllegalArgumentException if there are not as many labels as points
   */
  public static Metric learn(Matrix points, int[] labels) {
    return learn(WithinScatter.of(points, labels));
  }
}
