package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * What covariance estimates need of some points, in one pass and merged over blocks: with y = x −
 * mean, the count, the mean, the scatter matrix T = Σyyᵀ, and for the shrinkage of Ledoit and Wolf
 * t = Σ|y|²y and q = Σ|y|⁴.
 *
 * <p>Each block is centred by itself and sums are merged by moving both to the common mean (Chan,
 * Golub and LeVeque 1983, here up to the fourth power), so that nothing cancels far from the
 * origin. The order of merging decides the last bits: merge along a {@link
 * dev.kindling.block.FixedTree}. 8(d² + 3d + 2) bytes; a block costs nd² flops and a copy of
 * itself, a merge 5d².
 */
public final class Scatter implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private final double[] mean;
  private final Matrix squares;
  private final double[] cubes;
  private double fourths;
  private final Varying varying;

  /** Of no points. */
  public Scatter(int dimension) {
    mean = new double[dimension];
    squares = Matrix.zeros(dimension, dimension);
    cubes = new double[dimension];
    varying = new Varying(dimension);
  }

  /**
   * Of one block.
   *
   * @param points d×n: a point is a column, so points lie one after the other. Not modified
   */
  public static Scatter of(Matrix points) {
    int d = points.rows();
    int n = points.cols();
    Scatter scatter = new Scatter(d);
    if (n == 0) {
      return scatter;
    }
    scatter.count = n;
    double[] x = points.values();
    for (int j = 0, k = 0; j < n; j++) {
      for (int i = 0; i < d; i++, k++) {
        scatter.mean[i] += x[k];
      }
      scatter.varying.add(x, j * d);
    }
    for (int i = 0; i < d; i++) {
      scatter.mean[i] /= n;
    }
    Matrix centred = points.copy();
    double[] y = centred.values();
    double[] norms = new double[n];
    for (int j = 0, k = 0; j < n; j++) {
      double square = 0;
      for (int i = 0; i < d; i++, k++) {
        y[k] -= scatter.mean[i];
        square += y[k] * y[k];
      }
      norms[j] = square;
      scatter.fourths += square * square;
    }
    Blas.syrk(false, 1, centred, 0, scatter.squares);
    Blas.gemv(false, 1, centred, norms, 0, scatter.cubes);
    return scatter;
  }

  /**
   * Adds the points of another, and returns this.
   *
   * @param other not modified
   * @throws IllegalArgumentException if it is of another dimension
   */
  public Scatter merge(Scatter other) {
    int d = mean.length;
    if (other.mean.length != d) {
      throw new IllegalArgumentException(
          "a scatter of " + other.mean.length + " columns into one of " + d);
    }
    if (other.count == 0) {
      return this;
    }
    double all = (double) count + other.count;
    double[] delta = new double[d];
    for (int i = 0; i < d; i++) {
      delta[i] = other.mean[i] - mean[i];
    }
    double[] here = moved(delta, other.count / all);
    double[] there = other.moved(delta, -count / all);
    fourths = here[d] + there[d];
    for (int i = 0; i < d; i++) {
      cubes[i] = here[i] + there[i];
      mean[i] += delta[i] * (other.count / all);
    }
    Blas.axpy(1, other.squares.values(), squares.values());
    Blas.syrk(false, count / all * other.count, Matrix.of(d, 1, delta), 1, squares);
    varying.merge(other.varying);
    count += other.count;
    return this;
  }

  /**
   * t and q about mean + δ, δ = share·delta: t − δ tr T − 2Tδ − n|δ|²δ and q − 4δᵀt + 4δᵀTδ + 2|δ|²
   * tr T + n|δ|⁴.
   *
   * @return d + 1 numbers: t, then q
   */
  private double[] moved(double[] delta, double share) {
    int d = delta.length;
    double[] shift = delta.clone();
    Blas.scal(share, shift);
    double[] product = new double[d];
    Blas.gemv(false, 1, squares, shift, 0, product);
    double trace = trace();
    double square = Blas.dot(shift, shift);
    double[] moved = new double[d + 1];
    for (int i = 0; i < d; i++) {
      moved[i] = cubes[i] - shift[i] * trace - 2 * product[i] - count * square * shift[i];
    }
    moved[d] =
        fourths
            - 4 * Blas.dot(shift, cubes)
            + 4 * Blas.dot(shift, product)
            + 2 * square * trace
            + count * square * square;
    return moved;
  }

  public long count() {
    return count;
  }

  /** The mean, d numbers; a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** The columns that have more than one value, ascending, counted from 0; new. */
  public int[] varying() {
    return IntStream.range(0, mean.length).filter(varying::varies).toArray();
  }

  /**
   * The unbiased covariance T/(n − 1), d×d, new; exactly 0 where a column does not vary.
   *
   * @throws BadInput for fewer than two points
   */
  public Matrix sample() {
    requireTwo();
    Matrix sample = scaled(1.0 / (count - 1));
    varying.clear(sample);
    return sample;
  }

  /**
   * A covariance S shrunk towards a multiple of the identity.
   *
   * @param covariance ρ·μI + (1 − ρ)S, d×d
   * @param shrinkage ρ, from 0 to 1
   */
  public record Shrunk(Matrix covariance, double shrinkage) {}

  /**
   * The estimate of Ledoit and Wolf 2004 (lemma 3.2 to 3.5), positive definite also for n &lt; d
   * unless all points are equal.
   *
   * <p>S = T/n, μ = tr S/d, δ² = |S − μI|²/d and β² = min(δ², Σ|yyᵀ − S|²/(n²d)), Frobenius norms;
   * ρ = β²/δ². The sum is q − n|S|², since Σ yᵀSy = n|S|²: no second pass over the points. O(d²).
   *
   * @throws BadInput for fewer than two points
   */
  public Shrunk ledoitWolf() {
    requireTwo();
    int d = mean.length;
    Matrix shrunk = scaled(1.0 / count);
    double[] s = shrunk.values();
    double mu = trace() / count / d;
    double norm = 0;
    double distance = 0;
    for (int j = 0, k = 0; j < d; j++) {
      for (int i = 0; i < d; i++, k++) {
        double off = i == j ? s[k] - mu : s[k];
        norm += s[k] * s[k];
        distance += off * off;
      }
    }
    double spread = Math.max(0, (fourths / count - norm) / count);
    double rho = distance > spread ? spread / distance : 1; // 1 too where S is μI already
    for (int k = 0; k < s.length; k++) {
      s[k] *= 1 - rho;
    }
    for (int i = 0; i < d; i++) {
      s[i + i * d] += rho * mu;
    }
    return new Shrunk(shrunk, rho);
  }

  private Matrix scaled(double factor) {
    Matrix scaled = squares.copy();
    Blas.scal(factor, scaled.values());
    return scaled;
  }

  private double trace() {
    double trace = 0;
    for (int i = 0; i < mean.length; i++) {
      trace += squares.get(i, i);
    }
    return trace;
  }

  private void requireTwo() {
    if (count < 2) {
      throw new BadInput("a covariance of " + count + " rows; it needs two at least");
    }
  }
}
