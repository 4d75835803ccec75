package dev.kindling.spark.gntk;

import dev.kindling.spark.job.CommonOptions;
import dev.kindling.spark.setting.HasSettings;

/**
 * The Params that graph kernel Estimators and their models share; see {@link GraphKernelSettings}.
 * A getter throws, as MLlib's do, where nothing was set and the default depends on other Params or
 * the session.
 */
public interface GraphKernelParams extends HasSettings {
  default String getGraphCol() {
    return value(GraphKernelSettings.GRAPH_COL);
  }

  default String getTagsCol() {
    return value(GraphKernelSettings.TAGS_COL);
  }

  default String getSourcesCol() {
    return value(GraphKernelSettings.SOURCES_COL);
  }

  default String getTargetsCol() {
    return value(GraphKernelSettings.TARGETS_COL);
  }

  default String getLabelCol() {
    return value(GraphKernelSettings.LABEL_COL);
  }

  default String getPredictionCol() {
    return value(GraphKernelSettings.PREDICTION_COL);
  }

  /** One number; of several that were given to an Estimator its model has the chosen one. */
  default int[] getBlocks() {
    return ints(GraphKernelSettings.BLOCKS);
  }

  default int getMlpLayers() {
    return value(GraphKernelSettings.MLP_LAYERS);
  }

  default String getScale() {
    return text(GraphKernelSettings.SCALE);
  }

  default boolean getJumpingKnowledge() {
    return value(GraphKernelSettings.JUMPING_KNOWLEDGE);
  }

  default double getFactor() {
    return value(GraphKernelSettings.FACTOR);
  }

  default String getNodeLabels() {
    return text(GraphKernelSettings.NODE_LABELS);
  }

  default String getNormalize() {
    return text(GraphKernelSettings.NORMALIZE);
  }

  default String getLabels() {
    return text(GraphKernelSettings.LABELS);
  }

  default String getWorkDir() {
    return value(GraphKernelSettings.WORK_DIR);
  }

  default long getSeed() {
    return value(CommonOptions.SEED);
  }

  /**
   * Setters.
   *
   * @param <E> the Estimator
   */
  interface Set<E> extends GraphKernelParams, HasSettings.Set<E> {
    default E setGraphCol(String value) {
      return with(GraphKernelSettings.GRAPH_COL, value);
    }

    default E setTagsCol(String value) {
      return with(GraphKernelSettings.TAGS_COL, value);
    }

    default E setSourcesCol(String value) {
      return with(GraphKernelSettings.SOURCES_COL, value);
    }

    default E setTargetsCol(String value) {
      return with(GraphKernelSettings.TARGETS_COL, value);
    }

    default E setLabelCol(String value) {
      return with(GraphKernelSettings.LABEL_COL, value);
    }

    default E setPredictionCol(String value) {
      return with(GraphKernelSettings.PREDICTION_COL, value);
    }

    /**
     * One number of BLOCKs; or several, of which one is chosen along with the penalty or cost, from
     * levels that are computed once.
     */
    default E setBlocks(int... value) {
      return withInts(GraphKernelSettings.BLOCKS, value);
    }

    default E setMlpLayers(int value) {
      return with(GraphKernelSettings.MLP_LAYERS, value);
    }

    /** uniform or degree. */
    default E setScale(String value) {
      return withText(GraphKernelSettings.SCALE, value);
    }

    default E setJumpingKnowledge(boolean value) {
      return with(GraphKernelSettings.JUMPING_KNOWLEDGE, value);
    }

    default E setFactor(double value) {
      return with(GraphKernelSettings.FACTOR, value);
    }

    /** auto, tag or degree: a DataFrame has no column of attributes. */
    default E setNodeLabels(String value) {
      return withText(GraphKernelSettings.NODE_LABELS, value);
    }

    /** cosine or none. */
    default E setNormalize(String value) {
      return withText(GraphKernelSettings.NORMALIZE, value);
    }

    /** auto, classes or numbers. */
    default E setLabels(String value) {
      return withText(GraphKernelSettings.LABELS, value);
    }

    /** Folder that driver and executors share. */
    default E setWorkDir(String value) {
      return with(GraphKernelSettings.WORK_DIR, value);
    }

    default E setSeed(long value) {
      return with(CommonOptions.SEED, value);
    }
  }
}
