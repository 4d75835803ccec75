package dev.kindling.spark.train;

import dev.kindling.nn.Perceptron;
import dev.kindling.spark.setting.StageParams;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/** A fitted perceptron for a number. */
public final class RdbdRegressionModel extends RegressionModel<Vector, RdbdRegressionModel>
    implements TrainParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final Perceptron perceptron;
  private final StageParams params;
  private String uid;

  RdbdRegressionModel(String uid, Perceptron perceptron) {
    this(perceptron, StageUid.next(uid));
  }

  private RdbdRegressionModel(Perceptron perceptron, String uid) {
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

  /** The network and its weights, for features and a target as they are. */
  public Perceptron perceptron() {
    return perceptron;
  }

  @Override
  public int numFeatures() {
    return perceptron.architecture().features();
  }

  @Override
  public double predict(Vector features) {
    return perceptron.outputs(PerceptronFiles.sized(features, numFeatures()))[0];
  }

  @Override
  public RdbdRegressionModel copy(ParamMap extra) {
    return copyValues(new RdbdRegressionModel(uid(), perceptron), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new PerceptronFiles.Writer(this, perceptron);
  }

  public static MLReader<RdbdRegressionModel> read() {
    return new PerceptronFiles.Reader<>(RdbdRegressionModel.class, RdbdRegressionModel::new);
  }

  /**
   * @throws dev.kindling.BadInput if there is no such model, or it is damaged
   */
  public static RdbdRegressionModel load(String path) {
    return read().load(path);
  }
}
