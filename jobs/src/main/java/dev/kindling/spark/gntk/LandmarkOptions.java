package dev.kindling.spark.gntk;

import static dev.kindling.spark.gntk.GraphKernelSettings.*;

import dev.kindling.BadInput;
import dev.kindling.linalg.Precision;
import dev.kindling.spark.setting.Settings;

/** What the settings of the approximation by landmarks come to. Immutable. */
final class LandmarkOptions {
  /** How landmarks are chosen. */
  public enum By {
    uniform,
    kmeans,
    leverage
  }

  static final int MOST = 8192;
  static final int MOST_PIECES = 64;

  /** Pieces of all landmarks at a level, where one each is not more already. */
  static final int MOST_COLUMNS = 4096;

  private final Settings settings;

  private LandmarkOptions(Settings settings) {
    this.settings = settings;
  }

  /**
   * @throws BadInput naming a setting whose value does not go with the others
   */
  static LandmarkOptions of(Settings settings) {
    settings.check(OF_LANDMARKS.all());
    return new LandmarkOptions(settings);
  }

  /**
   * @throws BadInput if something of the kernel cannot be had by landmarks
   */
  void check(GntkOptions kernel) {
    if (!given()) {
      return;
    }
    if (kernel.kernels().isSeveral()) {
      throw kernel.badBlocks(
          "%s approximates the kernel of one number; give one number, or leave %s out",
          LANDMARKS.is(count()), LANDMARKS.named());
    }
    if (kernel.kernel().isPresent()) {
      throw BadInput.of(
          "%s with %s: that kernel is whole; leave one of them out",
          LANDMARKS.is(count()), KERNEL.named());
    }
    if (kernel.task() == GntkOptions.Task.svm) {
      throw BadInput.of(
          "%s with %s: the machine needs the whole Gram matrix; give %s, or none and train on the table features",
          LANDMARKS.is(count()), TASK.is(kernel.task()), TASK.is(GntkOptions.Task.ridge));
    }
    if (kernel.engine() == GntkOptions.Engine.colors) {
      throw BadInput.of(
          "%s: computes the whole Gram matrix; with %s give tiles, dense or auto",
          ENGINE.is(kernel.engine()), LANDMARKS.named());
    }
    if (kernel.precision() == Precision.FLOAT) {
      throw BadInput.of(
          "%s with %s: the features divide by small eigenvalues, and would magnify its errors; leave it out",
          PRECISION.is(kernel.precision()), LANDMARKS.named());
    }
    if (by() == By.kmeans && kernel.nodeLabels().needsAttributes()) {
      throw settings.bad(
          LANDMARKS_BY,
          "needs histograms of tags, and nodes have attributes; give uniform or leverage");
    }
  }

  /**
   * @param set what has them
   * @throws BadInput if there are more landmarks than graphs
   */
  void check(long graphs, String set) {
    if (count() > graphs) {
      throw settings.bad(LANDMARKS, "%s has %d graphs; give at most that many", set, graphs);
    }
  }

  /** Whether there are any. */
  boolean given() {
    return settings.has(LANDMARKS);
  }

  int count() {
    return settings.get(LANDMARKS);
  }

  By by() {
    return settings.get(LANDMARKS_BY);
  }

  int pieces() {
    return settings.get(PIECES);
  }

  /** Columns at a level, at most. */
  int mostColumns() {
    return Math.max(count(), Math.min(count() * pieces(), MOST_COLUMNS));
  }

  int features() {
    return settings.given(FEATURES).orElse(2 * count());
  }
}
