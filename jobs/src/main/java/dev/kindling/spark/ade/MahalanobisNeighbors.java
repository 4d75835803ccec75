package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
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
    implements WithNeighborParams<MahalanobisNeighbors>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final NeighborParams shared;
  private final Param<Matrix> factor;

  public MahalanobisNeighbors() {
    this(Identifiable$.MODULE$.randomUID("mahalanobisNeighbors"));
  }

  public MahalanobisNeighbors(String uid) {
    this.uid = uid;
    this.shared = new NeighborParams(this);
    this.factor = new Param<>(this, "factor", "U, k×d, instead of metric; 0×0: as metric says");
    shared.setDefaults(this);
    setDefault(factor, new DenseMatrix(0, 0, new double[0]));
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public NeighborParams shared() {
    return shared;
  }

  @Override
  public MahalanobisNeighbors self() {
    return this;
  }

  public Param<Matrix> factor() {
    return factor;
  }

  /** U of the metric |U(x − y)|, k×d, instead of what metric says. */
  public MahalanobisNeighbors setFactor(Matrix u) {
    set(factor, u);
    return this;
  }

  /** The metric that was learnt, instead of what metric says. */
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
            getOrDefault(shared.featuresCol),
            getOrDefault(shared.idCol),
            getOrDefault(shared.labelCol),
            spark.sparkContext().defaultParallelism());
    Matrix u = getOrDefault(factor);
    String words = u.numRows() > 0 ? "factor" : getOrDefault(shared.metric);
    PointMetric metric = u.numRows() > 0 ? given(u, points) : said(spark, words, points);
    return copyValues(
            new MahalanobisNeighborsModel(uid, NeighborIndex.of(spark, points, metric, words)),
            ParamMap.empty())
        .setParent(this);
  }

  private static PointMetric given(Matrix u, PointBlocks points) {
    if (u.numCols() != points.dimension()) {
      throw new BadInput(
          "factor is "
              + u.numRows()
              + "×"
              + u.numCols()
              + "; the points have "
              + points.dimension());
    }
    Metric metric =
        Metric.factor(dev.kindling.linalg.Matrix.of(u.numRows(), u.numCols(), u.toArray()));
    return new PointMetric(metric, PointMetric.mean(points), Double.NaN);
  }

  private PointMetric said(SparkSession spark, String words, PointBlocks points) {
    MetricSource source = MetricSource.parse(words);
    if (source.estimate() == MetricSource.Estimate.RCA && points.classes().isEmpty()) {
      throw new BadInput("metric " + words + ": needs classes; set labelCol");
    }
    return PointMetric.of(spark, points, source, (Long) getOrDefault(shared.seed));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    String label = getOrDefault(shared.labelCol);
    if (!label.isEmpty()) {
      MahalanobisMetricModel.require(schema, label, "labelCol");
    }
    return shared.appended(
        schema, this, FramePoints.idType(schema, getOrDefault(shared.idCol)), !label.isEmpty());
  }

  @Override
  public MahalanobisNeighbors copy(ParamMap extra) {
    return (MahalanobisNeighbors) defaultCopy(extra);
  }

  public static MLReader<MahalanobisNeighbors> read() {
    return new DefaultParamsReader<>();
  }

  public static MahalanobisNeighbors load(String path) {
    return read().load(path);
  }
}
