package dev.kindling.gntk;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The colours of several sides at a level, each once, in the order in which the sides have them:
 * the members of most colours then are near each other.
 */
final class ColorUnion {
  /** By side: which colour of the union each of its is. */
  private final int[][] numbers;

  /** By colour: the first side that has it, and where. */
  private final int[] sides;

  private final int[] places;
  private final long[] high;
  private final long[] low;

  private ColorUnion(int[][] numbers, int[] sides, int[] places, long[] high, long[] low) {
    this.numbers = numbers;
    this.sides = sides;
    this.places = places;
    this.high = high;
    this.low = low;
  }

  static ColorUnion of(List<long[]> high, List<long[]> low) {
    int total = high.stream().mapToInt(colors -> colors.length).sum();
    int[] sides = new int[total];
    int[] places = new int[total];
    long[] allHigh = new long[total];
    long[] allLow = new long[total];
    int[][] numbers = new int[high.size()][];
    for (int side = 0, at = 0; side < numbers.length; side++) {
      numbers[side] = new int[high.get(side).length];
      for (int u = 0; u < numbers[side].length; u++, at++) {
        sides[at] = side;
        places[at] = u;
        allHigh[at] = high.get(side)[u];
        allLow[at] = low.get(side)[u];
      }
    }
    int[] first = new int[total];
    int[] order = EqualColors.ascending(allHigh, allLow);
    for (int k = 0; k < total; k++) {
      int at = order[k];
      boolean again =
          k > 0 && allHigh[at] == allHigh[order[k - 1]] && allLow[at] == allLow[order[k - 1]];
      first[at] = again ? first[order[k - 1]] : at;
    }
    int[] kept = IntStream.range(0, total).filter(at -> first[at] == at).toArray();
    int[] numberOf = new int[total];
    for (int u = 0; u < kept.length; u++) {
      numberOf[kept[u]] = u;
    }
    for (int at = 0; at < total; at++) {
      numbers[sides[at]][places[at]] = numberOf[first[at]];
    }
    return new ColorUnion(
        numbers,
        Arrays.stream(kept).map(at -> sides[at]).toArray(),
        Arrays.stream(kept).map(at -> places[at]).toArray(),
        Arrays.stream(kept).mapToLong(at -> allHigh[at]).toArray(),
        Arrays.stream(kept).mapToLong(at -> allLow[at]).toArray());
  }

  long[] high() {
    return high;
  }

  long[] low() {
    return low;
  }

  interface IntOf {
    int of(int side, int place);
  }

  interface DoubleOf {
    double of(int side, int place);
  }

  /** A value of each colour, as the first side has it. */
  int[] pick(IntOf value) {
    int[] picked = new int[sides.length];
    Arrays.setAll(picked, u -> value.of(sides[u], places[u]));
    return picked;
  }

  /** The same for doubles. */
  double[] pickDoubles(DoubleOf value) {
    double[] picked = new double[sides.length];
    Arrays.setAll(picked, u -> value.of(sides[u], places[u]));
    return picked;
  }

  /**
   * A row of each colour, as the first side has it.
   *
   * @param rows by side, over the colours of the level below
   */
  SparseRows picked(List<SparseRows> rows, ColorUnion below) {
    int[] offsets = new int[sides.length + 1];
    for (int u = 0; u < sides.length; u++) {
      SparseRows from = rows.get(sides[u]);
      offsets[u + 1] = offsets[u] + from.offsets[places[u] + 1] - from.offsets[places[u]];
    }
    int[] columns = new int[offsets[sides.length]];
    double[] values = new double[columns.length];
    for (int u = 0; u < sides.length; u++) {
      SparseRows from = rows.get(sides[u]);
      int start = from.offsets[places[u]];
      for (int at = offsets[u]; at < offsets[u + 1]; at++) {
        int k = start + at - offsets[u];
        columns[at] = below.numbers[sides[u]][from.columns[k]];
        values[at] = from.values[k];
      }
    }
    return new SparseRows(offsets, columns, values);
  }

  /**
   * All rows, side after side.
   *
   * @param rows by side, over the colours of this level
   */
  SparseRows joined(List<SparseRows> rows) {
    int[] offsets = new int[rows.stream().mapToInt(SparseRows::rows).sum() + 1];
    int[] columns = new int[rows.stream().mapToInt(each -> each.columns.length).sum()];
    double[] values = new double[columns.length];
    int row = 0;
    int entry = 0;
    for (int side = 0; side < numbers.length; side++) {
      SparseRows from = rows.get(side);
      for (int r = 0; r < from.rows(); r++) {
        for (int k = from.offsets[r]; k < from.offsets[r + 1]; k++) {
          columns[entry] = numbers[side][from.columns[k]];
          values[entry++] = from.values[k];
        }
        offsets[++row] = entry;
      }
    }
    return new SparseRows(offsets, columns, values);
  }
}
