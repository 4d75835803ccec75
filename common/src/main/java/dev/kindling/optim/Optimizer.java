package dev.kindling.optim;

/**
 * Maps a gradient to a direction u, for w ← w − η·u: the base optimizer B of arXiv 2310.11291.
 * Knows no learning rate. Its state is a few arrays of the size of the weights.
 */
public interface Optimizer extends Stateful<Optimizer> {
  /**
   * Takes one gradient into the state.
   *
   * @param g gradient. Not modified
   * @param u its direction; overwritten
   */
  void direction(double[] g, double[] u);

  /** λ of a decay that is decoupled from the gradient: w ← w − η·(u + λ·w). 0 for all but AdamW. */
  double decay();

  /**
   * The arrays of the state themselves, for workers whose states are averaged; none for SGD. What
   * counts steps is not among them.
   */
  double[][] moments();
}
