package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.SearchSettings.FACTOR;
import static dev.kindling.spark.ade.SearchSettings.ID_COL;
import static dev.kindling.spark.ade.SearchSettings.LABEL_COL;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.setting.StageParams;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Nearest points under a Mahalanobis metric, exactly, and the vote of their classes.
 *
 * <pre>{@code
 * MahalanobisNeighborsModel model =
 *     new MahalanobisNeighbors()
 *         .setMetric("estimate:ledoit-wolf")
 *         .setIdCol("id")
 *         .setLabelCol("label")
 *         .setK(5)
 *         .fit(points);
 * Dataset<Row> near = model.transform(queries); // neighbors, prediction
 * }</pre>
 *
 * <p>{@code fit} passes three or four times over the points, and caches their images: 12 bytes a
 * number and point, on the executors, on their disks where they do not fit; estimate:mcd takes the
 * points to the driver. Points have the order of the DataFrame: of equal distances the earlier
 * comes first, and what is estimated is rounded in that order, whatever the partitions. Cache a
 * DataFrame whose order differs from one pass to the next.
 */
public final class MahalanobisNeighbors extends Estimator<MahalanobisNeighborsModel>
    implements SearchParams.Set<MahalanobisNeighbors>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final StageParams params;

  public MahalanobisNeighbors() {
    this(Identifiable$.MODULE$.randomUID("mahalanobisNeighbors"));
  }

  public MahalanobisNeighbors(String uid) {
    this.uid = uid;
    this.params = SearchSettings.OF_STAGES.params(this);
    params.setDefaults(this);
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
  public MahalanobisNeighbors self() {
    return this;
  }

  /** The metric that was learned, instead of what metric says. */
  public MahalanobisNeighbors setMetricModel(MahalanobisMetricModel model) {
    return setFactor(model.getFactor());
  }

  /**
   * @throws BadInput if a column, a row or the metric cannot be used; in rows, as the cause of what
   *     Spark throws
   */
  @Override
  public MahalanobisNeighborsModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SparkSession spark = dataset.sparkSession();
    PointBlocks points =
        FramePoints.of(
            dataset,
            getFeaturesCol(),
            settings().find(ID_COL),
            settings().find(LABEL_COL),
            spark.sparkContext().defaultParallelism());
    Optional<Matrix> u = settings().find(FACTOR);
    String words = u.isPresent() ? FACTOR.name() : getMetric();
    PointMetric metric = u.isPresent() ? given(u.get(), points) : said(spark, words, points);
    return copyValues(
            new MahalanobisNeighborsModel(uid, NeighborIndex.of(spark, points, metric, words)),
            ParamMap.empty())
        .setParent(this);
  }

  private static PointMetric given(Matrix u, PointBlocks points) {
    if (u.numCols() != points.dimension()) {
      throw BadInput.of(
          "factor is %s×%s; the points have %s", u.numRows(), u.numCols(), points.dimension());
    }
    Metric metric =
        Metric.factor(dev.kindling.linalg.Matrix.of(u.numRows(), u.numCols(), u.toArray()));
    return PointMetric.given(metric, points);
  }

  private PointMetric said(SparkSession spark, String words, PointBlocks points) {
    MetricSource source = MetricSource.parse(words);
    if (source.estimate() == MetricSource.Estimate.RCA && points.classes().isEmpty()) {
      throw settings().bad(SearchSettings.METRIC, "needs classes; set %s", LABEL_COL.named());
    }
    return PointMetric.of(spark, points, source, SearchSettings.METRIC.is(source), getSeed());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Optional<String> label = settings().find(LABEL_COL);
    label.ifPresent(column -> MahalanobisMetricModel.require(schema, column, LABEL_COL.name()));
    return MahalanobisNeighborsModel.appended(
        schema, this, FramePoints.idType(schema, settings().find(ID_COL)), label.isPresent());
  }

  @Override
  public MahalanobisNeighbors copy(ParamMap extra) {
    return (MahalanobisNeighbors) defaultCopy(extra);
  }

  public static MLReader<MahalanobisNeighbors> read() {
    return ModelFiles.estimator(MahalanobisNeighbors.class, MahalanobisNeighbors::new);
  }

  public static MahalanobisNeighbors load(String path) {
    return read().load(path);
  }
}
