package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Cholesky;
import dev.kindling.linalg.FactorisationException;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.TriangularInverse;
import dev.kindling.sketch.ChiSquare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The minimum covariance determinant by FAST-MCD (Rousseeuw and Van Driessen 1999): of all subsets
 * of h = ⌊(n+d+1)/2⌋ points that with the covariance of least determinant. From random starts of d
 * + 1 points two C-steps each, the best ten to convergence; a C-step goes to the h points nearest
 * to the current estimate and never raises the determinant (theorem 1).
 *
 * <p>The raw scatter is made consistent for normal points by α/F_{d+2}(χ²_{d,α}), α = h/n (Croux
 * and Haesbroeck 1999; no correction for small samples), then points within χ²_{d,.975} are
 * averaged anew, with the same factor at α = .975. Points are compared in units of each column's
 * median absolute deviation, which changes nothing but rounding.
 *
 * <p>In memory: the points twice. Time: 2·starts·nd² flops, and as many sorts of n numbers; without
 * the paper's nested subsamples for large n.
 */
public final class FastMcd {
  private static final int CHUNK = 1024;

  /** A pivot below this share of its column's variance is zero. */
  private static final double SINGULAR = 1e-12;

  private static final double FALL = 1e-12;
  private static final double QUANTILE = 0.975;

  /**
   * @param starts random starts, at least 1
   * @param best of them to run to convergence, at least 1
   */
  public record Settings(int starts, int best) {
    public static final Settings DEFAULT = new Settings(500, 10);

    public Settings {
      if (starts < 1 || best < 1) {
        throw BadInput.of("MCD: %s starts and the best %s of them; both must be ≥ 1", starts, best);
      }
    }
  }

  /**
   * Mean and covariance of some points.
   *
   * @param inverse L⁻¹ of the covariance LLᵀ
   */
  record Estimate(double[] mean, Matrix covariance, Matrix inverse, double logDeterminant) {}

  private final int[] columns;
  private final int d;
  private final int n;
  private final int h;
  private final double[] median;
  private final double[] deviation;

  /** The points, centred and scaled. */
  private final Matrix z;

  private final double[] sorted;
  private final Matrix centred;
  private final Matrix images;

  /**
   * @param points one point a column. Not modified
   * @param columns d of their numbers to take, counted from 0. Kept
   */
  FastMcd(Matrix points, int[] columns) {
    this.columns = columns;
    d = columns.length;
    n = points.cols();
    if (d < 1 || n <= 2 * d) {
      throw BadInput.of(
          "MCD of %s rows and %s columns; it needs more than twice as many rows", n, d);
    }
    h = (n + d + 1) / 2;
    median = new double[d];
    deviation = new double[d];
    sorted = new double[n];
    z = Matrix.zeros(d, n);
    for (int j = 0, k = 0; j < n; j++) {
      for (int i = 0; i < d; i++, k++) {
        z.values()[k] = points.get(columns[i], j);
      }
    }
    standardize();
    centred = Matrix.zeros(d, Math.min(CHUNK, n));
    images = Matrix.zeros(d, Math.min(CHUNK, n));
  }

  /**
   * @param points d×n, one point a column. Not modified
   * @param seed of the random starts; the same seed gives the same result
   * @throws BadInput for 2d rows or fewer, a value that is not finite, or h points on a hyperplane:
   *     then no covariance of least determinant can be inverted
   */
  public static RobustCovariance fit(Matrix points, Settings settings, long seed) {
    return fit(points, IntStream.range(0, points.rows()).toArray(), settings, seed);
  }

  /**
   * Of some columns alone.
   *
   * @param columns of the points' numbers, d of them, counted from 0. Not modified
   * @throws BadInput as {@link #fit(Matrix, Settings, long)} does
   */
  public static RobustCovariance fit(Matrix points, int[] columns, Settings settings, long seed) {
    return new FastMcd(points, columns).fit(settings, seed);
  }

