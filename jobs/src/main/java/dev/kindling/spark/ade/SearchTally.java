package dev.kindling.spark.ade;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What a search adds up to, batch after batch: distances at each rank, and how many votes of
 * neighbours were right.
 */
final class SearchTally implements Serializable {
  /** Ranks beyond it are not looked at: a radius may find everything. */
  static final int RANKS = 1000;

  private static final long serialVersionUID = 1L;

  private long[] counts = new long[0];
  private double[] sums = new double[0];
  private double[] least = new double[0];
  private double[] most = new double[0];
  private long queries;
  private long without;
  private long found;
  private long labelled;
  private long right;
  private long unknown;
  private final EstimateTally estimates;

  /** Of a search that takes no estimates. */
  SearchTally() {
    this(Double.NaN);
  }

  /**
   * @param epsilon of the estimates
   */
  SearchTally(double epsilon) {
    estimates = new EstimateTally(epsilon);
  }

  /** Adds a query's neighbours. */
  void add(Neighbors neighbors) {
    queries++;
    without += neighbors.count() == 0 ? 1 : 0;
    found += neighbors.count();
    int ranks = Math.min(RANKS, neighbors.count());
    grow(ranks);
    for (int i = 0; i < ranks; i++) {
      double distance = Math.sqrt(neighbors.squares()[i]);
      counts[i]++;
      sums[i] += distance;
      least[i] = Math.min(least[i], distance);
      most[i] = Math.max(most[i], distance);
    }
  }

  /** Adds a vote whose truth is known. */
  void vote(boolean isRight) {
    labelled++;
    right += isRight ? 1 : 0;
  }

  /** Adds a query whose class no point has. */
  void unknownClass() {
    unknown++;
  }

  /** Adds the next batch's. */
  SearchTally merge(SearchTally next) {
    queries += next.queries;
    without += next.without;
    found += next.found;
    labelled += next.labelled;
    right += next.right;
    unknown += next.unknown;
    estimates.merge(next.estimates);
    grow(next.counts.length);
    for (int i = 0; i < next.counts.length; i++) {
      counts[i] += next.counts[i];
      sums[i] += next.sums[i];
      least[i] = Math.min(least[i], next.least[i]);
      most[i] = Math.max(most[i], next.most[i]);
    }
    return this;
  }

  private void grow(int ranks) {
    int before = counts.length;
    if (ranks > before) {
      counts = Arrays.copyOf(counts, ranks);
      sums = Arrays.copyOf(sums, ranks);
      least = Arrays.copyOf(least, ranks);
      most = Arrays.copyOf(most, ranks);
      Arrays.fill(least, before, ranks, Double.POSITIVE_INFINITY);
    }
  }

  long queries() {
    return queries;
  }

  /** Queries for which nothing was found. */
  long without() {
    return without;
  }

  /** Neighbours of all queries. */
  long found() {
    return found;
  }

  /** Queries whose class is known. */
  long labelled() {
    return labelled;
  }

  /** Share of them that their neighbours' vote is right about. */
  double accuracy() {
    return (double) right / labelled;
  }

  /** Queries whose class no point has, so that no vote can be right. */
  long unknown() {
    return unknown;
  }

  /** How far estimates were off; empty for exact searches. */
  EstimateTally estimates() {
    return estimates;
  }

  int ranks() {
    return counts.length;
  }

  double mean(int rank) {
    return sums[rank] / counts[rank];
  }

  double least(int rank) {
    return least[rank];
  }

  double most(int rank) {
    return most[rank];
  }

  void write(DataOutput out) throws IOException {
    for (long number : new long[] {queries, without, found, labelled, right, unknown}) {
      out.writeLong(number);
    }
    ArrayIo.writeDoubles(out, Arrays.stream(counts).asDoubleStream().toArray());
    for (double[] figures : new double[][] {sums, least, most}) {
      ArrayIo.writeDoubles(out, figures);
    }
    estimates.write(out);
  }

  /**
   * @throws IOException if what is read cannot be a tally
   */
  void read(DataInput in) throws IOException {
    queries = in.readLong();
    without = in.readLong();
    found = in.readLong();
    labelled = in.readLong();
    right = in.readLong();
    unknown = in.readLong();
    counts = Arrays.stream(ArrayIo.readDoubles(in, RANKS)).mapToLong(n -> (long) n).toArray();
    sums = ArrayIo.readDoubles(in, RANKS);
    least = ArrayIo.readDoubles(in, RANKS);
    most = ArrayIo.readDoubles(in, RANKS);
    estimates.read(in);
    boolean fits =
        sums.length == counts.length
            && least.length == counts.length
            && most.length == counts.length;
    ArrayIo.check(fits, "ranks", counts.length);
  }

  /** The tally of one batch. */
  static SearchTally of(List<Neighbors> found) {
    SearchTally tally = new SearchTally();
    found.forEach(tally::add);
    return tally;
  }
}
