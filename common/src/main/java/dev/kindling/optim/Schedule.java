package dev.kindling.optim;

/**
 * Takes steps: an optimizer with its learning rates. A step happens at the point where its gradient
 * was taken.
 *
 * <p>Where {@link #comparesLosses}, the caller goes about a pass like this: it evaluates gradient
 * and loss of a fresh batch at w and, if {@link #awaitsLoss}, the loss of the batch of the last
 * step at w too; then asks {@link #keeps} with the latter, and steps only if it says so.
 */
public interface Schedule extends Stateful<Schedule> {
  /**
   * One step.
   *
   * @param w the point at which g was taken; modified: the point where the next gradient is wanted
   * @param g gradient of the mean loss of a batch at w. Not modified
   * @param loss that mean loss
   */
  void step(double[] w, double[] g, double loss);

  /**
   * The weights to evaluate and to keep, given the point of the next gradient; w itself for all but
   * Schedule-Free. Not to be modified.
   */
  default double[] weights(double[] w) {
    return w;
  }

  /** Whether steps may be taken back by the loss of their own batch. */
  default boolean comparesLosses() {
    return false;
  }

  /** Whether the last step waits for {@link #keeps}. */
  default boolean awaitsLoss() {
    return false;
  }

  /**
   * Decides on the last step.
   *
   * @param w the point after it; modified if the step is taken back: the point before it
   * @param lossNow mean loss at w of the batch whose gradient made the step
   * @return false if it was taken back: gradients taken at the rejected point are of no use
   */
  default boolean keeps(double[] w, double lossNow) {
    return true;
  }

  /**
   * Hears that the validation loss has not fallen for a while. Delta-bar-delta, regrettable or not,
   * halves its rates then, down to a 50th of the greatest that each has been; others do nothing.
   * (Not of the paper: gradients that agree on learning their rows by heart raise its rates.)
   */
  default void plateau() {}

  /** The learning rate of the last step; the geometric mean over groups. */
  double learningRate();

  /**
   * Cosine of the last gradient and the average of directions before it; NaN where none is made.
   */
  default double cosine() {
    return Double.NaN;
  }

  /** The last adjustment of log η that is not yet confirmed, averaged over groups. */
  default double pending() {
    return 0;
  }

  /** Adjustments and steps taken back so far, over all groups. */
  default long regrets() {
    return 0;
  }
}
