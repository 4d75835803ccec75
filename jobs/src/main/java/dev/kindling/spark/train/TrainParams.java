package dev.kindling.spark.train;

import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.HasSettings;
import java.util.NoSuchElementException;

/**
 * The Params of training, as its Estimators and their models have them; see {@link TrainSettings}.
 * A getter throws a {@link NoSuchElementException}, as MLlib's do, where nothing was set and the
 * default depends on other Params or the data.
 */
public interface TrainParams extends HasSettings {
  default int[] getHiddenLayers() {
    return ints(TrainSettings.HIDDEN);
  }

  default String getActivation() {
    return text(TrainSettings.ACTIVATION);
  }

  default String getOptimizer() {
    return text(TrainSettings.OPTIMIZER);
  }

  default String getSchedule() {
    return text(TrainSettings.SCHEDULE);
  }

  default double getStepSize() {
    return value(TrainSettings.STEP_SIZE);
  }

  default String getSignal() {
    return text(TrainSettings.SIGNAL);
  }

  default double getKappa() {
    return value(TrainSettings.KAPPA);
  }

  default double getTheta() {
    return value(TrainSettings.THETA);
  }

  default double getBeta() {
    return value(TrainSettings.BETA);
  }

  default double getMinStepSize() {
    return value(TrainSettings.MIN_STEP_SIZE);
  }

  default double getMaxStepSize() {
    return value(TrainSettings.MAX_STEP_SIZE);
  }

  default boolean getDelayed() {
    return value(TrainSettings.DELAYED);
  }

  default long getWarmUp() {
    return value(TrainSettings.WARM_UP);
  }

  default double getPhi() {
    return value(TrainSettings.PHI);
  }

  default String getGroup() {
    return text(TrainSettings.GROUP);
  }

  default boolean getLossRegret() {
    return value(TrainSettings.LOSS_REGRET);
  }

  default int getBatchSize() {
    return value(TrainSettings.BATCH);
  }

  default int getMaxIter() {
    return value(TrainSettings.EPOCHS);
  }

  default int getLocalSteps() {
    return value(TrainSettings.LOCAL_STEPS);
  }

  default int getLocalWorkers() {
    return value(TrainSettings.LOCAL_WORKERS);
  }

  default double getRegParam() {
    return value(TrainSettings.L2);
  }

  default double getWeightDecay() {
    return value(TrainSettings.WEIGHT_DECAY);
  }

  default double getClip() {
    return value(TrainSettings.CLIP);
  }

  default double getDropout() {
    return value(TrainSettings.DROPOUT);
  }

  default double getValidationFraction() {
    return value(TrainSettings.VALIDATION);
  }

  default boolean getStandardization() {
    return value(TrainSettings.STANDARDIZE);
  }

  default int getEarlyStop() {
    return value(TrainSettings.EARLY_STOP);
  }

  default int getPlateau() {
    return value(TrainSettings.PLATEAU);
  }

  default String getClassWeights() {
    return value(TrainSettings.CLASS_WEIGHTS);
  }

  default String getPrecision() {
    return text(TrainSettings.PRECISION);
  }

  default String getStepsOn() {
    return text(TrainSettings.STEPS_ON);
  }

  default String getInitialModel() {
    return value(TrainSettings.INITIAL_MODEL);
  }

  default String getWeightCol() {
    return value(TrainSettings.WEIGHT_COL);
  }

  default long getSeed() {
    return value(CommonOptions.SEED);
  }

  /**
   * Setters.
   *
   * @param <E> the Estimator
   */
  interface Set<E> extends TrainParams, HasSettings.Set<E> {
    /** Units of each hidden layer; none: a linear model. */
    default E setHiddenLayers(int[] value) {
      return withInts(TrainSettings.HIDDEN, value);
    }

    default E setActivation(String value) {
      return withText(TrainSettings.ACTIVATION, value);
    }

