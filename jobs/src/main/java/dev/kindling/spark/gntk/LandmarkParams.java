package dev.kindling.spark.gntk;

import dev.kindling.spark.setting.HasSettings;

/** The Params of stages that can approximate the kernel by landmarks, and of their models. */
public interface LandmarkParams extends HasSettings {
  default int getLandmarks() {
    return value(GraphKernelSettings.LANDMARKS);
  }

  default String getLandmarksBy() {
    return text(GraphKernelSettings.LANDMARKS_BY);
  }

  default int getPieces() {
    return value(GraphKernelSettings.PIECES);
  }

  default int getFeatures() {
    return value(GraphKernelSettings.FEATURES);
  }

  /**
   * Setters.
   *
   * @param <E> the Estimator
   */
  interface Set<E> extends LandmarkParams, HasSettings.Set<E> {
    /** Nyström from so many graphs in the place of the whole Gram matrix. */
    default E setLandmarks(int value) {
      return with(GraphKernelSettings.LANDMARKS, value);
    }

    /** uniform, kmeans or leverage. */
    default E setLandmarksBy(String value) {
      return withText(GraphKernelSettings.LANDMARKS_BY, value);
    }

    /** Pieces that a landmark is cut into where it has colors enough. */
    default E setPieces(int value) {
      return with(GraphKernelSettings.PIECES, value);
    }

    /** At most so many features; not set: twice the landmarks. */
    default E setFeatures(int value) {
      return with(GraphKernelSettings.FEATURES, value);
    }
  }
}
