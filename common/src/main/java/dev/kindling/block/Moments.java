package dev.kindling.block;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Count, mean, variance, least and greatest value of some columns, from rows or from blocks of rows
 * (Chan, Golub and LeVeque 1983).
 *
 * <p>The order of additions decides the last bits: add rows in their order and merge along a {@link
 * FixedTree}. Memory: 32 bytes a column.
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private final double[] mean;
  private final double[] squares;
  private final double[] min;
  private final double[] max;

  public Moments(int columns) {
    mean = new double[columns];
    squares = new double[columns];
    min = new double[columns];
    max = new double[columns];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
  }

  /**
   * @param row holds a row from {@code from} on. Not modified
   */
  public void add(double[] row, int from) {
    count++;
    for (int j = 0; j < mean.length; j++) {
      double x = row[from + j];
      double delta = x - mean[j];
      mean[j] += delta / count;
      squares[j] += delta * (x - mean[j]);
      min[j] = Math.min(min[j], x);
      max[j] = Math.max(max[j], x);
    }
  }

  /** Adds the rows of another, which follow these, and returns this. */
  public Moments merge(Moments other) {
    if (other.count == 0) {
      return this;
    }
    double share = (double) other.count / (count + other.count);
    for (int j = 0; j < mean.length; j++) {
      double delta = other.mean[j] - mean[j];
      mean[j] += delta * share;
      squares[j] += other.squares[j] + delta * delta * share * count;
      min[j] = Math.min(min[j], other.min[j]);
      max[j] = Math.max(max[j], other.max[j]);
    }
    count += other.count;
    return this;
  }

  public long count() {
    return count;
  }

  public double mean(int column) {
    return mean[column];
  }

  /** The mean of every column; a copy. */
  public double[] means() {
    return mean.clone();
  }

  /** Of a sample: with n − 1 below. NaN for fewer than two rows. */
  public double standardDeviation(int column) {
    return count < 2 ? Double.NaN : Math.sqrt(squares[column] / (count - 1));
  }

  public double min(int column) {
    return min[column];
  }

  public double max(int column) {
    return max[column];
  }
}
