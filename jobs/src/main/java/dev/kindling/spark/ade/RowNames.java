package dev.kindling.spark.ade;

import dev.kindling.spark.job.TableSchema.Kind;
import java.io.Serializable;
import java.util.Arrays;

/** What the user calls some rows: all by whole numbers, or all by words. */
final class RowNames implements Serializable {
  private static final long serialVersionUID = 1L;

  private long[] numbers;
  private String[] words;
  private int count;

  /**
   * @param inWords whether names are words
   */
  RowNames(boolean inWords, int capacity) {
    numbers = inWords ? null : new long[capacity];
    words = inWords ? new String[capacity] : null;
  }

  /** What a column of such names holds. */
  static Kind kind(boolean inWords) {
    return inWords ? Kind.TEXT : Kind.LONG;
  }

  boolean inWords() {
    return words != null;
  }

  int count() {
    return count;
  }

  /**
   * @param name a Long or a String
   */
  void add(Object name) {
    if (words != null) {
      if (count == words.length) {
        words = Arrays.copyOf(words, 2 * count + 1);
      }
      words[count++] = (String) name;
    } else {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count + 1);
      }
      numbers[count++] = ((Number) name).longValue();
    }
  }

  /** Those from {@code from} to before {@code to}. */
  RowNames range(int from, int to) {
    RowNames some = new RowNames(inWords(), to - from);
    for (int i = from; i < to; i++) {
      some.add(get(i));
    }
    return some;
  }

  /** A Long or a String. */
  Object get(int i) {
    return words == null ? (Object) numbers[i] : words[i];
  }
}
