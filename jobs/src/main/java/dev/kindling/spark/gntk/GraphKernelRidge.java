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
    setDefault(regParam, 0.0);
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
