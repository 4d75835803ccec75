package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * Features of graphs whose inner products are the Graph Neural Tangent Kernel, approximated by
 * Nyström from m landmarks level by level; see {@link dev.kindling.nystrom.NystromMap}. For any
 * learner of spark.ml. Labels are not looked at.
 *
 * <p>Only the kernel of all graphs with the landmarks is computed. A feature vector has up to m
 * values a level.
 */
public final class GraphKernelFeatures
    extends GraphKernelEstimator<GraphKernelFeatures, GraphKernelFeaturesModel>
    implements LandmarkParams.Set<GraphKernelFeatures> {
  /** Landmarks where none are asked for. */
  private static final int USUAL = 256;

  private static final long serialVersionUID = 1L;

  public GraphKernelFeatures() {
    this(Identifiable$.MODULE$.randomUID("graphKernelFeatures"));
  }

  public GraphKernelFeatures(String uid) {
    super(uid, GraphKernelSettings.OF_LANDMARKS.and(GraphKernelSettings.OF_FEATURES));
    setDefault(getParam(GraphKernelSettings.LANDMARKS.name()), USUAL);
  }

  @Override
  public GraphKernelFeatures self() {
    return this;
  }

  @Override
  GraphKernelFeaturesModel bare(GraphKernelModel.Content content) {
    return new GraphKernelFeaturesModel(uid(), content);
  }

  public String getOutputCol() {
    return value(GraphKernelSettings.OUTPUT_COL);
  }

  public GraphKernelFeatures setOutputCol(String value) {
    return with(GraphKernelSettings.OUTPUT_COL, value);
  }

  @Override
  boolean supervised() {
    return false;
  }

  @Override
  Fitted fitted(Scope scope) {
    Approximation by = approximate(scope, LandmarkOptions.of(settings()));
    KernelFunction identity =
        LandmarkRidge.onKernel(
            by.features(),
            Matrix.identity(by.features().rank()),
            0,
            Matrix.zeros(1, by.features().rank()));
    return new Fitted(
        LandmarkRun.trained(
            by.landmarks(), by.features().pieces(), identity, normalization(), scope.parameters()),
        by.landmarks().count());
  }

  @Override
  void check(GntkOptions options) {
    LandmarkOptions.of(settings()).check(options);
  }

  @Override
  List<Candidate> learn(JavaSparkContext context, List<GramTable> grams, GraphLabels labels) {
    throw new IllegalStateException("features are not learnt from a Gram matrix");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    GraphKernelModel.require(schema, getGraphCol(), "graphCol");
    return GraphKernelModel.appended(
        schema, this, GraphKernelSettings.OUTPUT_COL, SQLDataTypes.VectorType());
  }

  public static MLReader<GraphKernelFeatures> read() {
    return new DefaultParamsReader<>();
  }

  public static GraphKernelFeatures load(String path) {
    return read().load(path);
  }
}
