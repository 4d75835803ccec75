package dev.kindling.gntk;

import dev.kindling.linalg.Precision;
import java.util.Arrays;
import java.util.List;

/**
 * Engines {@code tiles} and {@code dense}: the kernel between the graphs of two {@link TileSide}s,
 * with nothing from other graphs.
 *
 * <p>Not for several threads at once: its memory, some 50 bytes times the largest pair of sides in
 * doubles and half of that in floats, is used for one tile after the other.
 */
public final class TileKernel {
  /** Columns of the last level that are there at a time: they stay in the cache. */
  private static final int STRIP = 64;

  private final GntkParameters parameters;
  private final NormRange range;
  private final PairKernel<?> plain;
  private final PairKernel<?> signed;
  private double[] columnSums = {};

  /**
   * @param precision that the sides were made with
   */
  public TileKernel(GntkParameters parameters, Precision precision) {
    this.parameters = parameters;
    this.range = NormRange.of(precision);
    this.plain = PairKernel.of(precision, false);
    this.signed = PairKernel.of(precision, true);
  }

  /**
   * Σ_l H_l Θ^l H'_lᵀ of the graphs of two sides, without the kernel's factor.
   *
   * @return rows × columns, row-major
   */
  public double[] sums(TileSide rows, TileSide columns) {
    double[][] all = new double[1][Math.multiplyExact(rows.graphs(), columns.graphs())];
    sums(rows, columns, all, 0);
    return all[0];
  }

  /**
   * H_l Θ^l H'_lᵀ of the graphs of two sides, or of their {@linkplain TileSide#cut pieces}, without
   * the kernel's factor.
   *
   * @return by level that enters the kernel, ascending: rows × columns, row-major
   */
  public double[][] parts(TileSide rows, TileSide columns) {
    double[][] parts = new double[parameters.parts()][];
    for (int level = 0, part = 0; level <= parameters.blocks(); level++) {
      if (parameters.reads(level)) {
        parts[part++] =
            new double
                [Math.multiplyExact(
                    rows.histograms[level].rows(), columns.histograms[level].rows())];
      }
    }
    sums(rows, columns, parts, 1);
    return parts;
  }

  /**
   * @param step from the array of one level to that of the next
   */
  private void sums(TileSide rows, TileSide columns, double[][] sums, int step) {
    PairKernel<?> pair = start(rows, columns);
    int part = 0;
    for (int level = 0; level <= parameters.blocks(); level++) {
      if (level > 0 && level == parameters.blocks()) {
        last(pair, rows, columns, sums[part]);
        return;
      }
      if (level > 0) {
        pair.aggregate(rows.aggregation[level], columns.aggregation[level]);
        layers(pair, rows, columns, level);
      }
      if (parameters.reads(level)) {
        readOut(pair, rows.histograms[level], columns.histograms[level], sums[part]);
        part += step;
      }
    }
  }

  /**
   * The whole Gram matrix in memory, on one thread.
   *
   * @param byNodes engine dense
   */
  public static double[][] gram(
      Graph[] graphs, GntkParameters parameters, boolean byNodes, Precision precision) {
    List<TileSide> sides = TileSide.of(graphs, parameters, byNodes, precision);
    TileKernel kernel = new TileKernel(parameters, precision);
    double[][] gram = new double[graphs.length][graphs.length];
    for (int a = 0; a < sides.size(); a++) {
      for (int b = a; b < sides.size(); b++) {
        TileSide rows = sides.get(a);
        TileSide columns = sides.get(b);
        double[] sums = kernel.sums(rows, columns);
        for (int g = 0; g < rows.graphs(); g++) {
          for (int h = 0; h < columns.graphs(); h++) {
            double value = parameters.factor() * sums[g * columns.graphs() + h];
            int i = rows.position(g);
            int j = columns.position(h);
            if (a != b || i <= j) {
              gram[i][j] = gram[j][i] = value;
            }
          }
        }
      }
    }
    return gram;
  }

