package dev.kindling.spark.gntk;

import dev.kindling.gntk.Pieces;
import dev.kindling.linalg.Matrix;
import dev.kindling.nystrom.NystromMap;
import dev.kindling.ridge.FeatureRidge;
import dev.kindling.spark.job.BlasContract;
import java.io.Serializable;

/**
 * The Nyström features of all graphs, a file a block among the run's files. Travels to executors,
 * without the map.
 */
final class NystromFeatures implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WorkFiles files;
  private final GraphBlocks.Layout layout;
  private final transient NystromMap map;
  private final Pieces pieces;
  private final int rank;
  private final BlasContract blas;

  NystromFeatures(
      WorkFiles files,
      GraphBlocks.Layout layout,
      NystromMap map,
      Pieces pieces,
      BlasContract blas) {
    this.files = files;
    this.layout = layout;
    this.map = map;
    this.pieces = pieces;
    this.rank = map.rank();
    this.blas = blas;
  }

  GraphBlocks.Layout layout() {
    return layout;
  }

  /** On the driver only. */
  NystromMap map() {
    return map;
  }

  /** What the landmarks are cut into. */
  Pieces pieces() {
    return pieces;
  }

  /** Features of a graph. */
  int rank() {
    return rank;
  }

  /** r×n: a column a graph of the block. */
  Matrix features(int block) {
    blas.enter();
    return files.readFeatures(block, rank, layout);
  }

  /**
   * Of some graphs of the block, which alone are read.
   *
   * @param graphs ascending
   */
  Matrix features(int block, int... graphs) {
    blas.enter();
    return files.readFeatures(block, rank, graphs);
  }

  /** Keeps a ridge on the features among the run's files. */
  void writeFit(int number, FeatureRidge fit) {
    files.writeFit(number, fit);
  }

  /** What {@link #writeFit} kept. */
  FeatureRidge fit(int number) {
    blas.enter();
    return files.readFit(number, rank);
  }

  /** The kernel of each graph of the block with itself, as it is. */
  double[] diagonal(int block) {
    return files.readDiagonal(block, layout);
  }
}
