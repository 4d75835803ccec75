package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.RidgeModel;
import dev.kindling.spark.job.BlasContract;
import dev.kindling.validation.Score;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Kernel ridge regression, or classification by one-hot regression, with the Graph Neural Tangent
 * Kernel; see {@link GraphKernelEstimator}. The task that fits takes 48 n² bytes.
 */
public final class GraphKernelRidge
    extends GraphKernelEstimator<GraphKernelRidge, GraphKernelRidgeModel> {
  private static final long serialVersionUID = 1L;

  private final DoubleParam regParam;
  private final LandmarkParams approximation;

  public GraphKernelRidge() {
    this(Identifiable$.MODULE$.randomUID("graphKernelRidge"));
  }

  public GraphKernelRidge(String uid) {
    super(uid);
    this.regParam =
        new DoubleParam(
            this,
            "regParam",
            "penalty λ; 0: the one on the path with the best leave-one-out",
            ParamValidators.gtEq(0));
    this.approximation = new LandmarkParams(this, 0);
    setDefault(regParam, 0.0);
    setDefault(approximation.landmarks, 0);
    setDefault(approximation.landmarksBy, "uniform");
    setDefault(approximation.pieces, LandmarkOptions.PIECES);
    setDefault(approximation.features, 0);
    setDefault(approximation.seed, 42L);
  }

  @Override
  GraphKernelRidge self() {
    return this;
  }

  @Override
  GraphKernelRidgeModel bare(GraphKernelModel.Content content) {
    return new GraphKernelRidgeModel(uid(), content);
  }

  public DoubleParam regParam() {
    return regParam;
  }

  public GraphKernelRidge setRegParam(double value) {
    set(regParam, value);
    return this;
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

  /**
   * Nyström from so many graphs in the place of the whole Gram matrix; 0: the whole one. See {@link
   * GraphKernelFeatures}.
   */
  public GraphKernelRidge setLandmarks(int value) {
    set(approximation.landmarks, value);
    return this;
  }

  /** Uniform, kmeans or leverage. */
  public GraphKernelRidge setLandmarksBy(String value) {
    set(approximation.landmarksBy, value);
    return this;
  }

  /** Pieces that a landmark is cut into where it has colours enough; default 4. */
  public GraphKernelRidge setPieces(int value) {
    set(approximation.pieces, value);
    return this;
  }

  /** At most so many features; default 0, twice the landmarks. */
  public GraphKernelRidge setFeatures(int value) {
    set(approximation.features, value);
    return this;
  }

  public GraphKernelRidge setSeed(long value) {
    set(approximation.seed, value);
    return this;
  }

  @Override
  Fitted fitted(Scope scope) {
    if ((Integer) getOrDefault(approximation.landmarks) == 0) {
      return super.fitted(scope);
    }
    LandmarkParams.Approximation by = approximation.approximate(this, scope);
    KernelFunction learned =
        new LandmarkRidge(
                scope.context(), by.features(), scope.labels().targets(), scope.labels().score())
            .fit((Double) getOrDefault(regParam));
    return new Fitted(
        LandmarkRun.trained(
            by.landmarks(), by.features().pieces(), learned, normalization(), scope.parameters()),
        learned.parameter());
  }

  @Override
  KernelFunction learn(JavaSparkContext context, GramTable gram, GraphLabels labels) {
    BlasContract blas = new BlasContract(Blas.choice());
    Matrix targets = labels.targets();
    double lambda = (Double) getOrDefault(regParam);
    Score score = labels.score();
    Normalization normalization = normalization();
    return context
        .parallelize(List.of(gram), 1)
        .map(
            g -> {
              blas.enter();
              Matrix k = g.matrix();
              double[] scales = normalization.apply(k);
              return RidgeModel.fit(k, targets, lambda, score).scaled(scales);
            })
        .first();
  }

  public static MLReader<GraphKernelRidge> read() {
    return new DefaultParamsReader<>();
  }

  public static GraphKernelRidge load(String path) {
    return read().load(path);
  }
}
