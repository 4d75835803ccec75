package dev.kindling.nn;

import dev.kindling.linalg.Precision;

/**
 * A perceptron at work on batches of rows, with its buffers: one thread's. It computes in its
 * precision; sums of losses are doubles, added row by row.
 *
 * <p>Use: {@link #weights}, then per batch {@link #clear}, {@link #add} rows, and {@link #gradient}
 * or {@link #loss}. Memory: the weights twice and, per row of the largest batch, the features and
 * twice all units.
 */
public interface Network {
  /**
   * @param mostRows rows of a batch, at most
   */
  static Network of(Architecture architecture, Precision precision, int mostRows) {
    return precision == Precision.FLOAT
        ? new BlasNetwork<>(architecture, new FloatNumbers(), mostRows)
        : new BlasNetwork<>(architecture, new DoubleNumbers(), mostRows);
  }

  /** Rounds weights to the precision and takes them over. Not modified. */
  void weights(double[] w);

  /** The same from {@link Precision} little-endian numbers. */
  void weights(byte[] w);

  /** Forgets the rows of the batch. */
  void clear();

  /**
   * Adds a row to the batch: a copy of its features, label and weight.
   *
   * @throws IllegalStateException if the batch is full
   */
  void add(RowBlock block, int row);

  /** Forward pass. */
  LossSum loss();

  /**
   * Forward and backward pass; the gradient of Σ weight × loss is kept for {@link #sum}.
   *
   * @param dropout null, or which units are left out
   */
  LossSum gradient(Dropout dropout);

  /** The outputs of the last forward pass: outputs×rows, column-major, before any softmax. */
  void outputs(double[] into);

  /** The last gradient, a copy, for merging with others. */
  GradientSum sum(LossSum loss);
}
