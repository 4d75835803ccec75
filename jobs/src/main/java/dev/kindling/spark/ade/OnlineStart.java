package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.LearnSettings.INITIAL;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.block.RowKeys;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.setting.Setting;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

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
   * @param given the factor to start from, for points as they are, or null
   */
  static OnlineFit of(
      LearnOptions options, PointSet points, Constraints constraints, Metric given, long seed) {
    Metric start = metric(options, points.points().rows(), given);
    boolean bounded = options.learner() == Learner.itml;
    double[] squares =
        bounded && (options.upper().isEmpty() || options.lower().isEmpty())
            ? squares(points, options.divisor(), start, seed)
            : new double[1];
    OnlineSettings settings =
        bounded
            ? options.online(
                bound(LearnSettings.UPPER, options.upper(), squares, 0.05),
                bound(LearnSettings.LOWER, options.lower(), squares, 0.95))
            : options.online(0, 0);
    OnlineMetric metric = new OnlineMetric(settings, constraints.count(), start);
    return new OnlineFit(metric, points, constraints, options);
  }

  /**
   * The metric of a file, for points as they are; null where none is to start from.
   *
   * @param csv how it is written, if it is CSV
   * @throws BadInput if it cannot be used
   */
  static Metric given(SparkSession spark, LearnOptions options, int d, CsvDialect csv) {
    if (options.initialFile().isEmpty()) {
      return null;
    }
    String file = options.initialFile().get();
    long most = Math.max(1, (Integer.MAX_VALUE - 8L) / d);
    Matrix u = MatrixFile.read(spark, INITIAL.named(), file, csv, d, most);
    try {
      return Metric.factor(u);
    } catch (BadInput e) {
      throw BadInput.of(e, "%s: %s", INITIAL.is(file), e);
    }
  }

  /** What was learned for differences divided by the scale, for points as they are. */
  static Metric unscaled(Metric metric, LearnOptions options) {
    Matrix u = metric.factor();
    Blas.scal(1 / options.divisor(), u.values());
    return Metric.factor(u);
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

  private static double bound(
      Setting<Double> setting, Optional<Double> given, double[] squares, double share) {
    if (given.isPresent()) {
      return given.get();
    }
    double bound = squares[(int) Math.round(share * (squares.length - 1))];
    if (!(bound > 0 && bound < Double.POSITIVE_INFINITY)) {
      throw BadInput.of(
          "%s: the points' squared distances have the percentile %s; give a bound above 0",
          setting.named(), bound);
    }
    return bound;
  }
}
