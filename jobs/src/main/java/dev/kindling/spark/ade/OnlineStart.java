package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * Where online learning begins: the metric, the learner, and the bounds of itml where they come
 * from the data.
 */
final class OnlineStart {
  /** Pairs whose distances give the percentiles. */
  private static final int PAIRS = 10_000;

  private static final long DRAW = 0x49544D4CL;

  private OnlineStart() {}

  /**
   * @param given the factor of --initial FILE, for points as they are, or null
   */
  static OnlineFit of(
      LearnOptions options, PointSet points, Constraints constraints, Metric given, long seed) {
    Metric start = metric(options, points.points().rows(), given);
    boolean bounded = options.learner == Learner.itml;
    double[] squares =
        bounded && (options.upper == null || options.lower == null)
            ? squares(points, options.divisor(), start, seed)
            : new double[1];
    OnlineSettings settings =
        bounded
            ? options.online(
                bound("--upper", options.upper, squares, 0.05),
                bound("--lower", options.lower, squares, 0.95))
            : options.online(0, 0);
    OnlineMetric metric = new OnlineMetric(settings, constraints.count(), start);
    return new OnlineFit(metric, points, constraints, options);
  }

  /** For differences divided by the scale. */
  private static Metric metric(LearnOptions options, int d, Metric given) {
    if (given == null) {
      return options.startsAtZero() ? Metric.factor(Matrix.zeros(d, d)) : Metric.identity(d);
    }
    Matrix u = options.online(0, 0).factor(given);
    Blas.scal(options.divisor(), u.values());
    return Metric.factor(u);
  }

  /** Of pairs of points drawn by the seed, ascending. */
  private static double[] squares(PointSet points, double scale, Metric metric, long seed) {
    int n = points.count();
    double[] squares = new double[(int) Math.min(PAIRS, (long) n * (n - 1) / 2)];
    for (int k = 0; k < squares.length; k++) {
      int i = (int) (RowKeys.even(seed ^ DRAW, 2L * k) * n);
      int j = (int) (RowKeys.even(seed ^ DRAW, 2L * k + 1) * (n - 1));
      squares[k] =
          OnlineFit.squared(metric, OnlineFit.difference(points, i, j < i ? j : j + 1, scale));
    }
    Arrays.sort(squares);
    return squares;
  }

  private static double bound(String option, Double given, double[] squares, double share) {
    if (given != null) {
      return given;
    }
    double bound = squares[(int) Math.round(share * (squares.length - 1))];
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw new BadInput(
          option
              + (": the points' squared distances have the percentile " + bound)
              + "; give a bound above 0");
    }
    return bound;
  }
}
