package dev.kindling.ade;

import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;

/**
 * SampleExact: an index with a chance exactly proportional to d_i^p, from estimates within 1 ± ε,
 * at the cost of a few exact distances. With p = 2 it seeds k-means++.
 *
 * <p>i is drawn with a chance proportional to d̃_i^p and accepted with ((1−ε) d_i/d̃_i)^p, which is
 * at most 1 while d̃_i ≥ (1−ε) d_i; a point that the estimates put nearer than that would break the
 * law, and is refused. At most ((1+ε)/(1−ε))^p trials are expected.
 */
public final class ExactSampling {
  private static final int MOST_TRIALS = 100_000;

  private final double[] cumulative;
  private final double[] estimates;
  private final double epsilon;
  private final int power;

  /**
   * @param estimates d̃_i ≥ 0. Kept
   * @param epsilon in [0, 1)
   * @param power p, 1 or 2
   * @throws IllegalArgumentException if a number is out of range, or all estimates are 0
   */
  public ExactSampling(double[] estimates, double epsilon, int power) {
    if (!(epsilon >= 0 && epsilon < 1) || power < 1 || power > 2) {
      throw new IllegalArgumentException("ε " + epsilon + ", power " + power);
    }
    this.estimates = estimates;
    this.epsilon = epsilon;
    this.power = power;
    this.cumulative = new double[estimates.length];
    double sum = 0;
    for (int i = 0; i < estimates.length; i++) {
      if (!(estimates[i] >= 0 && estimates[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("estimate " + i + ": " + estimates[i]);
      }
      sum += power(estimates[i]);
      cumulative[i] = sum;
    }
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("estimates that add up to " + sum);
    }
  }

  private double power(double x) {
    return power == 1 ? x : x * x;
  }

  /**
   * Draws an index.
   *
   * @param exact d_i
   * @param even even numbers in [0, 1)
   * @throws IllegalStateException if an estimate is not within 1 ± ε of the exact distance, so that
   *     the law would not hold
   */
  public int draw(IntToDoubleFunction exact, DoubleSupplier even) {
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
      int i = place(even.getAsDouble() * cumulative[cumulative.length - 1]);
      double share = (1 - epsilon) * exact.applyAsDouble(i) / estimates[i];
      if (share > 1 + 1e-9) {
        throw new IllegalStateException(
            "the distance of " + i + " is estimated by less than 1 - ε of it");
      }
      if (even.getAsDouble() < power(share)) {
        return i;
      }
    }
    throw new IllegalStateException("no index accepted in " + MOST_TRIALS + " trials");
  }

  /** The first index whose sum is above. */
  private int place(double at) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
