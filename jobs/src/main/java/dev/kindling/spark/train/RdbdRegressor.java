package dev.kindling.spark.train;

import dev.kindling.BadInput;
import dev.kindling.nn.Perceptron;
import dev.kindling.spark.setting.StageParams;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * A multilayer perceptron for a number, by mini-batches under a learning rate that needs no search:
 * RDBD around Adam (arXiv 2310.11291, reconstructed), or one of its peers. Without hidden layers,
 * linear regression.
 *
 * <p>The loss is ½(y − ŷ)²; y has deviation 1 while it is learnt, unless standardization is off.
 * Same rows, Params and seed: same weights, bit for bit, in whatever order and partitions the rows
 * come. Executors hold the packed rows, 4 bytes a feature; the driver some twenty arrays of the
 * size of the weights.
 */
public final class RdbdRegressor extends Regressor<Vector, RdbdRegressor, RdbdRegressionModel>
    implements TrainParams.Set<RdbdRegressor>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final StageParams params;
  private String uid;

  public RdbdRegressor() {
    this(Identifiable$.MODULE$.randomUID("rdbdRegressor"));
  }

  public RdbdRegressor(String uid) {
    this(StageUid.next(uid), 0);
  }

  private RdbdRegressor(String uid, int ignored) {
    this.uid = uid;
    this.params = TrainSettings.ALL.params(this);
    params.setDefaults(this);
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

  @Override
  public RdbdRegressor self() {
    return this;
  }

  /**
   * @throws BadInput if a row cannot be learnt from, or the Params do not go together
   */
  @Override
  public RdbdRegressionModel train(Dataset<?> dataset) {
    Perceptron fitted =
        StageFit.of(this, dataset, getOrDefault(featuresCol()), getOrDefault(labelCol()), false);
    return new RdbdRegressionModel(uid(), fitted);
  }

  @Override
  public RdbdRegressor copy(ParamMap extra) {
    return (RdbdRegressor) defaultCopy(extra);
  }

  public static MLReader<RdbdRegressor> read() {
    return new DefaultParamsReader<>();
  }

  public static RdbdRegressor load(String path) {
    return read().load(path);
  }
}
