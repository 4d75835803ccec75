package dev.kindling.optim;

/**
 * Decides learning rates, one a {@linkplain Groups group} of weights, from gradients and directions
 * alone. Steps may happen elsewhere, many of them at one rate: then g and u are means over them.
 */
public interface RateRule extends Stateful<RateRule> {
  /**
   * Looks at a fresh gradient, before its direction is known; may change the rates.
   *
   * @param g not modified
   */
  void observe(double[] g);

  /** η of each group for the step at hand. Not to be modified. */
  double[] rates();

  /**
   * Hears of the direction of the step that was taken at these rates.
   *
   * @param u not modified
   */
  void taken(double[] u);

  /** See {@link Schedule#plateau}. */
  default void plateau() {}

  /** Which weights share a rate. */
  Groups groups();

  /** See {@link Schedule#cosine}. */
  default double cosine() {
    return Double.NaN;
  }

  /** See {@link Schedule#pending}. */
  default double pending() {
    return 0;
  }

  /** See {@link Schedule#regrets}. */
  default long regrets() {
    return 0;
  }
}
