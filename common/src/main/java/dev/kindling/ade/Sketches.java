package dev.kindling.ade;

import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.Sketch;
import dev.kindling.sketch.SketchKind;
import java.io.Serializable;

/**
 * The maps Π_1, …, Π_L, made from a seed where they are needed.
 *
 * <p>Memory: L·m·k numbers for Gaussian ones, once they have all been used.
 */
public final class Sketches implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where they have been used; made anew after a journey. */
  private transient Sketch[] made;

  private final int count;
  private final SketchKind kind;
  private final int rows;
  private final int columns;
  private final long seed;

  /**
   * @param count L
   * @param rows m
   * @param columns k
   * @param seed must not be known to whoever chooses queries, where these are adversarial
   */
  public Sketches(SketchKind kind, int count, int rows, int columns, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " sketches");
    }
    this.count = count;
    this.kind = kind;
    this.rows = rows;
    this.columns = columns;
    this.seed = seed;
  }

  /** L. */
  public int count() {
    return count;
  }

  /** m. */
  public int rows() {
    return rows;
  }

  /** k. */
  public int columns() {
    return columns;
  }

  /** Π_j. */
  public synchronized Sketch get(int j) {
    if (made == null) {
      made = new Sketch[count];
    }
    if (made[j] == null) {
      made[j] = kind.create(rows, columns, RowKeys.key(seed, j));
    }
    return made[j];
  }

  /**
   * Π_j v for some j.
   *
   * @param v of length k. Not modified
   * @return m×|j|, a column for each
   */
  public Matrix apply(int[] drawn, double[] v) {
    Matrix out = Matrix.zeros(rows, drawn.length);
    for (int c = 0; c < drawn.length; c++) {
      System.arraycopy(get(drawn[c]).apply(v), 0, out.values(), c * rows, rows);
    }
    return out;
  }
}
