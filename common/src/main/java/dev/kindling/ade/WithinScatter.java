package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scatter of points about the means of their classes, or chunklets, in one pass and merged over
 * blocks: W = Σ(x − mean of x's class)(…)ᵀ, with the count and the mean of each class. A class may
 * lie in many blocks.
 *
 * <p>The order of merging decides the last bits: merge along a {@link
 * dev.kindling.block.FixedTree}. 8(d² + C(2d + 4)) bytes for C classes; a block of n points costs
 * nd² flops and a copy of itself, a merge Cd².
 */
public final class WithinScatter implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Count and mean of one class. */
  private static final class Centre implements Serializable {
    private static final long serialVersionUID = 1L;

    private long count;
    private final double[] mean;
    private final Varying varying;

    Centre(int dimension) {
      mean = new double[dimension];
      varying = new Varying(dimension);
    }
  }

  private final int dimension;
  private long count;
  private final Matrix squares;
  private final TreeMap<Integer, Centre> centres = new TreeMap<>();

  /** Of no points. */
  public WithinScatter(int dimension) {
    this.dimension = dimension;
    this.squares = Matrix.zeros(dimension, dimension);
  }

  /**
   * Of one block.
   *
   * @param points d×n, one point a column. Not modified
   * @param labels n class numbers; a negative one is of no class, and its point does not count. Not
   *     modified
   * @throws IllegalArgumentException if there are not as many labels as points
   */
  public static WithinScatter of(Matrix points, int[] labels) {
    if (labels.length != points.cols()) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + points.cols() + " points");
    }
    int d = points.rows();
    WithinScatter within = new WithinScatter(d);
    double[] x = points.values();
    Centre[] own = new Centre[labels.length];
    for (int j = 0; j < labels.length; j++) {
      if (labels[j] >= 0) {
        Centre centre = within.centres.computeIfAbsent(labels[j], label -> new Centre(d));
        for (int i = 0; i < d; i++) {
          centre.mean[i] += x[i + j * d];
        }
        centre.varying.add(x, j * d);
        centre.count++;
        within.count++;
        own[j] = centre;
      }
    }
    for (Centre centre : within.centres.values()) {
      for (int i = 0; i < d; i++) {
        centre.mean[i] /= centre.count;
      }
    }
    Matrix centred = Matrix.zeros(d, labels.length);
    for (int j = 0; j < labels.length; j++) {
      for (int i = 0; own[j] != null && i < d; i++) {
        centred.values()[i + j * d] = x[i + j * d] - own[j].mean[i];
      }
    }
    Blas.syrk(false, 1, centred, 0, within.squares);
    return within;
  }

  /**
   * Adds the points of another, and returns this.
   *
   * @param other not modified
   * @throws IllegalArgumentException if it is of another dimension
   */
  public WithinScatter merge(WithinScatter other) {
    if (other.dimension != dimension) {
      throw new IllegalArgumentException(
          "a scatter of " + other.dimension + " columns into one of " + dimension);
    }
    Matrix moves = Matrix.zeros(dimension, other.centres.size());
    int column = 0;
    for (Map.Entry<Integer, Centre> entry : other.centres.entrySet()) {
      Centre from = entry.getValue();
      Centre to = centres.computeIfAbsent(entry.getKey(), label -> new Centre(dimension));
      double share = (double) from.count / (to.count + from.count);
      double scale = Math.sqrt(share * to.count);
      for (int i = 0; i < dimension; i++) {
        double delta = from.mean[i] - to.mean[i];
        to.mean[i] += delta * share;
        moves.set(i, column, delta * scale);
      }
      to.varying.merge(from.varying);
      to.count += from.count;
      column++;
    }
    Blas.axpy(1, other.squares.values(), squares.values());
    Blas.syrk(false, 1, moves, 1, squares);
    count += other.count;
    return this;
  }

  /** Of the points that have a class. */
  public long count() {
    return count;
  }

  /** How many classes have a point. */
  public int classes() {
    return centres.size();
  }

  /**
   * W/n, d×d, new: the within-chunklet covariance of relevant component analysis; exactly 0 where a
   * column does not vary within any class.
   *
   * @throws BadInput if no class has two points
   */
  public Matrix covariance() {
    if (count <= centres.size()) {
      throw BadInput.of(
          "a within-class covariance of %s labelled rows in %s classes; one class needs two rows at least",
          count, centres.size());
    }
    Matrix covariance = squares.copy();
    Blas.scal(1.0 / count, covariance.values());
    Varying within = new Varying(dimension);
    centres.values().forEach(centre -> within.mark(centre.varying));
    within.clear(covariance);
    return covariance;
  }
}
