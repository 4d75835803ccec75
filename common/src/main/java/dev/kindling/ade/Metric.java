package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.block.ArrayIo;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Cholesky;
import dev.kindling.linalg.FactorisationException;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Svd;
import dev.kindling.linalg.SymmetricEigen;
import dev.kindling.linalg.TriangularInverse;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A Mahalanobis metric d(x, y) = |U(x − y)| with A = UᵀU positive semidefinite, by its factor U,
 * k×d. Points with d(x, y) = 0 need not be equal.
 *
 * <p>Never changes. 8kd bytes, or 8d where U is {@link #diagonal}. A matrix is taken as what the
 * caller says it is, a {@link #precision} or a {@link #covariance}; the two are never told apart by
 * their entries.
 */
public final class Metric implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double PSD_TOLERANCE = 1e-10;

  /** Null where U is diagonal. */
  private final Matrix u;

  /** Of U; null where it has other entries. */
  private final double[] diagonal;

  private Metric(Matrix u) {
    this.u = u;
    this.diagonal = null;
  }

  private Metric(double[] diagonal) {
    this.u = null;
    this.diagonal = diagonal;
  }

  /** The Euclidean metric. */
  public static Metric identity(int dimension) {
    double[] ones = new double[dimension];
    Arrays.fill(ones, 1);
    return new Metric(ones);
  }

  /**
   * The metric of a diagonal A: squared differences, each with a weight. 8d bytes, and images cost
   * d products.
   *
   * @param a its diagonal. Not modified
   * @throws BadInput naming the first weight that is negative or not finite
   */
  public static Metric diagonal(double[] a) {
    double[] roots = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      if (!(a[j] >= 0 && a[j] < Double.POSITIVE_INFINITY)) {
        throw BadInput.of(
            "the diagonal has %s in place %s, counted from 0; weights are finite and not negative",
            a[j], j);
      }
      roots[j] = Math.sqrt(a[j]);
    }
    return new Metric(roots);
  }

  /**
   * The metric of U.
   *
   * @param u k×d. Not modified, copied
   * @throws BadInput naming the first entry that is not finite
   */
  public static Metric factor(Matrix u) {
    requireFinite("U", u);
    return new Metric(u.copy());
  }

  /**
   * The metric of a diagonal U.
   *
   * @param diagonal of U. Not modified, copied
   * @throws BadInput naming the first entry that is not finite
   */
  public static Metric factor(double[] diagonal) {
    requireFinite("U's diagonal", Matrix.of(diagonal.length, 1, diagonal));
    return new Metric(diagonal.clone());
  }

  /**
   * The metric of A. U = Lᵀ of the Cholesky factorisation A = LLᵀ; where that breaks down, Λ^½Vᵀ of
   * the eigenvalues above rounding, so that U has as many rows as A has rank.
   *
   * @param a d×d, symmetric to 1e-10 of its largest entry. Not modified
   * @throws BadInput if it is not symmetric, or its smallest eigenvalue, which the message names,
   *     is below −1e-10 of the largest
   */
  public static Metric precision(Matrix a) {
    Matrix even = symmetric("the matrix", a);
    try {
      return new Metric(Cholesky.of(even).l().transpose());
    } catch (FactorisationException notDefinite) {
      return new Metric(root(SymmetricEigen.of(even)));
    }
  }

  /**
   * The metric of C⁻¹; U = L⁻¹ of the Cholesky factorisation C = LLᵀ.
   *
   * @param c d×d, symmetric to 1e-10 of its largest entry. Not modified
   * @throws BadInput if it is not symmetric, or its correlations are singular to rounding, so that
   *     the units of columns do not matter; the message names their smallest eigenvalue
   */
  public static Metric covariance(Matrix c) {
    Matrix even = symmetric("the covariance", c);
    double[] lambda = SymmetricEigen.of(correlations(even)).values();
    if (lambda.length > 0) {
      double smallest = lambda[0];
      double largest = lambda[lambda.length - 1];
      if (!(smallest > lambda.length * Math.ulp(1.0) * largest)) {
        throw BadInput.of(
            "the covariance is singular: smallest eigenvalue %s of %s, largest %s, in units of the standard deviations; leave out columns that do not vary or follow from others, or shrink it: ledoit-wolf",
            smallest, lambda.length, largest);
      }
    }
    Matrix factor = Cholesky.of(even).l();
    TriangularInverse.of(factor);
    return new Metric(factor);
  }

  /** d, the length of the points. */
  public int dimension() {
    return u == null ? diagonal.length : u.cols();
  }

  /** k, the length of the images Ux. */
  public int rows() {
    return u == null ? diagonal.length : u.rows();
  }

  /** Whether U is kept as its diagonal alone. */
  public boolean isDiagonal() {
    return u == null;
  }

  /**
   * The diagonal of U, whose squares are that of A; a copy.
   *
   * @throws IllegalStateException if U is not kept so
   */
  public double[] diagonal() {
    if (u != null) {
      throw new IllegalStateException("U is a matrix of " + u.shape());
    }
    return diagonal.clone();
  }

  /** The rank of A: U's singular values above max(k, d)·ε of the largest. O(kd·min(k, d)). */
  public int rank() {
    if (u == null) {
      return (int) Arrays.stream(diagonal).filter(root -> root != 0).count();
    }
    if (u.values().length == 0) {
      return 0;
    }
    double[] s = Svd.of(u).values();
    double least = Math.max(u.rows(), u.cols()) * Math.ulp(1.0) * s[0];
    int rank = 0;
    while (rank < s.length && s[rank] > least) {
      rank++;
    }
    return rank;
  }

  /** U, k×d; a copy. */
  public Matrix factor() {
    return u == null ? Matrix.diagonal(diagonal) : u.copy();
  }

  /** A = UᵀU, d×d, new. */
  public Matrix matrix() {
    if (u == null) {
      return Matrix.diagonal(Arrays.stream(diagonal).map(root -> root * root).toArray());
    }
    Matrix a = Matrix.zeros(u.cols(), u.cols());
    Blas.syrk(true, 1, u, 0, a);
    return a;
  }

  /**
   * |U(x − y)|. The difference is taken first: far from the origin nothing is lost.
   *
   * @param x d numbers. Not modified
   * @param y d numbers. Not modified
   * @throws IllegalArgumentException if a length is not d
   */
  public double distance(double[] x, double[] y) {
    return Math.sqrt(squared(x, y));
  }

  /**
   * |U(x − y)|².
   *
   * @param x d numbers. Not modified
   * @param y d numbers. Not modified
   * @throws IllegalArgumentException if a length is not d
   */
  public double squared(double[] x, double[] y) {
    if (x.length != dimension() || y.length != dimension()) {
      throw new IllegalArgumentException(
          "points of " + x.length + " and " + y.length + " numbers in a metric of " + dimension());
    }
    double[] v = new double[x.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = x[i] - y[i];
    }
    double[] image = apply(v);
    return Blas.dot(image, image);
  }

  /**
   * Ux, new.
   *
   * @param x d numbers. Not modified
   * @throws IllegalArgumentException if its length is not d
   */
  public double[] apply(double[] x) {
    if (u == null) {
      return scaled(Matrix.of(x.length, 1, x.clone())).values();
    }
    double[] image = new double[u.rows()];
    Blas.gemv(false, 1, u, x, 0, image);
    return image;
  }

  /**
   * UX, k×n, new, by one matrix product.
   *
   * @param points d×n: a point is a column, so points lie one after the other. Not modified
   * @throws IllegalArgumentException if it has not d rows
   */
  public Matrix apply(Matrix points) {
    return u == null ? scaled(points.copy()) : Blas.times(u, points);
  }

  /**
   * U(x − o) of each point, k×n, new. The difference is taken first: where points are near o, far
   * from zero, nothing is lost.
   *
   * @param points d×n, a point a column. Not modified
   * @param origin o, d numbers. Not modified
   * @throws IllegalArgumentException if a length is not d
   */
  public Matrix apply(Matrix points, double[] origin) {
    Matrix differences = Differences.from(origin, points);
    return u == null ? scaled(differences) : Blas.times(u, differences);
  }

  private Matrix scaled(Matrix points) {
    int d = diagonal.length;
    if (points.rows() != d) {
      throw new IllegalArgumentException("points of " + points.shape() + " in a metric of " + d);
    }
    double[] values = points.values();
    for (int i = 0; i < values.length; i += d) {
      for (int j = 0; j < d; j++) {
        values[i + j] *= diagonal[j];
      }
    }
    return points;
  }

  /** Uᵀw, new. */
  double[] transposed(double[] w) {
    if (u == null) {
      return apply(w);
    }
    double[] x = new double[u.cols()];
    Blas.gemv(true, 1, u, w, 0, x);
    return x;
  }

  /**
   * The metric of U + w·uᵀ; 8kd bytes more.
   *
   * @throws IllegalArgumentException if the change is of another shape
   */
  public Metric plus(RankOne change) {
    Matrix changed = factor();
    change.addTo(changed);
    return new Metric(changed);
  }

  /** Writes whether U is diagonal, k, d and U by columns, or its diagonal. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(u == null);
    if (u == null) {
      out.writeInt(diagonal.length);
      out.writeInt(diagonal.length);
      ArrayIo.writeDoubles(out, diagonal);
      return;
    }
    out.writeInt(u.rows());
    out.writeInt(u.cols());
    ArrayIo.writeDoubles(out, u.values());
  }

  /**
   * Reads what {@link #write} wrote, bit for bit.
   *
   * @param dimension the d that is expected
   * @param mostRows the largest k that may be
   * @throws IOException if the file says another d or a larger k, ends early or holds a number that
   *     is not finite; nothing is allocated before the sides are checked
   */
  public static Metric read(DataInput in, int dimension, int mostRows) throws IOException {
    boolean isDiagonal = in.readBoolean();
    int k = in.readInt();
    ArrayIo.check(k >= 0 && k <= mostRows, "rows of a metric", k);
    int d = in.readInt();
    ArrayIo.check(d == dimension, "dimension of a metric", d);
    ArrayIo.check(!isDiagonal || k == d, "rows of a diagonal metric", k);
    long size = isDiagonal ? d : (long) k * d;
    ArrayIo.check(size <= Integer.MAX_VALUE - 8, "entries of a metric", size);
    double[] values = ArrayIo.readDoubles(in, (int) size);
    ArrayIo.check(values.length == size, "entries of a metric", values.length);
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IOException("a damaged file: a metric with an entry " + value);
      }
    }
    return isDiagonal ? new Metric(values) : new Metric(Matrix.of(k, d, values));
  }

  /** A covariance in units of the standard deviations; a variance of 0 or less stays as it is. */
  private static Matrix correlations(Matrix c) {
    int d = c.rows();
    double[] units = new double[d];
    for (int i = 0; i < d; i++) {
      units[i] = c.get(i, i) > 0 ? Math.sqrt(c.get(i, i)) : 1;
    }
    Matrix scaled = Matrix.zeros(d, d);
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < d; i++) {
        scaled.set(i, j, c.get(i, j) / (units[i] * units[j]));
      }
    }
    return scaled;
  }

  /** Λ^½Vᵀ without what is zero up to rounding. */
  private static Matrix root(SymmetricEigen eigen) {
    double[] lambda = eigen.values();
    int d = lambda.length;
    double largest = Math.max(0, lambda[d - 1]);
    if (lambda[0] < -PSD_TOLERANCE * largest) {
      throw BadInput.of(
          "the matrix is not positive semidefinite: smallest eigenvalue %s; a metric has none below zero: give another matrix, or set those to zero",
          lambda[0]);
    }
    int zeros = 0;
    while (zeros < d && lambda[zeros] <= d * Math.ulp(1.0) * largest) {
      zeros++;
    }
    Matrix u = Matrix.zeros(d - zeros, d);
    for (int i = 0; i < u.rows(); i++) {
      double scale = Math.sqrt(lambda[zeros + i]);
      for (int j = 0; j < d; j++) {
        u.set(i, j, scale * eigen.vectors().get(j, zeros + i));
      }
    }
    return u;
  }

  /** The symmetric part of what is symmetric up to rounding. */
  private static Matrix symmetric(String what, Matrix a) {
    if (a.rows() != a.cols()) {
      throw new BadInput(what + " is " + a.shape() + "; it must be square");
    }
    requireFinite(what, a);
    double largest = 0;
    for (double value : a.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    int d = a.rows();
    Matrix even = a.copy();
    for (int j = 0; j < d; j++) {
      for (int i = j + 1; i < d; i++) {
        double lower = a.get(i, j);
        double upper = a.get(j, i);
        if (Math.abs(lower - upper) > 1e-10 * largest) {
          throw new BadInput(
              what
                  + (" is not symmetric: (" + i + ", " + j + ") is " + lower)
                  + (", (" + j + ", " + i + ") is " + upper + ", counted from 0"));
        }
        double mean = lower + (upper - lower) / 2;
        even.set(i, j, mean);
        even.set(j, i, mean);
      }
    }
    return even;
  }

  private static void requireFinite(String what, Matrix a) {
    double[] values = a.values();
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw new BadInput(
            what
                + (" has " + values[k] + " in row " + k % a.rows())
                + (", column " + k / a.rows() + ", counted from 0"));
      }
    }
  }
}
