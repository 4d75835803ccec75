package dev.kindling.gntk;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * H_l of a block of graphs for every level: one sparse row a graph, the number of its nodes of each
 * colour. About 12 bytes a graph, level and distinct colour.
 */
public final class Histograms {
  private final SparseRows[] levels;

  private Histograms(SparseRows[] levels) {
    this.levels = levels;
  }

  /**
   * @throws IllegalArgumentException if a graph holds a colour that {@code colors} does not
   */
  public static Histograms of(ColorLevels colors, Graph[] graphs) {
    return new Histograms(colors.histograms(graphs));
  }

  /** Number of graphs. */
  public int graphs() {
    return levels[0].rows();
  }

  SparseRows level(int level) {
    return levels[level];
  }

  /**
   * Adds H_lᵀ A for every level: what each colour weighs in a linear function of the kernel.
   *
   * @param first the row of {@code coefficients} that belongs to the first graph here
   * @param coefficients A, a row a graph. Not modified
   * @param weights by level, C_l×m row-major. Modified
   */
  public void addWeights(int first, double[][] coefficients, double[][] weights) {
    for (int level = 0; level < levels.length; level++) {
      addWeights(level, first, coefficients, weights[level]);
    }
  }

  /** The same for one level. */
  void addWeights(int level, int first, double[][] coefficients, double[] weights) {
    SparseRows rows = levels[level];
    for (int g = 0; g < rows.rows(); g++) {
      double[] a = coefficients[first + g];
      for (int k = rows.offsets[g]; k < rows.offsets[g + 1]; k++) {
        for (int c = 0; c < a.length; c++) {
          weights[rows.columns[k] * a.length + c] += rows.values[k] * a[c];
        }
      }
    }
  }

  /** With one level's read out as pieces of the graphs; the others are not there. */
  Histograms cut(int level, ColorLevels colors, int pieces) {
    SparseRows[] cut = new SparseRows[levels.length];
    cut[level] = Pieces.cut(levels[level], colors.set(level).low, pieces);
    return new Histograms(cut);
  }

  /** Writes them so that {@link #read} gives them back. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(graphs());
    for (SparseRows rows : levels) {
      rows.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote for the same colours.
   *
   * @throws IOException if the bytes cannot be that; nothing is allocated before its length is
   *     checked
   */
  public static Histograms read(DataInput in, ColorLevels colors) throws IOException {
    int graphs = in.readInt();
    ArrayIo.check(graphs >= 1 && graphs < 1 << 24, "number of graphs", graphs);
    SparseRows[] levels = new SparseRows[colors.blocks() + 1];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = SparseRows.read(in, graphs, colors.size(level));
    }
    return new Histograms(levels);
  }
}
