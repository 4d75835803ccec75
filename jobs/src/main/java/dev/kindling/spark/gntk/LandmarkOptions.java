package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSummary;
import dev.kindling.linalg.Precision;
import picocli.CommandLine.Option;

/** The approximation by landmarks. */
public final class LandmarkOptions {
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

  static final int PIECES = 4;

  @Option(
      names = "--landmarks",
      paramLabel = "m",
      description =
          "Nyström: compute the kernel of all graphs with m of them only, and learn from the features that these give. For sets whose whole Gram matrix is too large.")
  Integer count;

  @Option(
      names = "--landmarks-by",
      paramLabel = "uniform|kmeans|leverage",
      description =
          "How they are chosen: at random; spread over the histograms of colours by k-means++; or by leverage scores, which takes twice the time. Default: uniform.")
  By by;

  @Option(
      names = "--landmark-pieces",
      paramLabel = "q",
      description =
          "Pieces that a landmark is cut into, by its colours, where it has enough of them: more columns from the same kernel between colours. Default: 4.")
  Integer pieces;

  @Option(
      names = "--landmark-features",
      paramLabel = "r",
      description =
          "Features of a graph, at most; more are projected on those of as many graphs, drawn at random. Default: twice the landmarks.")
  Integer features;

  /**
   * @throws BadInput naming the option, its value and what it may be
   */
  void check(GntkOptions kernel) {
    if (count == null) {
      if (by != null) {
        throw new BadInput("--landmarks-by " + by + ": give --landmarks m, too");
      }
      if (pieces != null) {
        throw new BadInput("--landmark-pieces " + pieces + ": give --landmarks m, too");
      }
      if (features != null) {
        throw new BadInput("--landmark-features " + features + ": give --landmarks m, too");
      }
      return;
    }
    if (count < 1 || count > MOST) {
      throw new BadInput("--landmarks " + count + ": must be between 1 and " + MOST);
    }
    if (pieces() < 1 || pieces() > MOST_PIECES) {
      throw new BadInput("--landmark-pieces " + pieces + ": must be between 1 and " + MOST_PIECES);
    }
    if (features() < 1 || features() > 2 * MOST) {
      throw new BadInput("--landmark-features " + features + ": must be between 1 and " + 2 * MOST);
    }
    if (kernel.earlier != null) {
      throw new BadInput(
          "--landmarks " + count + " with --kernel: that kernel is whole; leave one of them out");
    }
    if (kernel.task == GntkOptions.Task.svm) {
      throw new BadInput(
          "--landmarks "
              + count
              + " with --task svm: the machine needs the whole Gram matrix; give --task ridge, or none and train on the table features");
    }
    if (kernel.engine == GntkOptions.Engine.colors) {
      throw new BadInput(
          "--engine colors: computes the whole Gram matrix; with --landmarks give tiles, dense or auto");
    }
    if (kernel.precision == Precision.FLOAT) {
      throw new BadInput(
          "--precision float with --landmarks: the features divide by small eigenvalues, and would magnify its errors; leave it out");
    }
    if (by == By.kmeans && kernel.nodeLabels.needsAttributes()) {
      throw new BadInput(
          "--landmarks-by kmeans: needs histograms of tags, and nodes have attributes; give uniform or leverage");
    }
  }

  /**
   * @throws BadInput if there are more landmarks than graphs
   */
  void check(GraphSummary graphs, String set) {
    if (count > graphs.graphs()) {
      throw new BadInput(
          "--landmarks "
              + count
              + ": "
              + set
              + " has "
              + graphs.graphs()
              + " graphs; give at most that many");
    }
  }

  boolean given() {
    return count != null;
  }

  By by() {
    return by == null ? By.uniform : by;
  }

  int pieces() {
    return pieces == null ? PIECES : pieces;
  }

  /** Columns at a level, at most. */
  int mostColumns() {
    return Math.max(count, Math.min(count * pieces(), MOST_COLUMNS));
  }

  int features() {
    return features == null ? 2 * count : features;
  }
}
