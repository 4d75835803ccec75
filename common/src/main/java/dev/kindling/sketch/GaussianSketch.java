package dev.kindling.sketch;

import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;

/**
 * Entries N(0, 1/m), independent (Indyk and Motwani 1998). |Πv|²/|v|² has the law χ²_m/m exactly.
 *
 * <p>Memory: 8·m·k bytes. Time: 2·m·k operations a vector, by BLAS 3.
 */
final class GaussianSketch implements Sketch {
  private final Matrix pi;

  GaussianSketch(int rows, int columns, long seed) {
    Shape.require(rows, columns);
    double[] entries = new double[Math.multiplyExact(rows, columns)];
    Normals normals = new Normals(seed);
    normals.fill(0, entries);
    double scale = 1 / Math.sqrt(rows);
    for (int i = 0; i < entries.length; i++) {
      entries[i] *= scale;
    }
    pi = Matrix.of(rows, columns, entries);
  }

  @Override
  public int rows() {
    return pi.rows();
  }

  @Override
  public int columns() {
    return pi.cols();
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    Shape.require(this, x, y);
    Blas.gemm(false, false, 1, pi, x, 0, y);
  }
}
