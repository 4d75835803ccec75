package dev.kindling.svm;

import java.io.Serializable;

/**
 * What a fit is besides its cost.
 *
 * @param balanced whether, of the two sides of a classifier, each row's cost is divided by twice
 *     its side's share of the training rows
 * @param tube ε of the regression in standard deviations of the training targets: errors below it
 *     are free
 */
public record SvmParameters(boolean balanced, double tube) implements Serializable {
  /**
   * @throws IllegalArgumentException if ε is negative or not finite
   */
  public SvmParameters {
    if (!(tube >= 0) || Double.isInfinite(tube)) {
      throw new IllegalArgumentException("the tube must be finite and not negative, got " + tube);
    }
  }
}
