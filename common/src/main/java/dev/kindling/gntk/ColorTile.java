package dev.kindling.gntk;

/**
 * Σ^l and Θ^l between two blocks of colours, both m×n and column-major, rows from {@code firstRow},
 * columns from {@code firstColumn}.
 *
 * <p>A level is kept as the tiles of its upper triangle, diagonal tiles whole. 16 bytes a pair of
 * colours; σ is null at the last level, where nothing reads it.
 */
public record ColorTile(
    int firstRow, int rows, int firstColumn, int columns, double[] sigma, double[] theta) {

  boolean onDiagonal() {
    return firstRow == firstColumn;
  }

  /**
   * Writes the transpose of an m×n column-major array into {@code into}, an n×m one. In blocks, so
   * that both sides stay in cache.
   */
  static void transpose(double[] from, int m, int n, double[] into) {
    int block = 32;
    for (int j0 = 0; j0 < n; j0 += block) {
      int j1 = Math.min(n, j0 + block);
      for (int i0 = 0; i0 < m; i0 += block) {
        int i1 = Math.min(m, i0 + block);
        for (int j = j0; j < j1; j++) {
          for (int i = i0; i < i1; i++) {
            into[i * n + j] = from[j * m + i];
          }
        }
      }
    }
  }
}
