package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.Words;
import dev.kindling.ade.FastMcd;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Rca;
import dev.kindling.ade.RobustCovariance;
import dev.kindling.ade.Scatter;
import dev.kindling.ade.Winsorized;
import dev.kindling.ade.WithinScatter;
import dev.kindling.block.Moments;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.MetricSource.Estimate;
import dev.kindling.spark.job.BlockMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * A metric with an origin: what images U(x − o) are taken from, so that they keep their digits.
 *
 * @param origin d numbers, near most points
 * @param variance of each feature, from a sample, without values far away; empty where there is no
 *     sample
 * @param shrinkage ρ of Ledoit and Wolf; NaN where nothing was shrunk
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PointMetric(Metric metric, double[] origin, double[] variance, double shrinkage)
    implements Serializable {
  /** Rows of a sample, at most. */
  private static final int SAMPLE = 1023;

  /** Numbers of a sample: 16 MB. Of wide points there are fewer, but {@link #LEAST}. */
  private static final int NUMBERS = 1 << 21;

  private static final int LEAST = 15;

  /** Share of the variance with which one feature decides distances. */
  private static final double DECIDES = 0.99;

  /**
   * @param origin d numbers, near most points
   */
  PointMetric(Metric metric, double[] origin) {
    this(metric, origin, new double[0], Double.NaN);
  }

  /**
   * The metric that was asked for, with the mean of a sample, which rows far away do not move; two
   * passes over the points, one where the metric is given.
   *
   * @param asked what asked for it, for a message
   * @throws BadInput if it cannot be had from these points, or from its file
   */
  static PointMetric of(
      SparkSession spark, PointBlocks points, MetricSource source, SettingName asked, long seed) {
    if (source.estimate() == null) {
      return given(source.given(spark, points.dimension()), points);
    }
    Winsorized middle = middle(points);
    try {
      PointMetric made =
          switch (source.estimate()) {
            case SAMPLE, LEDOIT_WOLF -> ofScatter(scatter(points), source.estimate());
            case VARIANCE -> new PointMetric(ofVariances(moments(points)), middle.mean());
            case MCD -> robust(onDriver(points), every(points.dimension()), seed);
            case RCA -> new PointMetric(Rca.learn(within(points)), middle.mean());
          };
      return new PointMetric(made.metric, middle.mean(), middle.variance(), made.shrinkage);
    } catch (BadInput e) {
      throw BadInput.of(e, "%s: %s", asked, e);
    }
  }

  /** A given metric, with the mean of a sample; one pass over the points. */
  static PointMetric given(Metric metric, PointBlocks points) {
    Winsorized middle = middle(points);
    return new PointMetric(metric, middle.mean(), middle.variance(), Double.NaN);
  }

  /**
   * What outliers are told by: the origin is the estimate's location. Of sample and mcd the metric
   * is one of the columns that vary, in which the others count nothing: its factor has a row for
   * each that varies. One pass over the points.
   *
   * @param asked what asked for it, for a message
   * @throws BadInput if it cannot be had from these points
   */
  static PointMetric located(PointBlocks points, Estimate estimate, SettingName asked, long seed) {
    try {
      return switch (estimate) {
        case LEDOIT_WOLF -> ofScatter(scatter(points), estimate);
        case SAMPLE -> {
          Scatter scatter = scatter(points);
          Matrix sample = scatter.sample();
          int[] columns = varying(scatter);
          Metric metric = Metric.covariance(part(sample, columns));
          yield new PointMetric(spread(metric, columns, points.dimension()), scatter.mean());
        }
        case MCD -> {
          Matrix all = onDriver(points);
          int[] columns = varying(Scatter.of(all));
          yield robust(all, columns, seed);
        }
        default -> throw new IllegalArgumentException(estimate + " has no location");
      };
    } catch (BadInput e) {
      throw BadInput.of(e, "%s: %s", asked, e);
    }
  }

  private static int[] varying(Scatter scatter) {
    int[] columns = scatter.varying();
    if (columns.length == 0) {
      throw BadInput.of("all %,d rows are equal; give some that differ", scatter.count());
    }
    return columns;
  }

  private static Matrix part(Matrix all, int[] columns) {
    Matrix part = Matrix.zeros(columns.length, columns.length);
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < columns.length; i++) {
        part.set(i, j, all.get(columns[i], columns[j]));
      }
    }
    return part;
  }

  /** A metric of some columns as one of all d. */
  private static Metric spread(Metric metric, int[] columns, int d) {
    if (columns.length == d) {
      return metric;
    }
    Matrix some = metric.factor();
    Matrix all = Matrix.zeros(some.rows(), d);
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < some.rows(); i++) {
        all.set(i, columns[j], some.get(i, j));
      }
    }
    return Metric.factor(all);
  }

  private static PointMetric ofScatter(Scatter scatter, Estimate estimate) {
    if (estimate == Estimate.SAMPLE) {
      return new PointMetric(Metric.covariance(scatter.sample()), scatter.mean());
    }
    Scatter.Shrunk shrunk = scatter.ledoitWolf();
    return new PointMetric(
        Metric.covariance(shrunk.covariance()), scatter.mean(), new double[0], shrunk.shrinkage());
  }

  /** A feature that does not vary has no scale, and counts nothing. */
  private static Metric ofVariances(Moments moments) {
    if (moments.count() < 2) {
      throw new BadInput("one point has no variances; give more, or take identity");
    }
    double[] roots = new double[moments.means().length];
    for (int j = 0; j < roots.length; j++) {
      double deviation = moments.standardDeviation(j);
      roots[j] = deviation > 0 ? 1 / deviation : 0;
    }
    return Metric.factor(roots);
  }

  /**
   * @param columns those that count; the others have one value
   */
  private static PointMetric robust(Matrix all, int[] columns, long seed) {
    RobustCovariance robust = FastMcd.fit(all, columns, FastMcd.Settings.DEFAULT, seed);
    double[] middle = Arrays.copyOf(all.values(), all.rows());
    for (int j = 0; j < columns.length; j++) {
      middle[columns[j]] = robust.location()[j];
    }
    Metric metric = Metric.covariance(robust.scatter());
    return new PointMetric(spread(metric, columns, all.rows()), middle);
  }

  private static int[] every(int d) {
    return IntStream.range(0, d).toArray();
  }

  /** The columns that count nothing, from 0; new. */
  int[] leftOut() {
    Matrix factor = metric.factor();
    int k = factor.rows();
    return IntStream.range(0, factor.cols())
        .filter(
            j -> Arrays.stream(factor.values(), j * k, (j + 1) * k).allMatch(value -> value == 0))
        .toArray();
  }

  /** All points, d×n, in the order of their rows. */
  static Matrix onDriver(PointBlocks points) {
    int d = points.dimension();
    Matrix all = Matrix.zeros(d, Math.toIntExact(points.rows()));
    Iterator<PointBlock> blocks = points.blocks().toLocalIterator();
    while (blocks.hasNext()) {
      PointBlock block = blocks.next();
      double[] values = block.points().values();
      System.arraycopy(values, 0, all.values(), (int) block.firstRow() * d, values.length);
    }
    return all;
  }

  static Scatter scatter(PointBlocks points) {
    JavaPairRDD<Integer, Scatter> scatters =
        points
            .blocks()
            .mapToPair(block -> new Tuple2<>(block.number(), Scatter.of(block.points())));
    return BlockMerge.merge(scatters, points.count(), Scatter::merge);
  }

  private static WithinScatter within(PointBlocks points) {
    JavaPairRDD<Integer, WithinScatter> scatters =
        points
            .blocks()
            .mapToPair(
                block ->
                    new Tuple2<>(block.number(), WithinScatter.of(block.points(), block.labels())));
    return BlockMerge.merge(scatters, points.count(), WithinScatter::merge);
  }

  /** A point of a sample. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sampled(long row, double[] x) implements Serializable {}

  /** Of every so many-th row, in one pass. */
  private static Winsorized middle(PointBlocks points) {
    int d = points.dimension();
    int most = Math.max(LEAST, Math.min(SAMPLE, NUMBERS / d));
    long step = (points.rows() + most - 1) / most;
    List<Sampled> some =
        new ArrayList<>(
            points.blocks().flatMap(block -> everyNth(block, step).iterator()).collect());
    some.sort(Comparator.comparingLong(Sampled::row));
    Matrix sample = Matrix.zeros(d, some.size());
    for (int i = 0; i < some.size(); i++) {
      System.arraycopy(some.get(i).x, 0, sample.values(), i * d, d);
    }
    return Winsorized.of(sample);
  }

  private static List<Sampled> everyNth(PointBlock block, long step) {
    List<Sampled> some = new ArrayList<>();
    for (long i = Math.floorMod(-block.firstRow(), step); i < block.rows(); i += step) {
      some.add(new Sampled(block.firstRow() + i, block.point((int) i)));
    }
    return some;
  }

  /**
   * What Euclidean distances had better be told: that one feature decides them.
   *
   * @param names of the features
   * @return null where nothing is to be said
   */
  String advice(MetricSource source, List<String> names) {
    double sum = Arrays.stream(variance).sum();
    long varying = Arrays.stream(variance).filter(v -> v > 0).count();
    if (source.kind() != MetricSource.Kind.IDENTITY || varying < 2) {
      return null;
    }
    int largest = 0;
    for (int j = 1; j < variance.length; j++) {
      largest = variance[j] > variance[largest] ? j : largest;
    }
    return variance[largest] <= DECIDES * sum
        ? null
        : Words.of(
            "feature %s has %.4g %% of the variance of all %,d features and decides distances almost alone; --metric estimate:variance gives all the same weight",
            names.get(largest), 100 * variance[largest] / sum, variance.length);
  }

  private static Moments moments(PointBlocks points) {
    int d = points.dimension();
    JavaPairRDD<Integer, Moments> moments =
        points
            .blocks()
            .mapToPair(
                block -> {
                  Moments some = new Moments(d);
                  for (int i = 0; i < block.rows(); i++) {
                    some.add(block.points().values(), i * d);
                  }
                  return new Tuple2<>(block.number(), some);
                });
    return BlockMerge.merge(moments, points.count(), Moments::merge);
  }
}
