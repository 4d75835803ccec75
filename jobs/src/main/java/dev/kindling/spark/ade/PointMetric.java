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
import dev.kindling.spark.job.BlockMerge;
import java.io.Serializable;
import java.util.Iterator;
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
        case MCD -> robust(points, seed);
        case RCA -> new PointMetric(Rca.learn(within(points)), mean(points), Double.NaN);
      };
    } catch (BadInput e) {
      throw BadInput.of(e, "%s: %s", asked, e);
    }
  }

  private static PointMetric ofScatter(Scatter scatter, MetricSource.Estimate estimate) {
    if (estimate == MetricSource.Estimate.SAMPLE) {
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

  private static PointMetric robust(PointBlocks points, long seed) {
    RobustCovariance robust = FastMcd.fit(onDriver(points), FastMcd.Settings.DEFAULT, seed);
    return new PointMetric(Metric.covariance(robust.scatter()), robust.location(), Double.NaN);
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
