package dev.kindling.spark.ade;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How far estimates are from exact distances, on pairs that their numbers alone choose, and how
 * many of the true neighbours were found for the queries that are checked.
 */
final class EstimateTally implements Serializable {
  /** Of the histogram, over 1 ± {@value #REACH}ε; the first and the last hold what lies beyond. */
  static final int BINS = 42;

  private static final double REACH = 1.5;
  private static final long serialVersionUID = 1L;

  private final double epsilon;
  private long pairs;
  private long outside;
  private long[] bins = new long[BINS];
  private long neighbours;
  private long found;

  EstimateTally(double epsilon) {
    this.epsilon = epsilon;
  }

  /** Takes a pair; nothing of one at no distance. */
  void add(double estimate, double exact) {
    if (exact > 0) {
      double ratio = estimate / exact;
      pairs++;
      outside += Math.abs(ratio - 1) > epsilon ? 1 : 0;
      double at = (ratio - 1 + REACH * epsilon) / (2 * REACH * epsilon) * (BINS - 2);
      bins[(int) Math.max(0, Math.min(BINS - 1, Math.floor(at) + 1))]++;
    }
  }

  /** Takes a checked query. */
  void check(long trueNeighbours, long thatWereFound) {
    neighbours += trueNeighbours;
    found += thatWereFound;
  }

  EstimateTally merge(EstimateTally next) {
    pairs += next.pairs;
    outside += next.outside;
    neighbours += next.neighbours;
    found += next.found;
    Arrays.setAll(bins, b -> bins[b] + next.bins[b]);
    return this;
  }

  /** Where a bin begins, as estimate/exact; the first at 0. */
  double low(int bin) {
    return bin == 0 ? 0 : 1 - REACH * epsilon + (bin - 1) * 2 * REACH * epsilon / (BINS - 2);
  }

  long pairs() {
    return pairs;
  }

  /** Of the pairs, off by more than a share ε. */
  long outside() {
    return outside;
  }

  long bin(int b) {
    return bins[b];
  }

  /** Whether any query was checked. */
  boolean isChecked() {
    return neighbours > 0;
  }

  /** Share of the true neighbours of the checked queries that were found. */
  double recall() {
    return (double) found / neighbours;
  }

  void write(DataOutput out) throws IOException {
    for (long number : new long[] {pairs, outside, neighbours, found}) {
      out.writeLong(number);
    }
    ArrayIo.writeDoubles(out, Arrays.stream(bins).asDoubleStream().toArray());
  }

  /**
   * @throws IOException if what is read cannot be a tally
   */
  void read(DataInput in) throws IOException {
    pairs = in.readLong();
    outside = in.readLong();
    neighbours = in.readLong();
    found = in.readLong();
    double[] read = ArrayIo.readDoubles(in, BINS);
    ArrayIo.check(read.length == BINS, "bins", read.length);
    bins = Arrays.stream(read).mapToLong(n -> (long) n).toArray();
  }
}
