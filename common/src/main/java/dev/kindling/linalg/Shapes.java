package dev.kindling.linalg;

import dev.kindling.Words;

/** Whether shapes fit together, and if not, a message with all of them. */
final class Shapes {
  private Shapes() {}

  static void product(boolean transA, boolean transB, Matrix a, Matrix b, Matrix c) {
    int m = transA ? a.cols() : a.rows();
    int inner = transA ? a.rows() : a.cols();
    int innerB = transB ? b.cols() : b.rows();
    int n = transB ? b.rows() : b.cols();
    String shapes =
        "gemm: "
            + ((transA ? "Aᵀ is " : "A is ") + m + "×" + inner)
            + ((transB ? ", Bᵀ is " : ", B is ") + innerB + "×" + n);
    if (inner != innerB) {
      throw new IllegalArgumentException(
          shapes + ": inner dimensions " + inner + " and " + innerB + " differ");
    }
    if (c.rows() != m || c.cols() != n) {
      throw new IllegalArgumentException(
          shapes + ": C must be " + m + "×" + n + ", not " + c.shape());
    }
  }

  /** A rows×cols part of an array of this length, column-major, from offset on. */
  static void part(String name, int rows, int cols, int length, int offset, int ld) {
    if (rows < 0 || cols < 0 || offset < 0 || ld < Math.max(1, rows)) {
      throw new IllegalArgumentException(
          Words.of(
              "%s cannot be %s×%s from offset %s, columns %s apart", name, rows, cols, offset, ld));
    }
    long end = rows == 0 || cols == 0 ? offset : offset + (cols - 1L) * ld + rows;
    if (end > length) {
      throw new IllegalArgumentException(
          name
              + " is "
              + rows
              + "×"
              + cols
              + " from offset "
              + offset
              + ", columns "
              + ld
              + " apart: that needs "
              + end
              + " values, the array has "
              + length);
    }
  }

  static void sameLength(String operation, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          operation + ": x has " + x.length + " entries, y has " + y.length);
    }
  }
}
