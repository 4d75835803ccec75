package dev.kindling.nn;

import java.io.Serializable;

/**
 * Rows of a batch that lie in one block: the unit whose gradient is computed at once.
 *
 * @param block number of the block
 * @param key of the order in which this epoch goes through the block's rows
 * @param from place in that order of the first row
 * @param to place after the last
 * @param first number of the first row in the batch
 */
public record Piece(int block, long key, int from, int to, int first) implements Serializable {
  public int rows() {
    return to - from;
  }
}
