package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphSummary;
import dev.kindling.gntk.ColorLevels;
import dev.kindling.ridge.Folds;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.ridge.Score;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Element;
import dev.kindling.spark.report.HeatMap;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.ScatterPlot;
import dev.kindling.spark.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The page of a {@code gntk} run. */
final class GntkReport {
  private final String set;
  private final GraphSummary summary;
  private final ColorLevels colors;
  private final GramTable gram;
  private final GraphLabels labels;
  private final GntkOptions options;
  private final EarlierKernel earlier;
  private RidgeValidation ridge;
  private Folds folds;
  private double[][] cells;
  private int[] order;

  GntkReport(
      String set,
      GraphSummary summary,
      ColorLevels colors,
      GramTable gram,
      GraphLabels labels,
      GntkOptions options,
      EarlierKernel earlier) {
    this.set = set;
    this.summary = summary;
    this.colors = colors;
    this.gram = gram;
    this.labels = labels;
    this.options = options;
    this.earlier = earlier;
  }

  void ridge(RidgeValidation validation, Folds testedTogether) {
    ridge = validation;
    folds = testedTogether;
  }

  void heatMap(Run run) {
    order = labels == null ? IntStream.range(0, gram.layout().graphs()).toArray() : labels.order();
    int[] rank = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      rank[order[place]] = place;
    }
    cells = run.stage("picture", () -> GramHeatMap.cells(run.context(), gram, rank));
  }

  String html(Run run) {
    Report report =
        Report.titled("Graph kernel of " + set)
            .summary(sentence() + GraphCounts.leftOut(summary))
            .figure("graphs", String.format(Locale.ROOT, "%,d", summary.graphs()))
            .figure("nodes", String.format(Locale.ROOT, "%,d", summary.nodes()))
            .figure(
                "colours at the last level",
                String.format(Locale.ROOT, "%,d", colors.size(colors.blocks())));
    if (ridge != null) {
      ridge(report);
    }
    report.section("Gram matrix", picture());
    report.section("Colours", colours());
    report.section("Time", times(run));
    return report.provenance(run.provenance()).html();
  }

  private boolean accuracy() {
    return ridge.score() == Score.ACCURACY;
  }

  private String shown(double[] scores) {
    return RidgeStage.meanAndError(scores, accuracy());
  }

  private String sentence() {
    String kernel =
        String.format(
                Locale.ROOT,
                "The Graph Neural Tangent Kernel (%d block%s of %d ReLU layers, %s aggregation, %s jumping knowledge) between the %,d graphs of %s.",
                options.blocks,
                options.blocks == 1 ? "" : "s",
                options.mlp,
                options.scale,
                options.jk ? "with" : "without",
                summary.graphs(),
                set)
            + (earlier == null ? "" : " The kernel was read from " + earlier.shown() + ".");
    if (ridge == null) {
      return kernel;
    }
    return kernel
        + String.format(
            Locale.ROOT,
            " Kernel ridge with it %s: %s over %d folds (mean ± standard error) with the penalty chosen without the test rows, %s for %s.",
            accuracy() ? "classifies" : "predicts",
            (accuracy() ? "accuracy " : "RMSE ") + shown(ridge.nestedScores()),
            folds.count(),
            shown(ridge.constantScores()),
            accuracy() ? "the most frequent class" : "the mean");
  }

  private void ridge(Report report) {
    String name = accuracy() ? "accuracy" : "RMSE";
    report
        .figure(name + ", nested", shown(ridge.nestedScores()))
        .figure(name + ", best over the path", shown(ridge.foldScores()[ridge.best()]))
        .figure(name + ", constant predictor", shown(ridge.constantScores()))
        .figure("rank", ridge.rank() + " of " + ridge.spectrum().length)
        .figure("smallest eigenvalue", ridge.spectrum()[0]);
    report.section("Cross-validation", foldTable(), predictions());
    report.section("Regularisation path", path());
    report.section("Spectrum", spectrum());
  }

  private Table foldTable() {
    Table table =
        Table.of(
            (accuracy() ? "Accuracy" : "RMSE") + " on each fold",
            "fold",
            "graphs",
            "nested",
            "penalty (nested)",
            "best over the path",
            "constant");
    for (int f = 0; f < folds.count(); f++) {
      table.row(
          f + 1,
          folds.test()[f].length,
          ridge.nestedScores()[f],
          ridge.lambdas()[ridge.nestedChoice()[f]],
          ridge.foldScores()[ridge.best()][f],
          ridge.constantScores()[f]);
    }
    return table;
  }

  private Element predictions() {
    int n = labels.labels().length;
    int[] foldOf = folds.ofRows(n);
    if (accuracy()) {
      return confusion(foldOf);
    }
    int[] tested = IntStream.range(0, n).filter(i -> foldOf[i] >= 0).toArray();
    double[] truth =
        Arrays.stream(tested).mapToDouble(i -> Double.parseDouble(labels.labels()[i])).toArray();
    double[] predicted =
        Arrays.stream(tested).mapToDouble(i -> ridge.nestedPredictions().get(i, 0)).toArray();
    return ScatterPlot.of(
            "Each graph by the fit that did not see it",
            Axis.linear("label"),
            Axis.linear("prediction"))
        .points(truth, predicted)
        .identity();
  }

  private Table confusion(int[] foldOf) {
    List<String> classes = labels.classes();
    int[] classOf = labels.classOf();
    long[][] counts = new long[classes.size()][classes.size()];
    for (int i = 0; i < foldOf.length; i++) {
      if (foldOf[i] >= 0) {
        counts[classOf[i]][Score.largest(ridge.nestedPredictions(), i)]++;
      }
    }
    List<String> columns = new ArrayList<>(List.of("label"));
    classes.forEach(c -> columns.add("predicted " + c));
    Table table = Table.of("Graphs by label and nested prediction", columns.toArray(String[]::new));
    for (int c = 0; c < classes.size(); c++) {
      List<Object> row = new ArrayList<>(List.of(classes.get(c)));
      for (long count : counts[c]) {
        row.add(count);
      }
      table.row(row.toArray());
    }
    return table;
  }

  private LinePlot path() {
    double[] mean = new double[ridge.lambdas().length];
    double[] error = new double[mean.length];
    for (int l = 0; l < mean.length; l++) {
      mean[l] = RidgeValidation.mean(ridge.foldScores()[l]);
      error[l] = RidgeValidation.standardError(ridge.foldScores()[l]);
    }
    return LinePlot.of(
            "Every penalty from one eigendecomposition",
            Axis.log("penalty λ"),
            Axis.linear(accuracy() ? "accuracy" : "RMSE"))
        .errorBars("folds, mean ± standard error", ridge.lambdas(), mean, error)
        .series("leave-one-out", ridge.lambdas(), ridge.leaveOneOut())
        .mark(ridge.lambdas()[ridge.chosen()], "chosen by leave-one-out");
  }

  private LinePlot spectrum() {
    double[] values = ridge.spectrum();
    double[] index = new double[values.length];
    double[] descending = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      index[i] = i + 1.0;
      descending[i] = values[values.length - 1 - i];
    }
    return LinePlot.of(
            "Eigenvalues of the Gram matrix, those above zero",
            Axis.linear("index"),
            Axis.log("eigenvalue"))
        .series("eigenvalue", index, descending)
        .mark(ridge.rank(), "rank " + ridge.rank());
  }

  private HeatMap picture() {
    String by = labels == null ? "in the order of the input" : "ordered by label";
    HeatMap map =
        HeatMap.of(
                "Kernel between graphs, " + by + ", cosine-normalised, averaged over cells",
                "K(g,h) / √(K(g,g) K(h,h))",
                cells)
            .axes("graphs", "graphs");
    if (labels != null && labels.classify()) {
      List<String> names = new ArrayList<>();
      for (int cell = 0; cell < cells.length; cell++) {
        int middle = (int) ((cell + 0.5) * order.length / cells.length);
        names.add("label " + labels.labels()[order[middle]]);
      }
      map.names(names, names);
    }
    return map;
  }

  private Table colours() {
    Table table =
        Table.of(
            "Distinct colours that stand for all nodes", "level", "colours", "nodes per colour");
    for (int level = 0; level <= colors.blocks(); level++) {
      table.row(level, colors.size(level), (double) summary.nodes() / colors.size(level));
    }
    return table;
  }

  private BarChart times(Run run) {
    BarChart chart = BarChart.of("Seconds for each stage", Axis.linear("seconds"));
    run.timings().forEach(chart::bar);
    return chart;
  }
}
