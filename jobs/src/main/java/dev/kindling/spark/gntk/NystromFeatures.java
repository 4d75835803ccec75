package dev.kindling.spark.gntk;

import dev.kindling.linalg.Matrix;
import dev.kindling.nystrom.NystromMap;
import dev.kindling.spark.job.BlasContract;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * The Nyström features of all graphs, block by block: made from the stored columns of the kernel
 * wherever they are wanted, which costs one product and no file. Travels to executors.
 */
final class NystromFeatures implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What they are made with.
   *
   * @param scales of the landmarks for the cosine-normalised kernel, or null
   */
  record Fitted(NystromMap map, double[] scales) implements Serializable {}

  private final WorkFiles files;
  private final String columns;
  private final GraphBlocks.Layout layout;
  private final Broadcast<Fitted> fitted;
  private final BlasContract blas;

  NystromFeatures(
      WorkFiles files,
      String columns,
      GraphBlocks.Layout layout,
      Broadcast<Fitted> fitted,
      BlasContract blas) {
    this.files = files;
    this.columns = columns;
    this.layout = layout;
    this.fitted = fitted;
    this.blas = blas;
  }

  GraphBlocks.Layout layout() {
    return layout;
  }

  NystromMap map() {
    return fitted.value().map();
  }

  /** 1/√K(l, l) of the landmarks where the kernel is cosine-normalised, else null. */
  double[] scales() {
    return fitted.value().scales();
  }

  /** The kernel's columns, normalised where it is. */
  KernelColumns columns(int block) {
    KernelColumns read =
        files.readColumns(
            columns,
            block,
            layout,
            fitted.value().map().maps().length,
            fitted.value().map().landmarks());
    if (fitted.value().scales() != null) {
      read.normalize(fitted.value().scales());
    }
    return read;
  }

  /**
   * The features, r×n: a column a graph.
   *
   * @param of the block's columns
   */
  Matrix features(KernelColumns of) {
    blas.enter();
    return fitted.value().map().features(of.parts());
  }

  Matrix features(int block) {
    return features(columns(block));
  }

  /** What they were made with is not needed any more. */
  void close() {
    fitted.destroy();
  }
}
