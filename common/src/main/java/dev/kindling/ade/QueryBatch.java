package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.io.Serializable;

/** Queries' images U q − centre, in both precisions. */
public final class QueryBatch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Matrix images;
  private final float[] rounded;
  private final double[] norms;

  /**
   * @param images U q, k×b, a query a column. Not modified
   * @param centre the one of the tiles. Not modified
   */
  public QueryBatch(Matrix images, double[] centre) {
    if (centre.length != images.rows()) {
      throw new IllegalArgumentException("a centre of " + centre.length + " for " + images.shape());
    }
    this.images = images.copy();
    this.rounded = new float[images.values().length];
    this.norms = new double[images.cols()];
    double[] values = this.images.values();
    for (int i = 0; i < values.length; i++) {
      values[i] -= centre[i % centre.length];
      rounded[i] = (float) values[i];
      norms[i / centre.length] += (double) rounded[i] * rounded[i];
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
