package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.ade.FastMcd;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Rca;
import dev.kindling.ade.RobustCovariance;
import dev.kindling.ade.Scatter;
import dev.kindling.ade.WithinScatter;
import dev.kindling.block.Moments;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.MetricSource.Estimate;
import dev.kindling.spark.job.BlockMerge;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * A metric with the mean of the points that it is for.
 *
 * @param mean d numbers
 * @param shrinkage ρ of Ledoit and Wolf; NaN where nothing was shrunk
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PointMetric(Metric metric, double[] mean, double shrinkage) implements Serializable {
  /**
   * The metric that was asked for; one pass over the points.
   *
   * @param asked what asked for it, for a message
   * @throws BadInput if it cannot be had from these points, or from its file
   */
  static PointMetric of(
      SparkSession spark, PointBlocks points, MetricSource source, SettingName asked, long seed) {
    if (source.estimate() == null) {
      return new PointMetric(source.given(spark, points.dimension()), mean(points), Double.NaN);
    }
    try {
      return switch (source.estimate()) {
        case SAMPLE, LEDOIT_WOLF -> ofScatter(scatter(points), source.estimate());
        case VARIANCE -> ofVariances(moments(points));
        case MCD -> robust(onDriver(points), every(points.dimension()), seed);
        case RCA -> new PointMetric(Rca.learn(within(points)), mean(points), Double.NaN);
      };
    } catch (BadInput e) {
      throw BadInput.of(e, "%s: %s", asked, e);
    }
  }

  /**
   * A metric of the columns that vary, in which the others count nothing: its factor has a row for
   * each that varies. One pass over the points.
   *
   * @param asked what asked for it, for a message
   * @throws BadInput if it cannot be had from these points
   */
  static PointMetric ofVarying(
      PointBlocks points, Estimate estimate, SettingName asked, long seed) {
    try {
      return switch (estimate) {
        case SAMPLE -> {
          Scatter scatter = scatter(points);
          Matrix sample = scatter.sample();
          int[] columns = varying(scatter);
          Metric metric = Metric.covariance(part(sample, columns));
          yield new PointMetric(
              spread(metric, columns, points.dimension()), scatter.mean(), Double.NaN);
        }
        case MCD -> {
          Matrix all = onDriver(points);
          int[] columns = varying(Scatter.of(all));
          yield robust(all, columns, seed);
        }
        default -> throw new IllegalArgumentException(estimate + " needs no columns left out");
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
      return new PointMetric(Metric.covariance(scatter.sample()), scatter.mean(), Double.NaN);
    }
    Scatter.Shrunk shrunk = scatter.ledoitWolf();
    return new PointMetric(
        Metric.covariance(shrunk.covariance()), scatter.mean(), shrunk.shrinkage());
  }

  /** A feature that does not vary has no scale, and counts nothing. */
  private static PointMetric ofVariances(Moments moments) {
    if (moments.count() < 2) {
      throw new BadInput("one point has no variances; give more, or take identity");
    }
    double[] roots = new double[moments.means().length];
    for (int j = 0; j < roots.length; j++) {
      double deviation = moments.standardDeviation(j);
      roots[j] = deviation > 0 ? 1 / deviation : 0;
    }
    return new PointMetric(Metric.factor(roots), moments.means(), Double.NaN);
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
    return new PointMetric(spread(metric, columns, all.rows()), middle, Double.NaN);
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

  static double[] mean(PointBlocks points) {
    return moments(points).means();
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
