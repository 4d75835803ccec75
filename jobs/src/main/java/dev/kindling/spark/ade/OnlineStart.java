package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Itml;
import dev.kindling.ade.Lego;
import dev.kindling.ade.Metric;
import dev.kindling.ade.OnlineMetricLearner;
import dev.kindling.ade.Pola;
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
    return switch (options.learner) {
      case lego -> {
        double eta = options.eta == null ? LearnOptions.ETA : options.eta;
        Judge judge = new Judge(options.learner, 0, 0, null);
        yield new OnlineFit(new Lego(eta), judge, points, constraints, options, start);
      }
      case itml -> {
        double[] squares =
            options.upper == null || options.lower == null
                ? squares(points, options.divisor(), start, seed)
                : new double[1];
        double upper = bound("--upper", options.upper, squares, 0.05);
        double lower = bound("--lower", options.lower, squares, 0.95);
        double gamma = options.gamma == null ? LearnOptions.GAMMA : options.gamma;
        OnlineMetricLearner itml = new Itml(upper, lower, gamma, constraints.count());
        Judge judge = new Judge(options.learner, upper, lower, null);
        yield new OnlineFit(itml, judge, points, constraints, options, start);
      }
      case pola -> {
        Pola pola = new Pola();
        Judge judge = new Judge(options.learner, 0, 0, pola);
        yield new OnlineFit(pola, judge, points, constraints, options, start);
      }
      default -> throw new IllegalStateException(options.learner + " is not online");
    };
  }

  /** For differences divided by the scale, POLA's with as many rows as columns. */
  private static Metric metric(LearnOptions options, int d, Metric given) {
    if (given == null) {
      return options.startsAtZero() ? Metric.factor(Matrix.zeros(d, d)) : Metric.identity(d);
    }
    Matrix u = given.factor();
    Blas.scal(options.divisor(), u.values());
    if (options.learner != Learner.pola || u.rows() >= d) {
      return Metric.factor(u);
    }
    Matrix square = Matrix.zeros(d, d);
    for (int j = 0; j < d; j++) {
      System.arraycopy(u.values(), j * u.rows(), square.values(), j * d, u.rows());
    }
    return Metric.factor(square);
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
