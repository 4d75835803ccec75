package dev.kindling.spark.gntk;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/** A fitted {@link GraphKernelFeatures}: appends a vector to any graph. */
public final class GraphKernelFeaturesModel extends GraphKernelModel<GraphKernelFeaturesModel> {
  private static final long serialVersionUID = 1L;

  private final Param<String> outputCol;

  GraphKernelFeaturesModel(String uid, Content content) {
    super(uid, content);
    this.outputCol = new Param<>(this, "outputCol", "where features go, as vectors");
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public GraphKernelFeaturesModel setOutputCol(String value) {
    set(outputCol, value);
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
    return appended(schema, this, outputCol, SQLDataTypes.VectorType());
  }

  public static MLReader<GraphKernelFeaturesModel> read() {
    return new GraphKernelModelFiles.Reader<>(
        GraphKernelFeaturesModel.class, GraphKernelFeaturesModel::new);
  }

  public static GraphKernelFeaturesModel load(String path) {
    return read().load(path);
  }
}
