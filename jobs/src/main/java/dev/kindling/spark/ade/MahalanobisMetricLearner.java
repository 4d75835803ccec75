package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.linalg.Blas;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.spark.job.Memory;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.setting.StageParams;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Learns a Mahalanobis metric from labeled points, for neighbors, clusters or kernels of what
 * {@link MahalanobisMetricModel} makes of them.
 *
 * <p>Labels are 0, …, k−1. Same rows, Params and seed: same metric, bit for bit, in whatever order
 * and partitions the rows come. rca is one distributed pass; nca and lmnn hold all rows on the
 * driver, itml and pola those of their pairs. For neighbors use lmnn: whitening, as rca does it,
 * can make them worse.
 */
public final class MahalanobisMetricLearner extends Estimator<MahalanobisMetricModel>
    implements LearnParams.Set<MahalanobisMetricLearner>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final StageParams params;

  public MahalanobisMetricLearner() {
    this(Identifiable$.MODULE$.randomUID("mahalanobisMetricLearner"));
  }

  public MahalanobisMetricLearner(String uid) {
    this.uid = uid;
    this.params = LearnSettings.ALL.params(this);
    params.setDefaults(this);
    setDefault(getParam(LearnSettings.LEARNER.name()), Learner.lmnn.name());
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StageParams stageParams() {
    return params;
  }

  @Override
  public Param<?>[] params() {
    return StageParams.all(super.params(), params);
  }

  @Override
  public MahalanobisMetricLearner self() {
    return this;
  }

  /**
   * @throws BadInput if the rows cannot be learned from or do not fit, or the Params do not go
   *     together
   */
  @Override
  public MahalanobisMetricModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    LearnOptions options = LearnOptions.of(settings());
    if (options.lacksConstraints()) {
      throw options.badLearner(
          "learns from squared distances of pairs, and a DataFrame of points has no constraints with squared distances; take itml or pola, which draw pairs from the labels, or run ade learn with a file of constraints");
    }
    FrameRows rows = FrameRows.of(dataset, getFeaturesCol(), getLabelCol(), getSeed());
    Metric metric =
        switch (options.learner()) {
          case rca -> {
            FrameRows.Blocks blocks = rows.blocks();
            yield LabelFit.rca(
                blocks.rows(),
                blocks.count(),
                HeldOut.of(rows.size(), 0, getSeed()),
                options.shrink(),
                new BlasContract(Blas.choice()));
          }
          case nca, lmnn -> {
            options.ncaRank("the DataFrame", rows.dimension());
            long some = options.rows(rows.size());
            requireMemory(options, some, rows.dimension());
            yield LabelFit.onDriver(rows.take(some), options);
          }
          default -> online(dataset.sparkSession(), options, rows);
        };
    return copyValues(new MahalanobisMetricModel(uid, metric), ParamMap.empty()).setParent(this);
  }

  private static void requireMemory(LearnOptions options, long rows, int features) {
    double needed = LearnPlan.driverBytes(options, rows, features);
    if (needed > Memory.driver()) {
      throw BadInput.of(
          "%s of %,d rows of %,d features needs %s on the driver; there are %s. Learn from fewer by %s",
          options.learner(),
          rows,
          features,
          Plan.bytes(needed),
          Plan.bytes(Memory.driver()),
          LearnSettings.SAMPLE.named());
    }
  }

  private Metric online(SparkSession spark, LearnOptions options, FrameRows rows) {
    int pairs = options.pairs(rows.classes());
    PointSet points = rows.take(Constraints.rowsFor(pairs, rows.size()));
    Constraints drawn = Constraints.draw(points.labels(), pairs, getSeed());
    Metric given = OnlineStart.given(spark, options, rows.dimension(), CsvDialect.DEFAULT);
    OnlineFit fit = OnlineStart.of(options, points, drawn, given, getSeed());
    fit.run(step -> {});
    return OnlineStart.unscaled(fit.metric(), options);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    MahalanobisMetricModel.require(schema, getLabelCol(), "labelCol");
    return MahalanobisMetricModel.appended(schema, this);
  }

  @Override
  public MahalanobisMetricLearner copy(ParamMap extra) {
    return (MahalanobisMetricLearner) defaultCopy(extra);
  }

  public static MLReader<MahalanobisMetricLearner> read() {
    return ModelFiles.estimator(MahalanobisMetricLearner.class, MahalanobisMetricLearner::new);
  }

  public static MahalanobisMetricLearner load(String path) {
    return read().load(path);
  }
}
