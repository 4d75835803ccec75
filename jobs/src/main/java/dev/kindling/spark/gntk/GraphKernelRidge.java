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
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Kernel ridge regression, or classification by one-hot regression, with the Graph Neural Tangent
 * Kernel; see {@link GraphKernelEstimator}. The task that fits takes 48 n² bytes.
 */
public final class GraphKernelRidge
    extends GraphKernelEstimator<GraphKernelRidge, GraphKernelRidgeModel>
    implements LandmarkParams.Set<GraphKernelRidge> {
  private static final long serialVersionUID = 1L;

  public GraphKernelRidge() {
    this(Identifiable$.MODULE$.randomUID("graphKernelRidge"));
  }

  public GraphKernelRidge(String uid) {
    super(uid, GraphKernelSettings.OF_LANDMARKS.and(GraphKernelSettings.OF_RIDGE));
  }

  @Override
  public GraphKernelRidge self() {
    return this;
  }

  @Override
  GraphKernelRidgeModel bare(GraphKernelModel.Content content) {
    return new GraphKernelRidgeModel(uid(), content);
  }

  public double getRegParam() {
    return value(GraphKernelSettings.REG_PARAM);
  }

  /** Penalty λ; not set: the one on the path with the best leave-one-out. */
  public GraphKernelRidge setRegParam(double value) {
    return with(GraphKernelSettings.REG_PARAM, value);
  }

  @Override
  Fitted fitted(Scope scope) {
    LandmarkOptions landmarks = LandmarkOptions.of(settings());
    if (!landmarks.given()) {
      return super.fitted(scope);
    }
    Approximation by = approximate(scope, landmarks);
    KernelFunction learned =
        new LandmarkRidge(
                scope.context(), by.features(), scope.labels().targets(), scope.labels().score())
            .fit(lambda());
    return new Fitted(
        LandmarkRun.trained(
            by.landmarks(), by.features().pieces(), learned, normalization(), scope.parameters()),
        learned.parameter());
  }

  @Override
  void check(GntkOptions options) {
    LandmarkOptions.of(settings()).check(options);
  }

  @Override
  List<Candidate> learn(JavaSparkContext context, List<GramTable> grams, GraphLabels labels) {
    BlasContract blas = new BlasContract(Blas.choice());
    Matrix targets = labels.targets();
    double lambda = lambda();
    Score score = labels.score();
    Normalization normalization = normalization();
    return context
        .parallelize(grams, RidgeStage.tasks(context, grams.size(), targets.rows()))
        .map(
            gram -> {
              blas.enter();
              Matrix k = gram.matrix();
              double[] scales = normalization.apply(k);
              RidgeModel fit = RidgeModel.fit(k, targets, lambda, score);
              return new Candidate(fit.function().scaled(scales), fit.leaveOneOut());
            })
        .collect();
  }

  /** 0 for the one on the path. */
  private double lambda() {
    return settings().given(GraphKernelSettings.REG_PARAM).orElse(0.0);
  }

  public static MLReader<GraphKernelRidge> read() {
    return new DefaultParamsReader<>();
  }

  public static GraphKernelRidge load(String path) {
    return read().load(path);
  }
}