    /** sgd, momentum, nesterov, adagrad, adam or adamw. */
    default E setOptimizer(String value) {
      return withText(TrainSettings.OPTIMIZER, value);
    }

    /** constant, cosine, dbd, rdbd (the default), hd, dog, schedule-free, mechanic or prodigy. */
    default E setSchedule(String value) {
      return withText(TrainSettings.SCHEDULE, value);
    }

    /** The learning rate to start from; not set: the optimizer's own. */
    default E setStepSize(double value) {
      return with(TrainSettings.STEP_SIZE, value);
    }

    default E setSignal(String value) {
      return withText(TrainSettings.SIGNAL, value);
    }

    default E setKappa(double value) {
      return with(TrainSettings.KAPPA, value);
    }

    default E setTheta(double value) {
      return with(TrainSettings.THETA, value);
    }

    default E setBeta(double value) {
      return with(TrainSettings.BETA, value);
    }

    default E setMinStepSize(double value) {
      return with(TrainSettings.MIN_STEP_SIZE, value);
    }

    default E setMaxStepSize(double value) {
      return with(TrainSettings.MAX_STEP_SIZE, value);
    }

    default E setDelayed(boolean value) {
      return with(TrainSettings.DELAYED, value);
    }

    default E setWarmUp(long value) {
      return with(TrainSettings.WARM_UP, value);
    }

    default E setPhi(double value) {
      return with(TrainSettings.PHI, value);
    }

    default E setGroup(String value) {
      return withText(TrainSettings.GROUP, value);
    }

    default E setLossRegret(boolean value) {
      return with(TrainSettings.LOSS_REGRET, value);
    }

    /** Rows of a batch; not set: by the number of rows. */
    default E setBatchSize(int value) {
      return with(TrainSettings.BATCH, value);
    }

    /** Passes over the rows. */
    default E setMaxIter(int value) {
      return with(TrainSettings.EPOCHS, value);
    }

    default E setLocalSteps(int value) {
      return with(TrainSettings.LOCAL_STEPS, value);
    }

    default E setLocalWorkers(int value) {
      return with(TrainSettings.LOCAL_WORKERS, value);
    }

    default E setRegParam(double value) {
      return with(TrainSettings.L2, value);
    }

    default E setWeightDecay(double value) {
      return with(TrainSettings.WEIGHT_DECAY, value);
    }

    /** Norm that gradients are clipped to; not set: no clipping. */
    default E setClip(double value) {
      return with(TrainSettings.CLIP, value);
    }

    default E setDropout(double value) {
      return with(TrainSettings.DROPOUT, value);
    }

    default E setValidationFraction(double value) {
      return with(TrainSettings.VALIDATION, value);
    }

    default E setStandardization(boolean value) {
      return with(TrainSettings.STANDARDIZE, value);
    }

    /** Epochs without gain after which training stops; not set: never. */
    default E setEarlyStop(int value) {
      return with(TrainSettings.EARLY_STOP, value);
    }

    /**
     * Epochs without gain after which the rate is halved; not set: 2 under rdbd, never under dbd.
     */
    default E setPlateau(int value) {
      return with(TrainSettings.PLATEAU, value);
    }

    /** A weight for each class with commas between them, or balanced. */
    default E setClassWeights(String value) {
      return with(TrainSettings.CLASS_WEIGHTS, value);
    }

    default E setPrecision(String value) {
      return withText(TrainSettings.PRECISION, value);
    }

    /** auto, driver or executors; the bits are the same. */
    default E setStepsOn(String value) {
      return withText(TrainSettings.STEPS_ON, value);
    }

    /** Folder of a saved model of the same shape, whose weights to start from. */
    default E setInitialModel(String value) {
      return with(TrainSettings.INITIAL_MODEL, value);
    }

    /** Column with the weight of a row. */
    default E setWeightCol(String value) {
      return with(TrainSettings.WEIGHT_COL, value);
    }

    default E setSeed(long value) {
      return with(CommonOptions.SEED, value);
    }
  }
}
