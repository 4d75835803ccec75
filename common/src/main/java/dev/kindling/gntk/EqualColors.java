package dev.kindling.gntk;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Pairs of equal 128-bit colours in two lists. */
final class EqualColors {
  private EqualColors() {}

  interface Pair {
    void of(int row, int column);
  }

  /** Calls for every pair of two sides at a level; O(m + n) and the number of pairs. */
  static void forEach(TileSide rowSide, TileSide columnSide, int level, Pair each) {
    int[] rows = rowSide.order(level);
    long[] rowHigh = rowSide.high[level];
    long[] rowLow = rowSide.low[level];
    int[] columns = columnSide.order(level);
    long[] columnHigh = columnSide.high[level];
    long[] columnLow = columnSide.low[level];
    for (int i = 0, j = 0; i < rows.length && j < columns.length; ) {
      int order = compare(rowHigh, rowLow, rows[i], columnHigh, columnLow, columns[j]);
      if (order < 0) {
        i++;
      } else if (order > 0) {
        j++;
      } else {
        for (int k = j;
            k < columns.length
                && compare(rowHigh, rowLow, rows[i], columnHigh, columnLow, columns[k]) == 0;
            k++) {
          each.of(rows[i], columns[k]);
        }
        i++;
      }
    }
  }

  private static int compare(long[] aHigh, long[] aLow, int a, long[] bHigh, long[] bLow, int b) {
    int order = Long.compare(aHigh[a], bHigh[b]);
    return order != 0 ? order : Long.compare(aLow[a], bLow[b]);
  }

  /** Positions in ascending order of the colours, of equal ones the first in front. */
  static int[] ascending(long[] high, long[] low) {
    int[] order = IntStream.range(0, high.length).toArray();
    for (int i = 1; i < order.length; i++) {
      if (compare(high, low, i - 1, high, low, i) > 0) {
        Integer[] boxed = Arrays.stream(order).boxed().toArray(Integer[]::new);
        Arrays.sort(
            boxed, Comparator.<Integer>comparingLong(k -> high[k]).thenComparingLong(k -> low[k]));
        return Arrays.stream(boxed).mapToInt(k -> k).toArray();
      }
    }
    return order; // a set of colours is in order already
  }
}
