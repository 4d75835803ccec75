package dev.kindling.nystrom;

import dev.kindling.block.RowKeys;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;

/**
 * Squared Euclidean distances from any vector to some centres, and the choice among candidates of
 * k-means++ (Arthur and Vassilvitskii 2007): each next centre with a chance proportional to its
 * weight times its squared distance to the nearest one so far, or another cost of it.
 */
public final class KMeansPlusPlus implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The keys of all centres, ascending. */
  private final long[] vocabulary;

  /** By centre: its entries, by place in the vocabulary. */
  private final int[][] places;

  private final double[][] values;
  private final double[] squares;

  public KMeansPlusPlus(List<SparseVector> centres) {
    vocabulary =
        centres.stream().flatMapToLong(c -> LongStream.of(c.keys())).sorted().distinct().toArray();
    places = new int[centres.size()][];
    values = new double[centres.size()][];
    squares = new double[centres.size()];
    for (int c = 0; c < places.length; c++) {
      SparseVector centre = centres.get(c);
      places[c] =
          LongStream.of(centre.keys())
              .mapToInt(key -> Arrays.binarySearch(vocabulary, key))
              .toArray();
      values[c] = centre.values();
      squares[c] = centre.squaredNorm();
    }
  }

  /** Distances for one caller after the other: 8 bytes a key of the centres. */
  public final class Distances {
    private final double[] spread = new double[vocabulary.length];

    /**
     * @return by centre, squared; exactly 0 for an equal vector
     */
    public double[] to(SparseVector vector) {
      int[] at = new int[vector.keys().length];
      for (int k = 0; k < at.length; k++) {
        at[k] = Arrays.binarySearch(vocabulary, vector.keys()[k]);
        if (at[k] >= 0) {
          spread[at[k]] = vector.values()[k];
        }
      }
      double square = vector.squaredNorm();
      double[] distances = new double[places.length];
      for (int c = 0; c < distances.length; c++) {
        double product = 0;
        for (int k = 0; k < places[c].length; k++) {
          product += values[c][k] * spread[places[c][k]];
        }
        distances[c] = Math.max(0, square + squares[c] - 2 * product);
      }
      for (int place : at) {
        if (place >= 0) {
          spread[place] = 0;
        }
      }
      return distances;
    }
  }

  /**
   * Chooses among candidates.
   *
   * @param weights how many vectors each candidate stands for. Not modified
   * @param cost of a squared distance, to which chances are proportional: itself for means, its
   *     root for medians
   * @return indices of at most {@code count} of them, in the order in which they were chosen; fewer
   *     where all others equal a chosen one
   */
  public static int[] choose(
      List<SparseVector> candidates,
      double[] weights,
      int count,
      long seed,
      DoubleUnaryOperator cost) {
    Distances from = new KMeansPlusPlus(candidates).new Distances();
    double[] chances = weights.clone();
    double[] nearest = new double[weights.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int[] chosen = new int[Math.min(count, candidates.size())];
    for (int round = 0; round < chosen.length; round++) {
      int next = pick(chances, RowKeys.even(seed, round));
      if (next < 0) {
        return Arrays.copyOf(chosen, round);
      }
      chosen[round] = next;
      double[] distances = from.to(candidates.get(next));
      for (int i = 0; i < chances.length; i++) {
        nearest[i] = Math.min(nearest[i], distances[i]);
        chances[i] = weights[i] * cost.applyAsDouble(nearest[i]);
      }
    }
    return chosen;
  }

  /** Where the running sum of the chances passes {@code share} of the whole; −1 if all are 0. */
  private static int pick(double[] chances, double share) {
    double wanted = share * Arrays.stream(chances).sum();
    double sum = 0;
    int last = -1;
    for (int i = 0; i < chances.length; i++) {
      if (chances[i] > 0) {
        sum += chances[i];
        last = i;
        if (sum >= wanted) {
          return i;
        }
      }
    }
    return last;
  }
}
