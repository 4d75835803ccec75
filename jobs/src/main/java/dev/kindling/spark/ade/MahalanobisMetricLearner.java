package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.Plan;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns a Mahalanobis metric from labelled points, for neighbours, clusters or kernels of what
 * {@link MahalanobisMetricModel} makes of them.
 *
 * <p>Labels are 0, …, k−1. Same rows, Params and seed: same metric, bit for bit, in whatever order
 * and partitions the rows come. rca is one distributed pass; nca and lmnn hold all rows on the
 * driver, itml and pola those of their pairs. For neighbours use nca or lmnn: whitening, as rca
 * does it, can make them worse.
 */
public final class MahalanobisMetricLearner extends Estimator<MahalanobisMetricModel>
    implements WithMetricParams<MahalanobisMetricLearner>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final MetricParams shared;

  public MahalanobisMetricLearner() {
    this(Identifiable$.MODULE$.randomUID("mahalanobisMetricLearner"));
  }

  public MahalanobisMetricLearner(String uid) {
    this.uid = uid;
    this.shared = new MetricParams(this);
    shared.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public MetricParams shared() {
    return shared;
  }

  @Override
  public MahalanobisMetricLearner self() {
    return this;
  }

  /**
   * @throws BadInput if the rows cannot be learnt from, or do not fit
   */
  @Override
  public MahalanobisMetricModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    LearnOptions options = shared.options(this);
    long seed = (Long) getOrDefault(shared.seed);
    FrameRows rows =
        FrameRows.of(
            dataset, getOrDefault(shared.featuresCol), getOrDefault(shared.labelCol), seed);
    Metric metric =
        switch (options.learner) {
          case rca -> {
            FrameRows.Blocks blocks = rows.blocks();
            yield LabelFit.rca(
                blocks.rows(), blocks.count(), options.shrink, new BlasContract(Blas.choice()));
          }
          case nca, lmnn -> {
            requireMemory(options, rows);
            yield LabelFit.onDriver(rows.take(rows.size()), options);
          }
          default -> online(options, rows, seed);
        };
    return copyValues(new MahalanobisMetricModel(uid, metric), ParamMap.empty()).setParent(this);
  }

  private static void requireMemory(LearnOptions options, FrameRows rows) {
    double needed = LearnPlan.driverBytes(options, rows.size(), rows.dimension());
    if (needed > Memory.driver()) {
      throw new BadInput(
          String.format(
              Locale.ROOT,
              "%s of %,d rows of %,d features needs %s on the driver; there are %s. Learn from a sample of the rows",
              options.learner,
              rows.size(),
              rows.dimension(),
              Plan.bytes(needed),
              Plan.bytes(Memory.driver())));
    }
  }

  private static Metric online(LearnOptions options, FrameRows rows, long seed) {
    int pairs = options.pairs == null ? Constraints.usual(rows.classes()) : options.pairs;
    PointSet points = rows.take(Constraints.rowsFor(pairs, rows.size()));
    Constraints drawn = Constraints.draw(points.labels(), pairs, seed);
    OnlineFit fit = OnlineStart.of(options, points, drawn, null, seed);
    fit.run(step -> {});
    Matrix u = fit.metric().factor();
    Blas.scal(1 / options.divisor(), u.values());
    return Metric.factor(u);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    MahalanobisMetricModel.require(schema, getOrDefault(shared.labelCol), "labelCol");
    return MahalanobisMetricModel.appended(schema, this, shared);
  }

  @Override
  public MahalanobisMetricLearner copy(ParamMap extra) {
    return (MahalanobisMetricLearner) defaultCopy(extra);
  }

  public static MLReader<MahalanobisMetricLearner> read() {
    return new DefaultParamsReader<>();
  }

  public static MahalanobisMetricLearner load(String path) {
    return read().load(path);
  }
}
