package dev.kindling.gntk;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Σ^l and Θ^l between two blocks of colours, both m×n and column-major, rows from {@code firstRow},
 * columns from {@code firstColumn}.
 *
 * <p>A level is kept as the tiles of its upper triangle, diagonal tiles whole. 16 bytes a pair of
 * colours. The arrays may be longer than m·n: they are used for one tile after the other. The last
 * level is not kept: nothing reads it again.
 */
public record ColorTile(
    int firstRow, int rows, int firstColumn, int columns, double[] sigma, double[] theta) {

  boolean onDiagonal() {
    return firstRow == firstColumn;
  }

  /** Writes the tile so that {@link #read} gives it back. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(firstRow);
    out.writeInt(rows);
    out.writeInt(firstColumn);
    out.writeInt(columns);
    ArrayIo.writeDoubles(out, sigma, rows * columns);
    ArrayIo.writeDoubles(out, theta, rows * columns);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param spare a tile that is no longer needed: its memory is taken where it fits. Or null
   * @throws IOException if the bytes cannot be a tile; nothing is allocated before its length is
   *     checked
   */
  public static ColorTile read(DataInput in, ColorTile spare) throws IOException {
    int firstRow = in.readInt();
    int rows = in.readInt();
    int firstColumn = in.readInt();
    int columns = in.readInt();
    ArrayIo.check(firstRow >= 0 && firstColumn >= firstRow, "first column", firstColumn);
    ArrayIo.check(rows >= 1 && rows <= ColorTiling.BLOCK, "rows", rows);
    ArrayIo.check(columns >= 1 && columns <= ColorTiling.BLOCK, "columns", columns);
    double[] sigma = memory(spare == null ? null : spare.sigma, rows * columns);
    double[] theta = memory(spare == null ? null : spare.theta, rows * columns);
    ArrayIo.readDoubles(in, sigma, rows * columns);
    ArrayIo.readDoubles(in, theta, rows * columns);
    return new ColorTile(firstRow, rows, firstColumn, columns, sigma, theta);
  }

  /** The spare array if it is long enough, its values as they are; otherwise a new one. */
  static double[] memory(double[] spare, int length) {
    return spare != null && spare.length >= length ? spare : new double[length];
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
