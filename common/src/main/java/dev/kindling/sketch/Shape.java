package dev.kindling.sketch;

import dev.kindling.Words;
import dev.kindling.linalg.Matrix;

/** Checks of shapes that all sketches share. */
final class Shape {
  private Shape() {}

  static void require(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("a sketch of " + rows + "×" + columns);
    }
  }

  static void require(Sketch sketch, Matrix x, Matrix y) {
    if (x.rows() != sketch.columns() || y.rows() != sketch.rows() || x.cols() != y.cols()) {
      throw new IllegalArgumentException(
          Words.of(
              "a sketch of %s×%s from %s to %s",
              sketch.rows(), sketch.columns(), x.shape(), y.shape()));
    }
  }
}