  private RobustCovariance fit(Settings settings, long seed) {
    double[] squares = new double[n];
    int[] subset = new int[n];
    List<Estimate> starts = new ArrayList<>();
    for (int s = 0; s < settings.starts(); s++) {
      Estimate estimate = start(RowKeys.key(seed, s), subset);
      for (int step = 0; step < 2; step++) {
        estimate = step(estimate, squares, subset);
      }
      starts.add(estimate);
      if (starts.size() >= 2 * settings.best()) {
        keep(starts, settings.best());
      }
    }
    keep(starts, settings.best());
    Estimate least = null;
    for (Estimate start : starts) {
      Estimate end = converged(start, squares, subset);
      if (least == null || end.logDeterminant() < least.logDeterminant()) {
        least = end;
      }
    }
    return reweighted(least, squares, subset);
  }

  /** Stable: equal determinants stay in the order of their starts. */
  private static void keep(List<Estimate> starts, int best) {
    starts.sort(Comparator.comparingDouble(Estimate::logDeterminant));
    if (starts.size() > best) {
      starts.subList(best, starts.size()).clear();
    }
  }

  /** d + 1 random points, and more of them while they lie on a hyperplane. */
  Estimate start(long key, int[] subset) {
    boolean[] taken = new boolean[n];
    int count = 0;
    for (long draw = 0; count < n; draw++) {
      int point = (int) (RowKeys.even(key, draw) * n);
      if (taken[point]) {
        continue;
      }
      taken[point] = true;
      subset[count++] = point;
      if (count > d) {
        Optional<Estimate> estimate = estimate(subset, count);
        if (estimate.isPresent()) {
          return estimate.get();
        }
      }
    }
    throw BadInput.of(
        "MCD: all %s rows lie on a hyperplane; leave out a column that follows from others", n);
  }

  /**
   * One C-step.
   *
   * @param squares n numbers. Modified
   * @param subset n numbers. Modified: the first h are the points of the new estimate, ascending
   */
  Estimate step(Estimate estimate, double[] squares, int[] subset) {
    nearest(estimate, squares, subset);
    return estimate(subset, h)
        .orElseThrow(
            () ->
                BadInput.of(
                    "MCD: %s of %s rows lie on a hyperplane; leave out a column that is nearly constant or follows from others",
                    h, n));
  }

  private Estimate converged(Estimate start, double[] squares, int[] subset) {
    Estimate current = start;
    while (true) {
      Estimate next = step(current, squares, subset);
      if (!(next.logDeterminant() < current.logDeterminant() - FALL)) {
        return current;
      }
      current = next;
    }
  }

  private RobustCovariance reweighted(Estimate raw, double[] squares, int[] subset) {
    nearest(raw, squares, subset);
    int[] support = Arrays.copyOf(subset, h);
    double cutOff = ChiSquare.quantile(QUANTILE, d);
    double scale = consistency((double) h / n);
    int count = 0;
    for (int j = 0; j < n; j++) {
      if (squares[j] <= scale * cutOff) {
        subset[count++] = j;
      }
    }
    Estimate weighted = estimate(subset, count).orElseThrow(); // most of the support is in it
    double factor = consistency(QUANTILE) * count / (count - 1.0);
    distances(weighted, squares);
    for (int j = 0; j < n; j++) {
      squares[j] /= factor;
    }
    double[] location = new double[d];
    Matrix scatter = Matrix.zeros(d, d);
    double logDeterminant = raw.logDeterminant();
    for (int j = 0; j < d; j++) {
      location[j] = median[j] + deviation[j] * weighted.mean()[j];
      logDeterminant += 2 * Math.log(deviation[j]);
      for (int i = 0; i < d; i++) {
        double unit = factor * deviation[i] * deviation[j];
        scatter.set(i, j, unit * weighted.covariance().get(i, j));
      }
    }
    return new RobustCovariance(location, scatter, squares, cutOff, support, logDeterminant);
  }

