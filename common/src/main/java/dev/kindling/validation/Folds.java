package dev.kindling.validation;

import dev.kindling.block.RowKeys;
import java.io.Serializable;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which rows are tested together.
 *
 * @param test the rows of each fold, ascending; no row twice
 */
public record Folds(int[][] test) implements Serializable {
  /**
   * Folds of equal size to within a row, drawn by a key of seed and row; with classes, each class
   * is spread evenly.
   *
   * @param classes the class of each row, or null
   * @throws IllegalArgumentException if there are fewer than 2 folds or more than rows
   */
  public static Folds random(int rows, int folds, int[] classes, long seed) {
    if (folds < 2 || folds > rows) {
      throw new IllegalArgumentException(
          folds + " folds of " + rows + " rows; there must be between 2 and the number of rows");
    }
    int[] order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(row -> classes == null ? 0 : classes[row])
                    .thenComparingLong(row -> RowKeys.key(seed, row)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[][] test = new int[folds][];
    for (int fold = 0; fold < folds; fold++) {
      int first = fold;
      test[fold] =
          IntStream.range(0, rows)
              .filter(k -> k % folds == first)
              .map(k -> order[k])
              .sorted()
              .toArray();
    }
    return new Folds(test);
  }

  public int count() {
    return test.length;
  }

  /** The fold that tests each row, or −1. */
  public int[] ofRows(int rows) {
    int[] folds = new int[rows];
    java.util.Arrays.fill(folds, -1);
    for (int fold = 0; fold < test.length; fold++) {
      for (int row : test[fold]) {
        folds[row] = fold;
      }
    }
    return folds;
  }

  /** The rows outside each fold, ascending. */
  public int[][] outside(int rows) {
    int[] foldOf = ofRows(rows);
    int[][] outside = new int[count()][];
    for (int f = 0; f < outside.length; f++) {
      int fold = f;
      outside[f] = IntStream.range(0, rows).filter(row -> foldOf[row] != fold).toArray();
    }
    return outside;
  }
}
