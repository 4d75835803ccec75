package dev.kindling.spark.job;

import dev.kindling.block.RowKeys;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * A key of a row by what it holds: the place of the row in the shuffled data depends on nothing
 * else, so that neither the partitions nor the order of the input matter.
 */
public final class ContentKey {
  private static final long VALIDATION = 0x56414C4944L;

  private ContentKey() {}

  /** Zeros count for nothing, so that a sparse vector has the key of the same dense one. */
  public static long of(long seed, Vector features, double y, double weight) {
    long sum = 0;
    if (features instanceof SparseVector sparse) {
      int[] indices = sparse.indices();
      double[] values = sparse.values();
      for (int i = 0; i < indices.length; i++) {
        sum += term(indices[i], values[i]);
      }
    } else {
      double[] values = features.toArray();
      for (int j = 0; j < values.length; j++) {
        sum += term(j, values[j]);
      }
    }
    return RowKeys.key(seed, sum + term(-1, y) + term(-2, weight));
  }

  private static long term(int index, double value) {
    return value == 0 ? 0 : RowKeys.key(index, Double.doubleToRawLongBits(value));
  }

  /**
   * The key of a copy, so that copies are spread and split as rows that differ are.
   *
   * @param key of the first of the equal rows
   * @param before how many equal rows come before this one; the first keeps its key
   */
  public static long copy(long key, long before) {
    return before == 0 ? key : RowKeys.key(key, before);
  }

  /** Counts equal rows that follow each other. */
  public static final class Copies {
    private long last;
    private long before = -1;

    /** How many equal rows came right before the row of this key. */
    public long before(long key) {
      before = before >= 0 && key == last ? before + 1 : 0;
      last = key;
      return before;
    }
  }

  /** Whether the row of that key is for validation. */
  public static boolean validates(long key, double share) {
    return share > 0 && RowKeys.even(VALIDATION, key) < share;
  }
}
