package dev.kindling.gntk;

import dev.kindling.linalg.Precision;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A linear function of the kernel to fitted graphs, f(g) = b + Σ_i K(g, g_i) a_i, in the form that
 * new graphs need: f(g) = b + factor Σ_l h_l(g) Θ^l(new colours, fitted colours) β_l with β_l =
 * H_lᵀ A. The fitted set's own kernel is never computed again. Normalised, all but b is divided by
 * √K(g, g); the fitted graphs' own √K(g_i, g_i) is in A.
 *
 * <p>Memory: about 80 + 8 (m + 1) bytes a fitted colour for m outputs. Prediction of graphs with r
 * distinct colours: O(r C_l) time and 16 r C_l bytes at the widest level.
 */
public final class TrainedColors implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Up to here the product with the weights comes before the sums over graphs. */
  private static final int FEW_OUTPUTS = 32;

  private final ColorSet[] sets;
  private final double[][] norms;
  private final double[][] weights;
  private final double[] intercept;
  private final GntkParameters parameters;
  private final boolean normalized;
  private transient ColorLevels levels;

  /**
   * @param sets the fitted colours of levels 0 to blocks
   * @param norms √Σ^l_uu after aggregation, by level from 1 (entry 0 is not read) and colour
   * @param weights β_l by level, C_l×m row-major; not read for levels that do not enter the kernel
   * @param intercept b, m outputs
   * @param normalized whether f is of the cosine-normalised kernel
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public TrainedColors(
      ColorSet[] sets,
      double[][] norms,
      double[][] weights,
      double[] intercept,
      boolean normalized,
      GntkParameters parameters) {
    this.sets = sets.clone();
    this.norms = norms.clone();
    this.weights = weights.clone();
    this.intercept = intercept.clone();
    this.normalized = normalized;
    this.parameters = parameters;
    for (int level = 0; level < sets.length; level++) {
      int size = sets[level].size();
      if (level > 0 && norms[level].length != size) {
        throw new IllegalArgumentException(
            "level " + level + ": " + size + " colors, " + norms[level].length + " norms");
      }
      if (parameters.reads(level) && weights[level].length != (long) size * intercept.length) {
        throw new IllegalArgumentException(
            "level " + level + ": " + size + " colors, " + weights[level].length + " weights");
      }
    }
  }

  /**
   * From the fitted colours themselves.
   *
   * @param norms as in the constructor; those of levels that {@code colors} lacks are left out
   * @param weights likewise
   */
  public static TrainedColors of(
      ColorLevels colors,
      double[][] norms,
      double[][] weights,
      double[] intercept,
      boolean normalized,
      GntkParameters parameters) {
    ColorSet[] sets = new ColorSet[colors.blocks() + 1];
    Arrays.setAll(sets, colors::set);
    return new TrainedColors(
        sets,
        Arrays.copyOf(norms, sets.length),
        Arrays.copyOf(weights, sets.length),
        intercept,
        normalized,
        parameters);
  }

  /**
   * A function of the kernel to some graphs at hand, whose norms and histograms are found here, on
   * this thread: memory and time of {@link TileSide}s.
   *
   * @param pieces that the graphs are cut into
   * @param coefficients by level that enters the kernel, ascending: A_l, a row a graph and piece of
   *     it. Not modified
   */
  public static TrainedColors of(
      Graph[] graphs,
      Pieces pieces,
      double[][][] coefficients,
      double[] intercept,
      boolean normalized,
      GntkParameters parameters) {
    ColorLevels colors =
        ColorLevels.of(ColorSet.of(Arrays.asList(graphs), parameters.blocks()), parameters.scale());
    Histograms histograms = Histograms.of(colors, graphs);
    double[][] norms = new double[parameters.blocks() + 1][];
    double[][] weights = new double[norms.length][0];
    int part = 0;
    for (int level = 0; level < norms.length; level++) {
      norms[level] = new double[level == 0 ? 0 : colors.size(level)];
      if (parameters.reads(level)) {
        weights[level] = new double[Math.multiplyExact(colors.size(level), intercept.length)];
        histograms
            .cut(level, colors, pieces.count(part))
            .addWeights(level, 0, coefficients[part++], weights[level]);
      }
    }
    for (TileSide side : TileSide.of(graphs, parameters, false, Precision.DOUBLE)) {
      side.putNorms(colors, norms);
    }
    return of(colors, norms, weights, intercept, normalized, parameters);
  }

  /** Number of outputs. */
  public int outputs() {
    return intercept.length;
  }

  public GntkParameters parameters() {
    return parameters;
  }

  /** Continuous attributes that a node must have. */
  public int attributes() {
    return sets[0].features().length;
  }

  /** Whether one-hot tags are features. */
  public boolean tagged() {
    return sets[0].tags().length > 0;
  }

  /** The fitted colours of a level. */
  public ColorSet set(int level) {
    return sets[level];
  }

  /** √Σ^l_uu of the fitted colours, for levels from 1. */
  public double[] norms(int level) {
    return norms[level];
  }

  /** β_l, C_l×m row-major. */
  public double[] weights(int level) {
    return weights[level];
  }

  /** b. */
  public double[] intercept() {
    return intercept.clone();
  }

  /**
   * f of each graph. The result for a graph does not depend on the others.
   *
   * @param graphs tagged as the fitted ones were
   * @return one row a graph, m values
   */
  public double[][] predict(Graph[] graphs) {
    if (levels == null) {
      levels = ColorLevels.of(sets, parameters.scale());
    }
    double[][] values = new double[graphs.length][];
    Arrays.setAll(values, g -> normalized ? new double[intercept.length] : intercept.clone());
    double[] self = new double[graphs.length];
    ColorSet[] mine = ColorSet.of(Arrays.asList(graphs), parameters.blocks());
    ColorLevels local = ColorLevels.of(mine, parameters.scale());
    Histograms histograms = Histograms.of(local, graphs);
    double[][] features = mine[0].features();
    double[][] fitted = sets[0].features();
    if (features.length != fitted.length) {
      throw new IllegalArgumentException(
          features.length + " node attributes; the fitted graphs have " + fitted.length);
    }
    DoublePairKernel across = new DoublePairKernel(features.length > 0);
    across.start(mine[0].size(), sets[0].size());
    across.addEqual(mine[0].tags(), sets[0].tags());
    across.addProducts(features, fitted);
    DoublePairKernel within = new DoublePairKernel(features.length > 0);
    within.start(mine[0].size(), mine[0].size());
    within.addEqual(mine[0].tags(), mine[0].tags());
    within.addProducts(features, features);
    for (int level = 0; level <= parameters.blocks(); level++) {
      if (level > 0) {
        int[] known = known(mine[level], sets[level]);
        across.aggregate(local.aggregation(level), levels.aggregation(level));
        within.aggregate(local.aggregation(level), local.aggregation(level));
        double[] localNorms = localNorms(within, known, norms[level]);
        for (int u = 0; u < known.length; u++) {
          within.equal(u, u, localNorms[u], localNorms[u]);
          if (known[u] >= 0) {
            across.equal(u, known[u], localNorms[u], norms[level][known[u]]);
          }
        }
        across.layers(parameters.mlpLayers(), localNorms, norms[level]);
        within.layers(parameters.mlpLayers(), localNorms, localNorms);
      }
      if (parameters.reads(level)) {
        add(histograms.level(level), across, weights[level], values);
        if (normalized) {
          addSelf(histograms.level(level), within, self);
        }
      }
    }
    if (normalized) {
      normalize(values, self);
    }
    return values;
  }

  /** A level's share of K(g, g). */
  private void addSelf(SparseRows histogram, DoublePairKernel within, double[] self) {
    double[] theta = within.theta();
    for (int g = 0; g < self.length; g++) {
      double sum = 0;
      for (int k = histogram.offsets[g]; k < histogram.offsets[g + 1]; k++) {
        for (int o = histogram.offsets[g]; o < histogram.offsets[g + 1]; o++) {
          sum +=
              histogram.values[k]
                  * histogram.values[o]
                  * theta[histogram.columns[o] * within.rows() + histogram.columns[k]];
        }
      }
      self[g] += parameters.factor() * sum;
    }
  }

  private void normalize(double[][] values, double[] self) {
    for (int g = 0; g < values.length; g++) {
      double length = Math.sqrt(self[g]);
      for (int c = 0; c < intercept.length; c++) {
        values[g][c] = intercept[c] + (length > 0 ? values[g][c] / length : 0);
      }
    }
  }

  /** The fitted colour that each colour is, or −1. */
  private static int[] known(ColorSet mine, ColorSet fitted) {
    int[] known = new int[mine.size()];
    Arrays.setAll(known, u -> Math.max(-1, fitted.indexOf(mine.high[u], mine.low[u])));
    return known;
  }

  private static double[] localNorms(DoublePairKernel within, int[] known, double[] fitted) {
    double[] norms = new double[known.length];
    for (int u = 0; u < norms.length; u++) {
      norms[u] = known[u] >= 0 ? fitted[known[u]] : Math.sqrt(Math.max(0, within.sigma(u, u)));
    }
    return norms;
  }

  private void add(
      SparseRows histogram, DoublePairKernel across, double[] beta, double[][] values) {
    int m = intercept.length;
    if (m > FEW_OUTPUTS) {
      addMany(histogram, across, beta, values);
      return;
    }
    int r = across.rows();
    double[] theta = across.theta();
    // W = Θ β, r×m. Not by gemm: its edges sum in another order, and a graph's bits would depend on
    // its company.
    double[] w = new double[r * m];
    for (int v = 0; v < across.columns(); v++) {
      for (int c = 0; c < m; c++) {
        double factor = beta[v * m + c];
        for (int u = 0; u < r; u++) {
          w[c * r + u] += factor * theta[v * r + u];
        }
      }
    }
    for (int g = 0; g < values.length; g++) {
      for (int k = histogram.offsets[g]; k < histogram.offsets[g + 1]; k++) {
        double count = parameters.factor() * histogram.values[k];
        for (int c = 0; c < m; c++) {
          values[g][c] += count * w[c * r + histogram.columns[k]];
        }
      }
    }
  }

  /** The same, graph by graph: (hᵀ Θ) β, which costs C_l·m a graph and not a colour of it. */
  private void addMany(
      SparseRows histogram, DoublePairKernel across, double[] beta, double[][] values) {
    int m = intercept.length;
    int r = across.rows();
    double[] theta = across.theta();
    for (int g = 0; g < values.length; g++) {
      double[] f = values[g];
      for (int v = 0; v < across.columns(); v++) {
        double sum = 0;
        for (int k = histogram.offsets[g]; k < histogram.offsets[g + 1]; k++) {
          sum += histogram.values[k] * theta[v * r + histogram.columns[k]];
        }
        double factor = parameters.factor() * sum;
        for (int c = 0; c < m; c++) {
          f[c] += factor * beta[v * m + c];
        }
      }
    }
  }
}
