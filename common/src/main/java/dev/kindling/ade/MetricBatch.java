package dev.kindling.ade;

import dev.kindling.Words;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Changes of rank one that are followed at once: U' = U + Σ wⱼuⱼᵀ = U + WVᵀ.
 *
 * <p>Features in which all uⱼ are 0 and rows in which all wⱼ are 0 are left out where most are: a
 * change of one row of U is then next to nothing. Memory: 8b(d + k) bytes at most.
 */
public final class MetricBatch implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Leaving out pays where at most one in so many counts. */
  private static final int SPARSE = 4;

  private final int k;
  private final int d;
  private final double bound;

  /** Which rows of U change, and W in them; null: all. */
  private final int[] rows;

  private final Matrix w;

  /** Which features count, and V in them; null: all. */
  private final int[] features;

  private final Matrix v;

  private MetricBatch(int k, int d, double bound, int[] rows, Matrix w, int[] features, Matrix v) {
    this.k = k;
    this.d = d;
    this.bound = bound;
    this.rows = rows;
    this.w = w;
    this.features = features;
    this.v = v;
  }

  /**
   * @param changes at least one, for a U of k×d. Not modified, copied
   * @throws IllegalArgumentException if one is of another shape, or holds what is not finite
   */
  public static MetricBatch of(int k, int d, List<RankOne> changes) {
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("no changes");
    }
    double bound = 0;
    for (RankOne change : changes) {
      if (change.w().length != k || change.u().length != d) {
        throw new IllegalArgumentException(
            Words.of(
                "w of %s and u of %s for U of %s×%s", change.w().length, change.u().length, k, d));
      }
      bound += Blas.nrm2(change.w()) * Blas.nrm2(change.u());
    }
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException("a change of U that is not finite");
    }
    int[] rows = counting(changes.stream().map(RankOne::w).toList(), k);
    int[] features = counting(changes.stream().map(RankOne::u).toList(), d);
    return new MetricBatch(
        k,
        d,
        bound,
        rows,
        columns(changes.stream().map(RankOne::w).toList(), rows),
        features,
        columns(changes.stream().map(RankOne::u).toList(), features));
  }

  /** Where any is not 0; null if that is in many places. */
  private static int[] counting(List<double[]> vectors, int length) {
    int[] where =
        IntStream.range(0, length).filter(i -> vectors.stream().anyMatch(v -> v[i] != 0)).toArray();
    return (long) where.length * SPARSE > length ? null : where;
  }

  private static Matrix columns(List<double[]> vectors, int[] where) {
    int length = where == null ? vectors.get(0).length : where.length;
    Matrix columns = Matrix.zeros(length, vectors.size());
    for (int j = 0; j < vectors.size(); j++) {
      for (int i = 0; i < length; i++) {
        columns.set(i, j, vectors.get(j)[where == null ? i : where[i]]);
      }
    }
    return columns;
  }

  /** b. */
  public int rank() {
    return w.cols();
  }

  /** Σ |wⱼ||uⱼ|, which ‖WVᵀ‖ is at most. */
  public double bound() {
    return bound;
  }

  /** Of its numbers. */
  public long bytes() {
    return 8L * (w.values().length + v.values().length);
  }

  /**
   * @param factor U, k×d. Modified: becomes U'
   * @throws IllegalArgumentException if its shape is another
   */
  public void addTo(Matrix factor) {
    if (factor.rows() != k || factor.cols() != d) {
      throw new IllegalArgumentException(factor.shape() + " instead of " + k + "×" + d);
    }
    if (rows == null && features == null) {
      Blas.gemm(false, true, 1, w, v, 1, factor);
      return;
    }
    Matrix change = Matrix.zeros(w.rows(), v.rows());
    Blas.gemm(false, true, 1, w, v, 0, change);
    for (int j = 0; j < v.rows(); j++) {
      int column = (features == null ? j : features[j]) * k;
      for (int i = 0; i < w.rows(); i++) {
        factor.values()[column + (rows == null ? i : rows[i])] += change.get(i, j);
      }
    }
  }

  /** Which rows of U change; null: all. Not to be modified. */
  int[] rows() {
    return rows;
  }

  /** W in those rows, times C: of points' images what changes. */
  Matrix w() {
    return w;
  }

  /** Room for {@link #products} of so many points. */
  double[] room(int points) {
    return new double[(features == null ? 0 : features.length * points) + rank() * points];
  }

  /**
   * C = VᵀX of some points, b×n, into the first b·n places of the room.
   *
   * @param points X, d×n. Not modified
   * @param from the first of them
   * @param count n
   * @param c of {@link #room}. Overwritten
   */
  void products(Matrix points, int from, int count, double[] c) {
    int b = rank();
    double[] x = points.values();
    int at = from * d;
    int length = d;
    if (features != null) {
      at = b * count;
      length = features.length;
      for (int i = 0, to = at; i < count; i++) {
        int point = (from + i) * d;
        for (int feature : features) {
          c[to++] = x[point + feature];
        }
      }
      x = c;
    }
    Blas.gemm(
        true,
        false,
        b,
        count,
        length,
        1,
        v.values(),
        0,
        Math.max(1, length),
        x,
        at,
        Math.max(1, length),
        0,
        c,
        0,
        b);
  }
}
