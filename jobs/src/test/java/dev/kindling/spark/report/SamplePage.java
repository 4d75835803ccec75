package dev.kindling.spark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A page with every part, and with everything that is hard to draw. */
final class SamplePage {
  private final SplittableRandom random = new SplittableRandom(42);

  static String html() {
    return new SamplePage().report().html();
  }

  private Report report() {
    return Report.titled("Node kernel on <cora> & friends")
        .summary("2,708 nodes in 7 classes; ridge regression on the kernel of 3 blocks.")
        .figure("Cross-validated accuracy", "0.87 ± 0.01")
        .figure("Smallest eigenvalue", "3.21e-7")
        .figure("Kernel", "41.2 s")
        .figure("Largest tile", "512 × 512")
        .section(
            "Regularisation path",
            "What was found.",
            path(),
            fading(),
            decay(),
            constant(),
            folds())
        .section("Predictions", "Points on the line are exact.", scatter(), crowd())
        .section("Kernel", "What was found.", gram(), confusion(), large())
        .section("Peers", "What was found.", bars(), logBars(), wide())
        .section(
            "Nothing",
            "What was found.",
            LinePlot.of("An empty plot", Axis.linear("x"), Axis.linear("y")))
        .provenance(provenance());
  }

  private LinePlot path() {
    int n = 15;
    double[] lambda = new double[n];
    double[] train = new double[n];
    double[] test = new double[n];
    double[] error = new double[n];
    for (int i = 0; i < n; i++) {
      lambda[i] = Math.pow(10, i - 10);
      train[i] = 1 / (1 + Math.exp((i - 11) / 1.5));
      test[i] = 0.87 * train[i] - 0.02 * (10 - i) * (10 - i) / 40;
      error[i] = 0.01 + 0.02 * random.nextDouble();
    }
    return LinePlot.of("Accuracy along the path", Axis.log("Ridge λ"), Axis.linear("Accuracy"))
        .series("training", lambda, train)
        .errorBars("validation, mean of ten folds ± standard error", lambda, test, error)
        .mark(1e-3, "chosen λ = 10⁻³");
  }

  private LinePlot fading() {
    int n = 5000;
    double[] step = new double[n];
    double[] loss = new double[n];
    for (int i = 0; i < n; i++) {
      step[i] = i;
      loss[i] = i == 2500 ? Double.NaN : Math.exp(-i / 700.0) * (1 + 0.1 * random.nextDouble());
    }
    return LinePlot.of("Loss", Axis.linear("Step"), Axis.log("Loss (nats)"))
        .series("RDBD", step, loss);
  }

  private LinePlot decay() {
    LinePlot plot =
        LinePlot.of("Ten curves", Axis.log("Rows"), Axis.log("Time (s)")).mark(2e4, "memory");
    for (int k = 0; k < 10; k++) {
      double[] x = {1e3, 2e3, 1e4, 1e5};
      double[] y = {0.1 * (k + 1), 0.15 * (k + 1), (k + 1) * 1.1, k * k + 12};
      plot.series("system " + k, x, y);
    }
    return plot;
  }

  private LinePlot constant() {
    return LinePlot.of("A constant", Axis.linear("Epoch"), Axis.linear("Gap"))
        .series("one", new double[] {1, 2, 3}, new double[] {-1.5e-9, -1.5e-9, -1.5e-9});
  }

  private Table folds() {
    Table table = Table.of("Folds", "fold", "accuracy", "seconds", "λ", "remark");
    for (int fold = 0; fold < 4; fold++) {
      table.row(
          fold,
          0.8 + fold / 37.0,
          fold == 2 ? null : 12345.678 * fold,
          Math.pow(10, -fold - 4),
          "<b>" + fold);
    }
    return table;
  }

  private ScatterPlot scatter() {
    int n = 180;
    double[] x = new double[n];
    double[] y = new double[n];
    String[] classes = new String[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextDouble(-3, 12);
      y[i] = i == 7 ? Double.POSITIVE_INFINITY : x[i] + random.nextGaussian();
      classes[i] = i % 3 == 0 ? "aromatic" : i % 3 == 1 ? "aliphatic" : "neither";
    }
    return ScatterPlot.of(
            "Prediction against truth",
            Axis.linear("Measured (kJ/mol)"),
            Axis.linear("Predicted (kJ/mol)"))
        .points(x, y, classes)
        .identity();
  }

  private ScatterPlot crowd() {
    double[] x = random.doubles(5000).map(u -> 1e6 * (1 + u)).toArray();
    double[] y = random.doubles(5000).map(u -> Math.exp(8 * u - 4)).toArray();
    return ScatterPlot.of("Five thousand points", Axis.linear("Rows"), Axis.log("Ratio"))
        .points(x, y);
  }

  private HeatMap gram() {
    int n = 120;
    double[][] values = new double[n][n];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names.add(i < 50 ? "mutagenic" : i < 100 ? "not mutagenic" : "unknown");
      for (int j = 0; j < n; j++) {
        boolean same = i / 50 == j / 50;
        values[i][j] = (same ? 0.7 : 0.2) + 0.2 * random.nextDouble() + (i == j ? 0.1 : 0);
      }
    }
    values[3][5] = Double.NaN;
    return HeatMap.of("Gram matrix", "Normalised kernel", values)
        .names(names, names)
        .axes("Graph", "Graph");
  }

  private HeatMap confusion() {
    double[][] values = {{120, 3, 0, 1}, {9, 88, 4, 2}, {1, 0, 301, 12}, {0, 7, 2, 45}};
    List<String> names = List.of("Case based", "Genetic algorithms", "Theory", "Rule learning");
    return HeatMap.of("Confusion", "Nodes", values).names(names, names).axes("True", "Predicted");
  }

  private HeatMap large() {
    double[][] values = new double[400][300];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = 1e-7 * Math.sin(i / 60.0) * Math.cos(j / 40.0);
      }
    }
    return HeatMap.of("A large matrix", "Weight", values);
  }

  private BarChart bars() {
    return BarChart.of("Ratio to the peer", Axis.linear("Times as fast"))
        .bar("kindling", 12.4, 0.7)
        .bar("literal", 1)
        .bar("a peer with a name that is much too long for its place", 0.31, 0.2)
        .bar("slower", -2.5)
        .bar("failed", Double.NaN);
  }

  private BarChart logBars() {
    return BarChart.of("Seconds", Axis.log("Time (s)"))
        .bar("colours", 0.021, 0.03)
        .bar("tiles", 1.7)
        .bar("dense", 340.2, 21);
  }

  private Table wide() {
    String[] columns = new String[14];
    Object[] cells = new Object[14];
    for (int j = 0; j < columns.length; j++) {
      columns[j] = "quantity " + j;
      cells[j] = random.nextDouble() * Math.pow(10, j - 6);
    }
    return Table.of("A wide table", columns).row(cells);
  }

  private static Map<String, String> provenance() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("Job", "gntk 0.1.0");
    entries.put("Options", "--level node --blocks 3 --mlp 2 --jk --scale degree");
    entries.put("Seed", "42");
    entries.put("Input", "hdfs://namenode:8020/data/cora");
    entries.put(
        "Fingerprint", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    entries.put("BLAS", "native OpenBLAS");
    entries.put(
        "Command line", "kindling gntk --input cora --level node --blocks 3 --conf 'a=\"b\"'");
    return entries;
  }
}