  /**
   * Fills in the norms of a side, and the kernel of each graph with itself, graph by graph: no pair
   * of different graphs is needed.
   *
   * @throws ArithmeticException if a norm is beyond the precision's range
   */
  void complete(TileSide side) {
    for (int u = 0; u < side.size(0); u++) {
      range.require(side.featureNorm(u), 0);
    }
    for (int level = 1; level <= parameters.blocks(); level++) {
      side.norms[level] = new double[side.size(level)];
      Arrays.fill(side.norms[level], Double.NaN);
    }
    double[] sum = new double[1];
    for (int g = 0; g < side.graphs(); g++) {
      TileSide.SingleGraph graph = side.single(g);
      TileSide single = graph.side();
      PairKernel<?> pair = start(single, single);
      sum[0] = 0;
      for (int level = 0; level <= parameters.blocks(); level++) {
        if (level > 0) {
          pair.aggregate(single.aggregation[level], single.aggregation[level]);
          single.norms[level] = norms(pair, level, graph.colors()[level], side.norms[level]);
          layers(pair, single, single, level);
        }
        if (parameters.reads(level)) {
          readOut(pair, single.histograms[level], single.histograms[level], sum);
        }
      }
      side.own[g] = sum[0];
    }
  }

  /** A colour that an earlier graph had keeps the norm it had there: the last bits may differ. */
  private double[] norms(PairKernel<?> pair, int level, int[] colors, double[] known) {
    double[] norms = new double[colors.length];
    for (int u = 0; u < norms.length; u++) {
      if (Double.isNaN(known[colors[u]])) {
        known[colors[u]] = Math.sqrt(Math.max(0, pair.sigma(u, u)));
        range.require(known[colors[u]], level);
      }
      norms[u] = known[colors[u]];
    }
    return norms;
  }

  private PairKernel<?> start(TileSide rows, TileSide columns) {
    PairKernel<?> pair = rows.signed() ? signed : plain;
    pair.start(rows.size(0), columns.size(0));
    pair.addEqual(rows.tags, columns.tags);
    pair.addProducts(rows.features, columns.features);
    return pair;
  }

  /** The last level, which nothing but the read-out needs, strip after strip of its columns. */
  private void last(PairKernel<?> pair, TileSide rows, TileSide columns, double[] sums) {
    int level = parameters.blocks();
    int r = rows.size(level);
    int c = columns.size(level);
    SparseRows byColor = columns.histograms[level].transposed(c);
    int graphs = columns.histograms[level].rows();
    columnSums = ColorTile.memory(columnSums, Math.multiplyExact(r, graphs));
    Arrays.fill(columnSums, 0, r * graphs, 0);
    pair.hold();
    for (int first = 0; first < c; first += STRIP) {
      int from = first;
      int to = Math.min(c, from + STRIP);
      pair.strip(rows.aggregation[level], columns.aggregation[level].range(from, to));
      EqualColors.forEach(
          rows,
          columns,
          level,
          (u, v) -> {
            if (v >= from && v < to) {
              pair.equal(u, v - from, rows.norms[level][u], columns.norms[level][v]);
            }
          });
      pair.layers(
          parameters.mlpLayers(),
          rows.norms[level],
          Arrays.copyOfRange(columns.norms[level], from, to));
      for (int v = from; v < to; v++) {
        for (int k = byColor.offsets[v]; k < byColor.offsets[v + 1]; k++) {
          pair.addTheta(byColor.values[k], v - from, columnSums, byColor.columns[k] * r);
        }
      }
    }
    for (int h = 0; h < graphs; h++) {
      addRows(rows.histograms[level], columnSums, h * r, sums, h, graphs);
    }
  }

  private void layers(PairKernel<?> pair, TileSide rows, TileSide columns, int level) {
    EqualColors.forEach(
        rows,
        columns,
        level,
        (u, v) -> pair.equal(u, v, rows.norms[level][u], columns.norms[level][v]));
    pair.layers(parameters.mlpLayers(), rows.norms[level], columns.norms[level]);
  }

  private void readOut(PairKernel<?> pair, SparseRows rows, SparseRows columns, double[] sums) {
    int r = pair.rows();
    columnSums = ColorTile.memory(columnSums, r);
    for (int h = 0; h < columns.rows(); h++) {
      Arrays.fill(columnSums, 0, r, 0);
      for (int k = columns.offsets[h]; k < columns.offsets[h + 1]; k++) {
        pair.addTheta(columns.values[k], columns.columns[k], columnSums, 0);
      }
      addRows(rows, columnSums, 0, sums, h, columns.rows());
    }
  }

  /**
   * Adds a column of H x.
   *
   * @param x from {@code from} on
   * @param sums row-major with {@code width} columns. Modified
   */
  private static void addRows(
      SparseRows rows, double[] x, int from, double[] sums, int column, int width) {
    for (int g = 0; g < rows.rows(); g++) {
      double sum = 0;
      for (int k = rows.offsets[g]; k < rows.offsets[g + 1]; k++) {
        sum += rows.values[k] * x[from + rows.columns[k]];
      }
      sums[g * width + column] += sum;
    }
  }
}