  private double consistency(double alpha) {
    return alpha / ChiSquare.cdf(ChiSquare.quantile(alpha, d), d + 2);
  }

  /** Nothing if the points lie on a hyperplane. */
  private Optional<Estimate> estimate(int[] subset, int count) {
    Matrix some = Matrix.zeros(d, count);
    double[] y = some.values();
    double[] mean = new double[d];
    for (int j = 0; j < count; j++) {
      System.arraycopy(z.values(), subset[j] * d, y, j * d, d);
      for (int i = 0; i < d; i++) {
        mean[i] += y[i + j * d];
      }
    }
    for (int i = 0; i < d; i++) {
      mean[i] /= count;
    }
    for (int j = 0, k = 0; j < count; j++) {
      for (int i = 0; i < d; i++, k++) {
        y[k] -= mean[i];
      }
    }
    Matrix covariance = Matrix.zeros(d, d);
    Blas.syrk(false, 1.0 / count, some, 0, covariance);
    Cholesky cholesky;
    try {
      cholesky = Cholesky.of(covariance);
    } catch (FactorisationException singular) {
      return Optional.empty();
    }
    Matrix inverse = cholesky.l();
    for (int i = 0; i < d; i++) {
      double pivot = inverse.get(i, i) * inverse.get(i, i);
      if (pivot <= SINGULAR * covariance.get(i, i) || pivot <= SINGULAR * SINGULAR) {
        return Optional.empty();
      }
    }
    double logDeterminant = cholesky.logDeterminant();
    TriangularInverse.of(inverse);
    return Optional.of(new Estimate(mean, covariance, inverse, logDeterminant));
  }

  /** The h points nearest to an estimate; of equally far ones, the first. */
  private void nearest(Estimate estimate, double[] squares, int[] subset) {
    distances(estimate, squares);
    System.arraycopy(squares, 0, sorted, 0, n);
    Arrays.sort(sorted);
    double last = sorted[h - 1];
    int ties = h;
    for (int j = 0; j < h && sorted[j] < last; j++) {
      ties--;
    }
    int count = 0;
    for (int j = 0; count < h; j++) {
      if (squares[j] < last || (squares[j] == last && ties-- > 0)) {
        subset[count++] = j;
      }
    }
  }

  private void distances(Estimate estimate, double[] squares) {
    double[] y = centred.values();
    double[] image = images.values();
    for (int from = 0; from < n; from += centred.cols()) {
      int count = Math.min(centred.cols(), n - from);
      for (int j = 0, k = 0; j < count; j++) {
        for (int i = 0; i < d; i++, k++) {
          y[k] = z.values()[k + from * d] - estimate.mean()[i];
        }
      }
      double[] inverse = estimate.inverse().values();
      Blas.gemm(false, false, d, count, d, 1, inverse, 0, d, y, 0, d, 0, image, 0, d);
      for (int j = 0, k = 0; j < count; j++) {
        double sum = 0;
        for (int i = 0; i < d; i++, k++) {
          sum += image[k] * image[k];
        }
        squares[from + j] = sum;
      }
    }
  }

  private void standardize() {
    double[] x = z.values();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < n; j++) {
        sorted[j] = x[i + j * d];
        if (!Double.isFinite(sorted[j])) {
          throw BadInput.of(
              "MCD: row %s, column %s is %s, counted from 0", j, columns[i], sorted[j]);
        }
      }
      Arrays.sort(sorted);
      median[i] = sorted[n / 2];
      for (int j = 0; j < n; j++) {
        x[i + j * d] -= median[i];
        sorted[j] = Math.abs(x[i + j * d]);
      }
      Arrays.sort(sorted);
      deviation[i] = sorted[n / 2];
      if (deviation[i] == 0) {
        throw BadInput.of(
            "MCD: at least half of the rows have the same value in column %s, counted from 0; leave it out",
            columns[i]);
      }
      for (int j = 0; j < n; j++) {
        x[i + j * d] /= deviation[i];
      }
    }
  }
}
