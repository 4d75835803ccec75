package dev.kindling.spark.ade;

import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.HasSettings;
import java.util.NoSuchElementException;
import org.apache.spark.ml.linalg.Matrix;

/**
 * The Params of neighbors under a metric, as the Estimator and its model have them; see {@link
 * SearchSettings}. A getter throws a {@link NoSuchElementException}, as MLlib's do, where nothing
 * was set and there is no default.
 */
public interface SearchParams extends HasSettings {
  default String getFeaturesCol() {
    return value(SearchSettings.FEATURES_COL);
  }

  default String getIdCol() {
    return value(SearchSettings.ID_COL);
  }

  default String getLabelCol() {
    return value(SearchSettings.LABEL_COL);
  }

  default String getNeighborsCol() {
    return value(SearchSettings.NEIGHBORS_COL);
  }

  default String getPredictionCol() {
    return value(SearchSettings.PREDICTION_COL);
  }

  default String getMetric() {
    return value(SearchSettings.METRIC);
  }

  /** U; of a model, that of its metric, wherever it is from. */
  default Matrix getFactor() {
    return value(SearchSettings.FACTOR);
  }

  default int getK() {
    return value(SearchSettings.K);
  }

  default double getRadius() {
    return value(SearchSettings.RADIUS);
  }

  default long getSeed() {
    return value(CommonOptions.SEED);
  }

  /**
   * Setters of what a model uses, too.
   *
   * @param <S> the stage
   */
  interface SetQuestion<S> extends SearchParams, HasSettings.Set<S> {
    /** Column with points, of those that are fitted and those that ask. */
    default S setFeaturesCol(String value) {
      return with(SearchSettings.FEATURES_COL, value);
    }

    /** Column for the neighbors. */
    default S setNeighborsCol(String value) {
      return with(SearchSettings.NEIGHBORS_COL, value);
    }

    /** Column for the class of most neighbors. */
    default S setPredictionCol(String value) {
      return with(SearchSettings.PREDICTION_COL, value);
    }

    /** At most so many neighbors; not set: 10, or all within the radius where there is one. */
    default S setK(int value) {
      return with(SearchSettings.K, value);
    }

    /** No neighbors beyond it; not set: no limit. */
    default S setRadius(double value) {
      return with(SearchSettings.RADIUS, value);
    }
  }

  /**
   * Setters.
   *
   * @param <E> the Estimator
   */
  interface Set<E> extends SetQuestion<E> {
    /** Column that names the points: whole numbers or strings; not set: row numbers. */
    default E setIdCol(String value) {
      return with(SearchSettings.ID_COL, value);
    }

    /** Column with the points' classes: 0, 1, …; not set: none. */
    default E setLabelCol(String value) {
      return with(SearchSettings.LABEL_COL, value);
    }

    /**
     * identity (the default), estimate:ledoit-wolf, factor:FILE, …: the words of {@code --metric}.
     */
    default E setMetric(String value) {
      return with(SearchSettings.METRIC, value);
    }

    /** U of the metric |U(x − y)|, k×d, instead of what metric says. */
    default E setFactor(Matrix value) {
      return with(SearchSettings.FACTOR, value);
    }

    /** Of estimate:mcd. */
    default E setSeed(long value) {
      return with(CommonOptions.SEED, value);
    }
  }
}
