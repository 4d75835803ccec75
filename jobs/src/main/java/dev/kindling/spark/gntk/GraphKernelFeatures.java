package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.linalg.Matrix;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
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
    extends GraphKernelEstimator<GraphKernelFeatures, GraphKernelFeaturesModel> {
  private static final long serialVersionUID = 1L;

  private final LandmarkParams approximation;
  private final Param<String> outputCol;

  public GraphKernelFeatures() {
    this(Identifiable$.MODULE$.randomUID("graphKernelFeatures"));
  }

  public GraphKernelFeatures(String uid) {
    super(uid);
    this.approximation = new LandmarkParams(this, 1);
    this.outputCol = new Param<>(this, "outputCol", "where features go, as vectors");
    setDefault(approximation.landmarks, 256);
    setDefault(approximation.landmarksBy, "uniform");
    setDefault(approximation.pieces, LandmarkOptions.PIECES);
    setDefault(approximation.features, 0);
    setDefault(approximation.seed, 42L);
    setDefault(outputCol, "features");
  }

  @Override
  GraphKernelFeatures self() {
    return this;
  }

  @Override
  GraphKernelFeaturesModel bare(GraphKernelModel.Content content) {
    return new GraphKernelFeaturesModel(uid(), content);
  }

  public IntParam landmarks() {
    return approximation.landmarks;
  }

  public Param<String> landmarksBy() {
    return approximation.landmarksBy;
  }

  public IntParam pieces() {
    return approximation.pieces;
  }

  public IntParam features() {
    return approximation.features;
  }

  public LongParam seed() {
    return approximation.seed;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public GraphKernelFeatures setLandmarks(int value) {
    set(approximation.landmarks, value);
    return this;
  }

  /** Uniform, kmeans or leverage. */
  public GraphKernelFeatures setLandmarksBy(String value) {
    set(approximation.landmarksBy, value);
    return this;
  }

  /** Pieces that a landmark is cut into where it has colours enough; default 4. */
  public GraphKernelFeatures setPieces(int value) {
    set(approximation.pieces, value);
    return this;
  }

  /** At most so many features; default 0, twice the landmarks. */
  public GraphKernelFeatures setFeatures(int value) {
    set(approximation.features, value);
    return this;
  }

  public GraphKernelFeatures setSeed(long value) {
    set(approximation.seed, value);
    return this;
  }

  public GraphKernelFeatures setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  @Override
  boolean supervised() {
    return false;
  }

  @Override
  Fitted fitted(Scope scope) {
    LandmarkParams.Approximation by = approximation.approximate(this, scope);
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
  KernelFunction learn(JavaSparkContext context, GramTable gram, GraphLabels labels) {
    throw new IllegalStateException("features are not learnt from a Gram matrix");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    GraphKernelModel.require(schema, getOrDefault(graphCol()), "graphCol");
    return GraphKernelModel.appended(schema, this, outputCol, SQLDataTypes.VectorType());
  }

  public static MLReader<GraphKernelFeatures> read() {
    return new DefaultParamsReader<>();
  }

  public static GraphKernelFeatures load(String path) {
    return read().load(path);
  }
}
