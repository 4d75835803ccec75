package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Lmnn;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Nca;
import dev.kindling.ade.WithinScatter;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.BlockMerge;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Metrics from labels. */
final class LabelFit {
  private LabelFit() {}

  /**
   * Relevant component analysis by one pass: the same bits for any partitioning.
   *
   * @param blocks how many there are
   * @param held rows that do not count
   * @param shrink share of the covariance that becomes a multiple of the identity
   * @throws BadInput if the covariance cannot be inverted
   */
  static Metric rca(
      JavaRDD<PointBlock> rows, int blocks, HeldOut held, double shrink, BlasContract blas) {
    WithinScatter within =
        BlockMerge.merge(
            rows.mapToPair(
                block -> {
                  blas.enter();
                  return new Tuple2<>(
                      block.number(), WithinScatter.of(block.points(), learned(block, held)));
                }),
            blocks,
            WithinScatter::merge);
    Matrix covariance = within.covariance();
    if (shrink > 0) {
      shrink(covariance, shrink);
    }
    try {
      return Metric.covariance(covariance);
    } catch (BadInput e) {
      throw BadInput.of(
          e,
          "%s: the covariance within classes cannot be inverted, since some features do not vary there or depend on others; give %s",
          LearnSettings.LEARNER.is(Learner.rca),
          LearnSettings.SHRINK.is(0.01));
    }
  }

  /** Labels of a block, −1 for rows that do not count. */
  private static int[] learned(PointBlock block, HeldOut held) {
    int[] labels = block.labels().clone();
    boolean[] without = held.among(block.firstRow(), labels.length);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = without[i] ? -1 : labels[i];
    }
    return labels;
  }

  /** C ← (1 − f)C + f·tr(C)/d·I. */
  private static void shrink(Matrix c, double f) {
    int d = c.rows();
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += c.get(i, i);
    }
    Blas.scal(1 - f, c.values());
    for (int i = 0; i < d; i++) {
      c.set(i, i, c.get(i, i) + f * trace / d);
    }
  }

  /** The others from labels, on the driver. */
  static Metric onDriver(PointSet points, LearnOptions options) {
    return options.learner() == Learner.nca
        ? Nca.learn(
            points.points(),
            points.labels(),
            options.ncaRank(points.points().rows()),
            options.ncaIterations())
        : Lmnn.learn(points.points(), points.labels(), options.lmnn());
  }
}
