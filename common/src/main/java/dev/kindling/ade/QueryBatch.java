package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/** Queries' images U(q − o), in both precisions. */
public final class QueryBatch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Matrix images;
  private final float[] rounded;
  private final double[] norms;

  /**
   * @param images U(q − o), k×b, a query a column, o that of the tiles. Kept
   */
  public QueryBatch(Matrix images) {
    this.images = images;
    this.rounded = new float[images.values().length];
    this.norms = new double[images.cols()];
    double[] values = images.values();
    int k = images.rows();
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
      norms[i / k] += (double) rounded[i] * rounded[i];
    }
  }

  /** b. */
  public int count() {
    return images.cols();
  }

  /** k. */
  public int dimension() {
    return images.rows();
  }

  /** k×b. Not to be modified. */
  double[] images() {
    return images.values();
  }

  /** The same in single precision. Not to be modified. */
  float[] rounded() {
    return rounded;
  }

  /** Squared length of the rounded image of a query. */
  double norm(int q) {
    return norms[q];
  }
}
