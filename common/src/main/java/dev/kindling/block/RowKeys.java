package dev.kindling.block;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Random draws of rows by a key of seed and row, so that any partitioning draws the same. */
public final class RowKeys {
  private RowKeys() {}

  /** The finaliser of SplitMix64 over seed and row. */
  public static long key(long seed, long row) {
    long z = seed * 0x9E3779B97F4A7C15L + row + 1;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Even in (0, 1). */
  public static double even(long seed, long row) {
    return ((key(seed, row) >>> 11) + 0.5) * 0x1p-53;
  }

  /**
   * Rows without replacement, each time with a chance proportional to its weight among those that
   * are left (Efraimidis and Spirakis 2006).
   *
   * @param weights not negative; rows of weight zero come last. Not modified
   * @return at most {@code count} rows, ascending
   */
  public static int[] draw(double[] weights, int count, long seed) {
    double[] times = new double[weights.length];
    for (int row = 0; row < times.length; row++) {
      times[row] = -Math.log(even(seed, row)) / weights[row];
    }
    return IntStream.range(0, times.length)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(row -> times[row]).thenComparingInt(r -> r))
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
