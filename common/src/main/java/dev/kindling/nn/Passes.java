package dev.kindling.nn;

import java.util.List;

/** Where losses and gradients come from: rows in memory, or on executors. */
public interface Passes {
  /**
   * The gradient of a batch.
   *
   * @param weights the point. Not modified
   * @param step number of the batch, for dropout
   * @param again another batch whose loss at the same point is wanted, or null
   */
  Pass gradient(double[] weights, List<Piece> batch, long step, List<Piece> again);

  /** Sums of losses over the validation rows. */
  LossSum validation(double[] weights);

  /** Sums of losses over the rows that are learnt from. */
  LossSum training(double[] weights);

  /** Steps of workers, each on its own rows from the same point. */
  Round round(LocalRound round);
}
