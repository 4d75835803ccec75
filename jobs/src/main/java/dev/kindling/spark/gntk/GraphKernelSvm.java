package dev.kindling.spark.gntk;

import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.svm.KernelSvm;
import dev.kindling.svm.SvmParameters;
import dev.kindling.svm.SvmSelection;
import dev.kindling.validation.Score;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * A support vector machine with the Graph Neural Tangent Kernel, for classes or numbers; see {@link
 * GraphKernelEstimator} and {@link KernelSvm}. The task that fits takes 28 n² bytes.
 */
public final class GraphKernelSvm
    extends GraphKernelEstimator<GraphKernelSvm, GraphKernelSvmModel> {
  private static final long serialVersionUID = 1L;

  private final DoubleParam cost;
  private final Param<String> classWeights;
  private final DoubleParam tube;
  private final LongParam seed;

  public GraphKernelSvm() {
    this(Identifiable$.MODULE$.randomUID("graphKernelSvm"));
  }

  public GraphKernelSvm(String uid) {
    super(uid);
    this.cost =
        new DoubleParam(
            this,
            "cost",
            "C, for a kernel whose smallest entry on the diagonal is 1; 0: the one from 1e-2 to 1e4 that five folds like best",
            ParamValidators.gtEq(0));
    this.classWeights =
        new Param<>(
            this,
            "classWeights",
            "none, or balanced: an error costs the more the rarer its class is",
            ParamValidators.inArray(new String[] {"none", "balanced"}));
    this.tube =
        new DoubleParam(
            this,
            "tube",
            "for numbers: errors below so many standard deviations of the labels are free",
            ParamValidators.gtEq(0));
    this.seed = new LongParam(this, "seed", "draws the five folds");
    setDefault(cost, 0.0);
    setDefault(classWeights, "none");
    setDefault(tube, 0.1);
    setDefault(seed, 42L);
  }

  @Override
  GraphKernelSvm self() {
    return this;
  }

  @Override
  GraphKernelSvmModel bare(GraphKernelModel.Content content) {
    return new GraphKernelSvmModel(uid(), content);
  }

  public DoubleParam cost() {
    return cost;
  }

  public Param<String> classWeights() {
    return classWeights;
  }

  public DoubleParam tube() {
    return tube;
  }

  public LongParam seed() {
    return seed;
  }

  public GraphKernelSvm setCost(double value) {
    set(cost, value);
    return this;
  }

  public GraphKernelSvm setClassWeights(String value) {
    set(classWeights, value);
    return this;
  }

  public GraphKernelSvm setTube(double value) {
    set(tube, value);
    return this;
  }

  public GraphKernelSvm setSeed(long value) {
    set(seed, value);
    return this;
  }

  @Override
  KernelFunction learn(JavaSparkContext context, GramTable gram, GraphLabels labels) {
    Matrix targets = labels.targets();
    Score score = labels.score();
    Normalization normalization = normalization();
    SvmParameters parameters =
        new SvmParameters(
            getOrDefault(classWeights).equals("balanced"), (Double) getOrDefault(tube));
    double given = (Double) getOrDefault(cost);
    long key = (Long) getOrDefault(seed);
    return context
        .parallelize(List.of(gram), 1)
        .map(
            g -> {
              Matrix k = g.matrix();
              double[] scales = normalization.apply(k);
              KernelSvm svm = new KernelSvm(k, targets, score, parameters);
              return (given > 0
                      ? SvmSelection.model(svm, given)
                      : SvmSelection.of(svm, SvmSelection.costs(), key).model())
                  .scaled(scales);
            })
        .first();
  }

  public static MLReader<GraphKernelSvm> read() {
    return new DefaultParamsReader<>();
  }

  public static GraphKernelSvm load(String path) {
    return read().load(path);
  }
}
