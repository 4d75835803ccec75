package dev.kindling.nystrom;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A vector over 64-bit keys, by its entries that are not zero.
 *
 * @param keys ascending
 * @param values as many
 */
public record SparseVector(long[] keys, double[] values) implements Serializable {
  /**
   * From entries in any order; those of one key add up.
   *
   * @param keys not modified
   * @param values as many. Not modified
   */
  public static SparseVector of(long[] keys, double[] values) {
    long[] distinct = Arrays.stream(keys).sorted().distinct().toArray();
    double[] sums = new double[distinct.length];
    for (int k = 0; k < keys.length; k++) {
      sums[Arrays.binarySearch(distinct, keys[k])] += values[k];
    }
    return new SparseVector(distinct, sums);
  }

  /** The sum of squares. */
  public double squaredNorm() {
    return Arrays.stream(values).map(v -> v * v).sum();
  }
}
