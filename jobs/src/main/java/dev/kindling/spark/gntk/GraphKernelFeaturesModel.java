package dev.kindling.spark.gntk;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/** A fitted {@link GraphKernelFeatures}: appends a vector to any graph. */
public final class GraphKernelFeaturesModel extends GraphKernelModel<GraphKernelFeaturesModel>
    implements LandmarkParams {
  private static final long serialVersionUID = 1L;

  GraphKernelFeaturesModel(String uid, Content content) {
    super(uid, content, GraphKernelSettings.OF_LANDMARKS.and(GraphKernelSettings.OF_FEATURES));
  }

  public String getOutputCol() {
    return value(GraphKernelSettings.OUTPUT_COL);
  }

  public GraphKernelFeaturesModel setOutputCol(String value) {
    set(getParam(GraphKernelSettings.OUTPUT_COL.name()), value);
    return this;
  }

  /** Length of the vectors. */
  public int size() {
    return trained().outputs();
  }

  @Override
  GraphKernelFeaturesModel bare(Content content) {
    return new GraphKernelFeaturesModel(uid(), content);
  }

  @Override
  String parameterName() {
    return "landmarks";
  }

  @Override
  boolean fits(int outputs) {
    return outputs > 0 && classes().isEmpty();
  }

  @Override
  Appender appender() {
    return values -> new Object[] {Vectors.dense(values)};
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return appended(schema, this, GraphKernelSettings.OUTPUT_COL, SQLDataTypes.VectorType());
  }

  public static MLReader<GraphKernelFeaturesModel> read() {
    return new GraphKernelModelFiles.Reader<>(
        GraphKernelFeaturesModel.class, GraphKernelFeaturesModel::new);
  }

  public static GraphKernelFeaturesModel load(String path) {
    return read().load(path);
  }
}
