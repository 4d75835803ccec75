package dev.kindling.spark.ade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.setting.StageParams;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;

/**
 * A metric that was learned: appends Ux to each row. Euclidean distances of these are distances
 * |U(x − y)| of the points.
 */
public final class MahalanobisMetricModel extends Model<MahalanobisMetricModel>
    implements LearnParams.SetColumns<MahalanobisMetricModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Metric metric;
  private final StageParams params;

  MahalanobisMetricModel(String uid, Metric metric) {
    this.uid = uid;
    this.metric = metric;
    this.params = LearnSettings.ALL.params(this);
    params.setDefaults(this);
    setDefault(getParam(LearnSettings.LEARNER.name()), Learner.nca.name());
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
  public MahalanobisMetricModel self() {
    return this;
  }

  /** U, k×d, new; A = UᵀU. */
  public DenseMatrix getFactor() {
    Matrix u = metric.factor();
    return new DenseMatrix(u.rows(), u.cols(), u.values());
  }

  /** d. */
  public int numFeatures() {
    return metric.dimension();
  }

  Metric metric() {
    return metric;
  }

  /** Ux of one point. */
  private record Apply(Metric metric) implements UDF1<Vector, Vector> {
    @Override
    public Vector call(Vector x) {
      if (x == null || x.size() != metric.dimension()) {
        throw BadInput.of(
            "a row has %s features; the metric is for %s",
            x == null ? "no" : x.size(), metric.dimension());
      }
      return Vectors.dense(metric.apply(x.toArray()));
    }
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return dataset.withColumn(
        getOutputCol(),
        udf(new Apply(metric), SQLDataTypes.VectorType()).apply(col(getFeaturesCol())));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return appended(schema, this);
  }

  static StructType appended(StructType schema, LearnParams stage) {
    requireVectors(schema, stage.getFeaturesCol());
    String output = stage.getOutputCol();
    if (List.of(schema.fieldNames()).contains(output)) {
      throw new BadInput("outputCol " + output + ": there is such a column; name another");
    }
    return schema.add(output, SQLDataTypes.VectorType());
  }

  /**
   * @throws BadInput if there is no such column, or not of vectors
   */
  static void requireVectors(StructType schema, String features) {
    require(schema, features, "featuresCol");
    if (!schema.apply(features).dataType().equals(SQLDataTypes.VectorType())) {
      throw BadInput.of(
          "featuresCol %s: holds %s and not vectors",
          features, schema.apply(features).dataType().simpleString());
    }
  }

  /**
   * @throws BadInput if there is no such column
   */
  static void require(StructType schema, String column, String param) {
    if (!List.of(schema.fieldNames()).contains(column)) {
      throw new BadInput(
          param
              + (" " + column + ": no such column; there are ")
              + String.join(", ", schema.fieldNames()));
    }
  }

  @Override
  public MahalanobisMetricModel copy(ParamMap extra) {
    return copyValues(new MahalanobisMetricModel(uid, metric), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new MetricFiles.Writer(this);
  }

  public static MLReader<MahalanobisMetricModel> read() {
    return new MetricFiles.Reader();
  }

  /**
   * @throws BadInput if there is no such model, or it is damaged
   */
  public static MahalanobisMetricModel load(String path) {
    return read().load(path);
  }
}
