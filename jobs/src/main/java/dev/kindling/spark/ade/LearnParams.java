package dev.kindling.spark.ade;

import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.HasSettings;
import java.util.NoSuchElementException;

/**
 * The Params of learning a metric, as the Estimator and its model have them; see {@link
 * LearnSettings}. A getter throws a {@link NoSuchElementException}, as MLlib's do, where nothing
 * was set and the default depends on other Params or the data.
 */
public interface LearnParams extends HasSettings {
  default String getFeaturesCol() {
    return value(LearnSettings.FEATURES_COL);
  }

  default String getLabelCol() {
    return value(LearnSettings.LABEL_COL);
  }

  default String getOutputCol() {
    return value(LearnSettings.OUTPUT_COL);
  }

  default String getLearner() {
    return text(LearnSettings.LEARNER);
  }

  default int getNumPairs() {
    return value(LearnSettings.PAIRS);
  }

  default int getSweeps() {
    return value(LearnSettings.SWEEPS);
  }

  default String getInitial() {
    return value(LearnSettings.INITIAL);
  }

  default double getUpper() {
    return value(LearnSettings.UPPER);
  }

  default double getLower() {
    return value(LearnSettings.LOWER);
  }

  default double getGamma() {
    return value(LearnSettings.GAMMA);
  }

  default double getScale() {
    return value(LearnSettings.SCALE);
  }

  default double getShrink() {
    return value(LearnSettings.SHRINK);
  }

  default int getRank() {
    return value(LearnSettings.RANK);
  }

  default int getMaxIter() {
    return value(LearnSettings.ITERATIONS);
  }

  default int getNeighbors() {
    return value(LearnSettings.NEIGHBORS);
  }

  default double getPush() {
    return value(LearnSettings.PUSH);
  }

  default int getSample() {
    return value(LearnSettings.SAMPLE);
  }

  default long getSeed() {
    return value(CommonOptions.SEED);
  }

  /**
   * Setters of what a model uses, too.
   *
   * @param <S> the stage
   */
  interface SetColumns<S> extends LearnParams, HasSettings.Set<S> {
    /** Column with the points, as vectors. */
    default S setFeaturesCol(String value) {
      return with(LearnSettings.FEATURES_COL, value);
    }

    /** Column for Ux. */
    default S setOutputCol(String value) {
      return with(LearnSettings.OUTPUT_COL, value);
    }
  }

  /**
   * Setters.
   *
   * @param <E> the Estimator
   */
  interface Set<E> extends SetColumns<E> {
    /** Column with the classes of the points: 0, 1, … */
    default E setLabelCol(String value) {
      return with(LearnSettings.LABEL_COL, value);
    }

    /** rca, nca (the default), lmnn, or itml and pola with pairs drawn from the labels. */
    default E setLearner(String value) {
      return withText(LearnSettings.LEARNER, value);
    }

    /** Pairs drawn from the labels, for itml and pola; not set: by the number of classes. */
    default E setNumPairs(int value) {
      return with(LearnSettings.PAIRS, value);
    }

    default E setSweeps(int value) {
      return with(LearnSettings.SWEEPS, value);
    }

    /** identity, zero (for pola), or a file with a factor U, where itml and pola start. */
    default E setInitial(String value) {
      return with(LearnSettings.INITIAL, value);
    }

    /** Largest squared distance of similar points, for itml; not set: from the data. */
    default E setUpper(double value) {
      return with(LearnSettings.UPPER, value);
    }

    /** Smallest squared distance of others, for itml; not set: from the data. */
    default E setLower(double value) {
      return with(LearnSettings.LOWER, value);
    }

    default E setGamma(double value) {
      return with(LearnSettings.GAMMA, value);
    }

    default E setScale(double value) {
      return with(LearnSettings.SCALE, value);
    }

    default E setShrink(double value) {
      return with(LearnSettings.SHRINK, value);
    }

    /** Rows of U, for nca; not set: one for each feature. */
    default E setRank(int value) {
      return with(LearnSettings.RANK, value);
    }

    /** Steps of nca, rounds of lmnn; not set: 100 and 50. */
    default E setMaxIter(int value) {
      return with(LearnSettings.ITERATIONS, value);
    }

    default E setNeighbors(int value) {
      return with(LearnSettings.NEIGHBORS, value);
    }

    default E setPush(double value) {
      return with(LearnSettings.PUSH, value);
    }

    /** Rows that nca and lmnn learn from, drawn by the seed; not set: all. */
    default E setSample(int value) {
      return with(LearnSettings.SAMPLE, value);
    }

    default E setSeed(long value) {
      return with(CommonOptions.SEED, value);
    }
  }
}
