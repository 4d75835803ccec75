package dev.kindling.spark.gntk;

import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.svm.KernelSvm;
import dev.kindling.svm.SvmParameters;
import dev.kindling.svm.SvmSelection;
import dev.kindling.validation.Score;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
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

  public GraphKernelSvm() {
    this(Identifiable$.MODULE$.randomUID("graphKernelSvm"));
  }

  public GraphKernelSvm(String uid) {
    super(uid, GraphKernelSettings.OF_SVM);
  }

  @Override
  public GraphKernelSvm self() {
    return this;
  }

  @Override
  GraphKernelSvmModel bare(GraphKernelModel.Content content) {
    return new GraphKernelSvmModel(uid(), content);
  }

  public String getCost() {
    return value(GraphKernelSettings.COST);
  }

  public String getClassWeights() {
    return text(GraphKernelSettings.CLASS_WEIGHTS);
  }

  public double getTube() {
    return value(GraphKernelSettings.TUBE);
  }

  /**
   * One cost C; or several, as 1,10,100 or 1e-2:1e4:13, of which five folds choose. For a kernel
   * whose smallest entry on the diagonal is 1.
   */
  public GraphKernelSvm setCost(String value) {
    return with(GraphKernelSettings.COST, value);
  }

  /** One cost C. */
  public GraphKernelSvm setCost(double value) {
    return setCost(Double.toString(value));
  }

  /** none or balanced. */
  public GraphKernelSvm setClassWeights(String value) {
    return withText(GraphKernelSettings.CLASS_WEIGHTS, value);
  }

  /** For numbers: errors below so many standard deviations of the labels are free. */
  public GraphKernelSvm setTube(double value) {
    return with(GraphKernelSettings.TUBE, value);
  }

  @Override
  List<Candidate> learn(JavaSparkContext context, List<GramTable> grams, GraphLabels labels) {
    Matrix targets = labels.targets();
    Score score = labels.score();
    Normalization normalization = normalization();
    SvmOptions options =
        SvmOptions.of(settings().with(GraphKernelSettings.TASK, GntkOptions.Task.svm));
    options.check(labels);
    SvmParameters parameters = options.parameters();
    double[] costs = options.costs();
    long key = getSeed();
    boolean chooses = costs.length > 1 || grams.size() > 1;
    return context
        .parallelize(grams, grams.size())
        .map(
            gram -> {
              Matrix k = gram.matrix();
              double[] scales = normalization.apply(k);
              KernelSvm svm = new KernelSvm(k, targets, score, parameters);
              if (!chooses) {
                return new Candidate(SvmSelection.model(svm, costs[0]).scaled(scales), Double.NaN);
              }
              SvmSelection selection = SvmSelection.of(svm, costs, key);
              return new Candidate(selection.model().scaled(scales), selection.best(score));
            })
        .collect();
  }

  public static MLReader<GraphKernelSvm> read() {
    return new DefaultParamsReader<>();
  }

  public static GraphKernelSvm load(String path) {
    return read().load(path);
  }
}
