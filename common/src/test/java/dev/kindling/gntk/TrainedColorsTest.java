package dev.kindling.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.gntk.GntkParameters.Scale;
import dev.kindling.linalg.Precision;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainedColorsTest {
  private static final int OUTPUTS = 2;

  @ParameterizedTest
  @CsvSource({"0, UNIFORM, true", "1, UNIFORM, true", "2, DEGREE, true", "3, UNIFORM, false"})
  void isTheLinearFunctionOfTheLiteralKernel(int blocks, Scale scale, boolean jumping) {
    GntkParameters parameters = new GntkParameters(blocks, 2, scale, jumping, 2);
    List<Graph> fitted = RandomGraphs.of(31, 15, 8, 3);
    // One tag more than the fitted graphs have: colours that were never seen.
    List<Graph> fresh = RandomGraphs.of(32, 10, 8, 4);
    double[][] a = coefficients(fitted.size());
    TrainedColors trained = train(fitted, a, false, parameters);
    double[][] values = trained.predict(fresh.toArray(Graph[]::new));
    for (int g = 0; g < fresh.size(); g++) {
      for (int c = 0; c < OUTPUTS; c++) {
        double expected = c + 0.5;
        double scaleOfTerms = 0;
        for (int i = 0; i < fitted.size(); i++) {
          double k = LiteralGntk.value(fresh.get(g), fitted.get(i), parameters);
          expected += k * a[i][c];
          scaleOfTerms += k;
        }
        assertThat(values[g][c])
            .as("graph %d, output %d", g, c)
            .isCloseTo(expected, within(1e-7 * scaleOfTerms));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, UNIFORM, true", "1, UNIFORM, true", "2, DEGREE, true", "3, UNIFORM, false"})
  void normalizedItDividesByTheGraphsOwnLength(int blocks, Scale scale, boolean jumping) {
    GntkParameters parameters = new GntkParameters(blocks, 2, scale, jumping, 2);
    List<Graph> fitted = RandomGraphs.of(36, 15, 8, 3);
    Graph[] fresh = RandomGraphs.of(37, 10, 8, 4).toArray(Graph[]::new);
    double[][] a = coefficients(fitted.size());
    double[][] plain = train(fitted, a, false, parameters).predict(fresh);
    double[][] values = train(fitted, a, true, parameters).predict(fresh);
    for (int g = 0; g < fresh.length; g++) {
      double length = Math.sqrt(LiteralGntk.value(fresh[g], fresh[g], parameters));
      for (int c = 0; c < OUTPUTS; c++) {
        double b = c + 0.5;
        assertThat(values[g][c])
            .as("graph %d, output %d", g, c)
            .isCloseTo(b + (plain[g][c] - b) / length, within(1e-6 * (1 + Math.abs(plain[g][c]))));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, UNIFORM, true, false", "2, DEGREE, true, true"})
  void aGraphGetsTheSameBitsWhateverItsCompany(
      int blocks, Scale scale, boolean jumping, boolean normalized) {
    GntkParameters parameters = new GntkParameters(blocks, 2, scale, jumping, 2);
    List<Graph> fitted = RandomGraphs.of(33, 15, 8, 3);
    Graph[] fresh = RandomGraphs.of(34, 12, 8, 4).toArray(Graph[]::new);
    TrainedColors trained = train(fitted, coefficients(fitted.size()), normalized, parameters);
    double[][] together = trained.predict(fresh);
    for (int g = 0; g < fresh.length; g++) {
      assertThat(trained.predict(new Graph[] {fresh[g]})[0]).isEqualTo(together[g]);
    }
  }

  /** More outputs than the few that are summed before the graphs. */
  @ParameterizedTest
  @CsvSource({"0, UNIFORM, true", "2, DEGREE, true", "3, UNIFORM, false"})
  void ofGraphsWithWeightsByLevelItIsTheSumOverTheLevels(int blocks, Scale scale, boolean jumping) {
    GntkParameters parameters = new GntkParameters(blocks, 2, scale, jumping, 2);
    Graph[] fitted = RandomGraphs.of(41, 10, 8, 3).toArray(Graph[]::new);
    Graph[] fresh = RandomGraphs.of(42, 6, 8, 4).toArray(Graph[]::new);
    int outputs = 40;
    Random random = new Random(43);
    List<TileSide> side = TileSide.of(fitted, parameters, false, Precision.DOUBLE);
    Pieces pieces = Pieces.of(side, 3, 100, parameters);
    double[][][] a = new double[parameters.parts()][][];
    for (int part = 0; part < a.length; part++) {
      a[part] = new double[fitted.length * pieces.count(part)][];
      double[][] level = a[part];
      for (int i = 0; i < level.length; i++) {
        level[i] = random.doubles(outputs, -1, 1).toArray();
      }
    }
    double[][] values =
        TrainedColors.of(fitted, pieces, a, new double[outputs], false, parameters).predict(fresh);
    TileSide rows = TileSide.of(fresh, parameters, false, Precision.DOUBLE).get(0);
    TileSide columns = side.get(0).cut(pieces, parameters);
    TileKernel kernel = new TileKernel(parameters, Precision.DOUBLE);
    double[][] parts = kernel.parts(rows, columns);
    double[] sums = kernel.sums(rows, side.get(0));
    for (int g = 0; g < fresh.length; g++) {
      double[] expected = new double[outputs];
      for (int h = 0; h < fitted.length; h++) {
        double sum = 0;
        for (int part = 0; part < parts.length; part++) {
          int q = pieces.count(part);
          for (int piece = 0; piece < q; piece++) {
            double k = 2 * parts[part][(g * fitted.length + h) * q + piece];
            sum += k;
            for (int c = 0; c < outputs; c++) {
              expected[c] += k * a[part][columns.position(h) * q + piece][c];
            }
          }
        }
        assertThat(sum).isCloseTo(2 * sums[g * fitted.length + h], within(1e-9 * sum));
      }
      for (int c = 0; c < outputs; c++) {
        assertThat(values[rows.position(g)][c]).isCloseTo(expected[c], within(1e-6));
      }
    }
  }

  private static TrainedColors train(
      List<Graph> graphs, double[][] a, boolean normalized, GntkParameters parameters) {
    ColorSet[] sets = ColorSet.of(graphs, parameters.blocks());
    ColorLevels levels = ColorLevels.of(sets, parameters.scale());
    Histograms histograms = Histograms.of(levels, graphs.toArray(Graph[]::new));
    double[][] weights = new double[sets.length][];
    for (int level = 0; level < sets.length; level++) {
      weights[level] = new double[sets[level].size() * OUTPUTS];
    }
    histograms.addWeights(0, a, weights);
    return new TrainedColors(
        sets,
        ColorKernel.norms(levels, parameters),
        weights,
        new double[] {0.5, 1.5},
        normalized,
        parameters);
  }

  private static double[][] coefficients(int n) {
    Random random = new Random(35);
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = random.doubles(OUTPUTS, -1, 1).toArray();
    }
    return a;
  }
}
