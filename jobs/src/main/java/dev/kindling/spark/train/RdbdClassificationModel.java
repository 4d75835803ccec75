package dev.kindling.spark.train;

import dev.kindling.nn.Perceptron;
import dev.kindling.spark.setting.StageParams;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * A fitted perceptron for classes: raw predictions are its outputs, probabilities their softmax.
 */
public final class RdbdClassificationModel
    extends ProbabilisticClassificationModel<Vector, RdbdClassificationModel>
    implements TrainParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final Perceptron perceptron;
  private final StageParams params;
  private String uid;

  RdbdClassificationModel(String uid, Perceptron perceptron) {
    this(perceptron, StageUid.next(uid));
  }

  private RdbdClassificationModel(Perceptron perceptron, String uid) {
    this.uid = uid;
    this.perceptron = perceptron;
    this.params = TrainSettings.ALL.params(this);
  }

  @Override
  public String uid() {
    if (uid == null) {
      uid = StageUid.take();
    }
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

  /** The network and its weights, for features as they are. */
  public Perceptron perceptron() {
    return perceptron;
  }

  @Override
  public int numClasses() {
    return perceptron.architecture().outputs();
  }

  @Override
  public int numFeatures() {
    return perceptron.architecture().features();
  }

  @Override
  public Vector predictRaw(Vector features) {
    return Vectors.dense(perceptron.outputs(PerceptronFiles.sized(features, numFeatures())));
  }

  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    Perceptron.softmax(((DenseVector) raw).values());
    return raw;
  }

  /** There is no summary. Raw, since Scala gives two superclasses two types of it. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public scala.Tuple3 findSummaryModel() {
    throw new UnsupportedOperationException("a perceptron has no summary");
  }

  @Override
  public RdbdClassificationModel copy(ParamMap extra) {
    return copyValues(new RdbdClassificationModel(uid(), perceptron), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new PerceptronFiles.Writer(this, perceptron);
  }

  public static MLReader<RdbdClassificationModel> read() {
    return new PerceptronFiles.Reader<>(
        RdbdClassificationModel.class, RdbdClassificationModel::new);
  }

  /**
   * @throws dev.kindling.BadInput if there is no such model, or it is damaged
   */
  public static RdbdClassificationModel load(String path) {
    return read().load(path);
  }
}
