package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.block.Permutation;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which rows of a table a metric does not learn from, so that they can judge it: drawn by the seed
 * and their numbers, so that partitions do not matter.
 *
 * @param rows of the table
 * @param count how many of them are held out
 */
record HeldOut(long rows, long count, long seed) implements Serializable {
  private static final long HELD = 0x48454C44L;

  /**
   * @param share of the rows, from 0 and below 1
   */
  static HeldOut of(long rows, double share, long seed) {
    return new HeldOut(rows, Math.min(Math.round(share * rows), rows - 1), seed);
  }

  boolean isNone() {
    return count == 0;
  }

  /**
   * @param source of the rows, for the message
   * @param labels of rows that are learned from. Not modified
   * @throws BadInput if some are held out and the others are of one class
   */
  void requireClasses(String source, int[] labels) {
    if (!isNone() && Arrays.stream(labels).distinct().count() < 2) {
      throw BadInput.of(
          "%s: rows of one class among the %,d left to learn from, since %,d of %,d were held out; give more rows of each class, or %s",
          source, labels.length, count, rows, LearnSettings.VALIDATION.is(0));
    }
  }

  /** How many rows are learned from. */
  long learned() {
    return rows - count;
  }

  /** Numbers of up to so many rows that are learned from, drawn by a seed; ascending. */
  long[] drawLearned(long most, long by) {
    return draw(Math.min(most, learned()), false, by);
  }

  /** Numbers of up to so many rows that are not; ascending. */
  long[] drawHeld(long most, long by) {
    return draw(Math.min(most, count), true, by);
  }

  private long[] draw(long many, boolean held, long by) {
    if (isNone()) {
      return held ? new long[0] : PointSet.draw(rows, many, by);
    }
    Permutation places = places();
    Permutation order = new Permutation(rows, by);
    long[] drawn = new long[Math.toIntExact(many)];
    for (long i = 0, to = 0; to < many; i++) {
      long row = order.of(i);
      if (places.of(row) < count == held) {
        drawn[(int) to++] = row;
      }
    }
    Arrays.sort(drawn);
    return drawn;
  }

  /** Of consecutive rows, whether each is held out. */
  boolean[] among(long first, int some) {
    boolean[] held = new boolean[some];
    if (!isNone()) {
      Permutation places = places();
      for (int i = 0; i < some; i++) {
        held[i] = places.of(first + i) < count;
      }
    }
    return held;
  }

  /** Places of the rows in a random order; those at the first places are held out. */
  private Permutation places() {
    return new Permutation(rows, seed ^ HELD);
  }
}
