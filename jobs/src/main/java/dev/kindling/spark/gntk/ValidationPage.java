package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.Element;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.ScatterPlot;
import dev.kindling.spark.report.Table;
import dev.kindling.validation.Roc;
import dev.kindling.validation.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A validation on a page: figures, folds, confusion and ROC or a scatter, and the path. */
final class ValidationPage {
  /** Where the column stands in the table of folds. */
  private static final int NESTED_BLOCKS = 3;

  private final Validated validated;

  ValidationPage(Validated validated) {
    this.validated = validated;
  }

  String sentence() {
    return Words.of(
        " %s with it %s: %s %s over %d folds (mean ± standard error) with the %s chosen without the test rows, %s for %s.",
        validated.wording().method().substring(0, 1).toUpperCase(Locale.ROOT)
            + validated.wording().method().substring(1),
        validated.accuracy() ? "classifies" : "predicts",
        validated.score(),
        validated.meanAndError(validated.nestedScores()),
        validated.folds().count(),
        validated.choice(),
        validated.meanAndError(validated.constantScores()),
        validated.constant());
  }

  void sections(Report report) {
    List<Element> elements = new ArrayList<>(List.of(folds()));
    if (validated.accuracy()) {
      elements.add(confusion());
      validated.roc().ifPresent(roc -> elements.add(roc(roc)));
    } else {
      elements.add(scatter());
    }
    report.section(
        "Cross-validation",
        Words.of(
            "%s %s over %d folds, beside %s for %s.",
            validated.score(),
            validated.meanAndError(validated.nestedScores()),
            validated.folds().count(),
            validated.meanAndError(validated.constantScores()),
            validated.constant()),
        elements.toArray(Element[]::new));
    report.section(
        "Regularization path",
        Words.of(
            "The %s %s was chosen by %s on all graphs.",
            validated.wording().parameter(),
            validated.at(validated.result().chosen()),
            validated.wording().selection()),
        path());
  }

  private Table folds() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "fold",
                "graphs",
                "nested",
                validated.wording().parameter() + " (nested)",
                "one " + validated.single() + " for all folds",
                "constant"));
    if (validated.choosesBlocks()) {
      columns.add(NESTED_BLOCKS, "blocks (nested)");
    }
    Table table =
        Table.of(
            (validated.accuracy() ? "Accuracy" : "RMSE") + " on each fold",
            columns.toArray(String[]::new));
    Validation r = validated.result();
    for (int f = 0; f < validated.folds().count(); f++) {
      int chosen = r.nestedChoice()[f];
      List<Object> row =
          new ArrayList<>(
              List.of(
                  f + 1,
                  validated.folds().test()[f].length,
                  r.nestedScores()[f],
                  r.path()[chosen],
                  validated.bestScores()[f],
                  r.constantScores()[f]));
      if (validated.choosesBlocks()) {
        row.add(NESTED_BLOCKS, validated.blocks()[chosen]);
      }
      table.row(row.toArray());
    }
    return table;
  }

  private ScatterPlot scatter() {
    int[] tested = validated.tested();
    String[] labels = validated.labels().labels();
    return ScatterPlot.of(
            "Each graph by the fit that did not see it",
            Axis.linear("label"),
            Axis.linear("prediction"))
        .points(
            Arrays.stream(tested).mapToDouble(i -> Double.parseDouble(labels[i])).toArray(),
            Arrays.stream(tested).mapToDouble(i -> validated.shown().get(i, 0)).toArray())
        .identity();
  }

  private Table confusion() {
    List<String> classes = validated.labels().classes();
    long[][] counts = validated.confusion().counts();
    List<String> columns = new ArrayList<>(List.of("label"));
    classes.forEach(c -> columns.add("predicted " + c));
    Table table =
        Table.of(
            "Confusion matrix: graphs by label and " + validated.select() + " prediction",
            columns.toArray(String[]::new));
    for (int c = 0; c < classes.size(); c++) {
      List<Object> row = new ArrayList<>(List.of(classes.get(c)));
      for (long count : counts[c]) {
        row.add(count);
      }
      table.row(row.toArray());
    }
    return table;
  }

  private LinePlot roc(Roc roc) {
    return LinePlot.of(
            Words.of(
                "ROC of class %s, the scores of all folds together: area %.3f",
                validated.positive(), roc.auc()),
            Axis.linear("false positive rate"),
            Axis.linear("true positive rate"))
        .series(
            validated.select() + " predictions", roc.falsePositiveRate(), roc.truePositiveRate())
        .series("chance", new double[] {0, 1}, new double[] {0, 1});
  }

  private LinePlot path() {
    Validation r = validated.result();
    LinePlot plot =
        LinePlot.of(
            validated.wording().path(),
            Axis.log(validated.wording().symbol()),
            Axis.linear(validated.score()));
    if (!validated.choosesBlocks()) {
      path(plot, 0, r.path().length, "");
    }
    for (int from = 0, to = 0; to < validated.blocks().length; from = to) {
      int blocks = validated.blocks()[from];
      while (to < validated.blocks().length && validated.blocks()[to] == blocks) {
        to++;
      }
      path(plot, from, to, Words.of(", %d block%s", blocks, blocks == 1 ? "" : "s"));
    }
    return plot.mark(validated.chosen(), "chosen by " + validated.wording().selection());
  }

  /** The points of one kernel. */
  private void path(LinePlot plot, int from, int to, String which) {
    Validation r = validated.result();
    double[] mean = new double[to - from];
    double[] error = new double[to - from];
    for (int l = from; l < to; l++) {
      mean[l - from] = Validation.mean(r.foldScores()[l]);
      error[l - from] = Validation.standardError(r.foldScores()[l]);
    }
    double[] path = Arrays.copyOfRange(r.path(), from, to);
    plot.errorBars("folds, mean ± standard error" + which, path, mean, error)
        .series(
            validated.wording().selection() + which,
            path,
            Arrays.copyOfRange(r.selection(), from, to));
  }
}
