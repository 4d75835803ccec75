package dev.kindling.ade;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.linalg.Qr;
import dev.kindling.sketch.Sketch;
import dev.kindling.sketch.SketchKind;

/**
 * A random orthonormal R, k×k: distances under R U are those under U, and any few coordinates of R
 * U x are a sketch of all. The Q of a Gaussian matrix (Stewart 1980).
 */
public final class Rotation {
  private Rotation() {}

  /**
   * R U.
   *
   * @param u k×d. Not modified
   */
  public static Matrix of(Matrix u, long seed) {
    int k = u.rows();
    Sketch gaussian = SketchKind.GAUSSIAN.create(k, k, seed);
    Matrix entries = Matrix.zeros(k, k);
    gaussian.apply(Matrix.identity(k), entries);
    return Blas.times(Qr.of(entries).q(), u);
  }
}
