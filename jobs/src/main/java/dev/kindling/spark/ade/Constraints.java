package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.block.RowKeys;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pairs of points, each with a target, in the order in which they are learnt from.
 *
 * @param first columns of the points
 * @param second as many
 * @param targets as many: squared distances, or ±1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Constraints(int[] first, int[] second, double[] targets) {
  /** Of the default number of pairs. */
  static final int MOST_DRAWN = 100_000;

  int count() {
    return targets.length;
  }

  /** Pairs for so many classes, as other implementations of ITML draw them: 40·C·(C−1). */
  static int usual(int classes) {
    return (int) Math.min(MOST_DRAWN, 40L * classes * (classes - 1));
  }

  /** How many rows are drawn for pairs to be drawn from: as many as the pairs have ends. */
  static long rowsFor(int pairs, long rows) {
    return Math.min(rows, 2L * pairs);
  }

  /**
   * Draws pairs by a seed: even ones of one class, target 1, odd ones of two, target −1. The first
   * point is any, the second any of those that fit.
   *
   * @param labels class numbers. Not modified
   * @throws BadInput if there is one class only, or no class has two points
   */
  static Constraints draw(int[] labels, int pairs, long seed) {
    Map<Integer, int[]> members = members(labels);
    int[] social =
        IntStream.range(0, labels.length).filter(j -> members.get(labels[j]).length > 1).toArray();
    if (members.size() < 2 || social.length == 0) {
      throw BadInput.of(
          "%s labeled rows in %s classes: pairs need two classes, and a class of two rows",
          labels.length, members.size());
    }
    Constraints drawn = new Constraints(new int[pairs], new int[pairs], new double[pairs]);
    for (int c = 0; c < pairs; c++) {
      boolean similar = c % 2 == 0;
      int i =
          similar ? social[below(social.length, seed, 2L * c)] : below(labels.length, seed, 2L * c);
      int[] own = members.get(labels[i]);
      int j;
      if (similar) {
        int at = Arrays.binarySearch(own, i);
        int other = below(own.length - 1, seed, 2L * c + 1);
        j = own[other < at ? other : other + 1];
      } else {
        j = outside(own, below(labels.length - own.length, seed, 2L * c + 1));
      }
      drawn.first[c] = i;
      drawn.second[c] = j;
      drawn.targets[c] = similar ? 1 : -1;
    }
    return drawn;
  }

  /** Of each class, ascending. */
  private static Map<Integer, int[]> members(int[] labels) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int label : labels) {
      counts.merge(label, 1, Integer::sum);
    }
    Map<Integer, int[]> members = new HashMap<>();
    counts.forEach((label, count) -> members.put(label, new int[count]));
    for (int j = labels.length - 1; j >= 0; j--) {
      members.get(labels[j])[counts.merge(labels[j], -1, Integer::sum)] = j;
    }
    return members;
  }

  private static int below(int bound, long seed, long draw) {
    return (int) (RowKeys.even(seed, draw) * bound);
  }

  /** The number at a place among those that are not in {@code own}, which ascends. */
  private static int outside(int[] own, int place) {
    int low = 0; // how many of own come before
    int high = own.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (own[middle] - middle <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return place + low;
  }
}
