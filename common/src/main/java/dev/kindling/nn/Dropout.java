package dev.kindling.nn;

import dev.kindling.block.RowKeys;

/**
 * Which hidden units a row of a batch leaves out (Srivastava et al. 2014); those that stay are
 * scaled by 1/(1 − rate). Drawn by a key, so that a batch cut anywhere draws the same.
 *
 * @param rate share of the units left out, at least 0 and below 1
 * @param key of the batch
 * @param firstRow number in the whole batch of the first row here
 */
public record Dropout(double rate, long key, int firstRow) {
  /**
   * @throws IllegalArgumentException if the rate is not in [0, 1)
   */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout " + rate + ": must be at least 0 and below 1");
    }
  }

  /** Whether a unit stays. */
  boolean keeps(int layer, int row, int unit) {
    return RowKeys.even(key * 31 + layer, ((long) (firstRow + row) << 32) | unit) >= rate;
  }
}
