package dev.kindling.ade;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Points of which most numbers are 0, column by column: 12 bytes for each that is not.
 *
 * <p>Under a diagonal metric their images have the same places.
 */
public final class SparsePoints implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int dimension;
  private final int[] starts;
  private final int[] features;
  private final double[] values;

  private SparsePoints(int dimension, int[] starts, int[] features, double[] values) {
    this.dimension = dimension;
    this.starts = starts;
    this.features = features;
    this.values = values;
  }

  /** Takes points one after the other. */
  public static final class Builder {
    private final int dimension;
    private int[] starts = new int[17];
    private int[] features = new int[256];
    private double[] values = new double[256];
    private int count;
    private int size;

    /**
     * @param dimension d
     */
    public Builder(int dimension) {
      this.dimension = dimension;
    }

    /**
     * A number of the point that {@link #end} ends; zeros are left out.
     *
     * @param feature greater than that of the number before in this point
     * @throws IllegalArgumentException if it is not, or at least d
     */
    public void add(int feature, double value) {
      int before = size == starts[count] ? -1 : features[size - 1];
      if (feature <= before || feature >= dimension) {
        throw new IllegalArgumentException(
            "feature " + feature + " of " + dimension + " after " + before);
      }
      if (value == 0) {
        return;
      }
      if (size == features.length) {
        features = Arrays.copyOf(features, Math.multiplyExact(2, size));
        values = Arrays.copyOf(values, features.length);
      }
      features[size] = feature;
      values[size++] = value;
    }

    /** Ends a point. */
    public void end() {
      if (count + 2 > starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      starts[++count] = size;
    }

    public SparsePoints build() {
      return new SparsePoints(
          dimension,
          Arrays.copyOf(starts, count + 1),
          Arrays.copyOf(features, size),
          Arrays.copyOf(values, size));
    }
  }

  /** n. */
  public int count() {
    return starts.length - 1;
  }

  /** d. */
  public int dimension() {
    return dimension;
  }

  /** How many numbers are not 0. */
  public int size() {
    return features.length;
  }

  /** Points {@code from} to before {@code to}; new. */
  public SparsePoints range(int from, int to) {
    int[] some = new int[to - from + 1];
    for (int i = 0; i < some.length; i++) {
      some[i] = starts[from + i] - starts[from];
    }
    return new SparsePoints(
        dimension,
        some,
        Arrays.copyOfRange(features, starts[from], starts[to]),
        Arrays.copyOfRange(values, starts[from], starts[to]));
  }

  /**
   * The images under a diagonal metric; new.
   *
   * @throws IllegalArgumentException if the metric is not diagonal, or of another dimension
   */
  public SparsePoints under(Metric metric) {
    if (!metric.isDiagonal() || metric.dimension() != dimension) {
      throw new IllegalArgumentException("sparse points of " + dimension + " under " + metric);
    }
    double[] diagonal = metric.diagonal();
    double[] images = values.clone();
    for (int at = 0; at < images.length; at++) {
      images[at] *= diagonal[features[at]];
    }
    return new SparsePoints(dimension, starts, features, images);
  }

  int start(int point) {
    return starts[point];
  }

  int end(int point) {
    return starts[point + 1];
  }

  /** By place; ascending within a point. Not to be modified. */
  int[] features() {
    return features;
  }

  /** By place. Not to be modified. */
  double[] values() {
    return values;
  }

  /** |y|² of a point. */
  double norm(int point) {
    double sum = 0;
    for (int at = start(point); at < end(point); at++) {
      sum += values[at] * values[at];
    }
    return sum;
  }

  /** |y − z|² by differences, feature by feature in their order. */
  double squared(int point, SparsePoints others, int other) {
    int a = start(point);
    int b = others.start(other);
    int aEnd = end(point);
    int bEnd = others.end(other);
    double sum = 0;
    while (a < aEnd || b < bEnd) {
      int feature = a < aEnd ? features[a] : Integer.MAX_VALUE;
      int theirs = b < bEnd ? others.features[b] : Integer.MAX_VALUE;
      double difference =
          feature == theirs
              ? values[a] - others.values[b]
              : feature < theirs ? values[a] : others.values[b];
      a += feature <= theirs ? 1 : 0;
      b += theirs <= feature ? 1 : 0;
      sum += difference * difference;
    }
    return sum;
  }
}
