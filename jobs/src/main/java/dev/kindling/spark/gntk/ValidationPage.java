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
        validated.wording().parameter(),
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
            "The %s %.3g was chosen by %s on all graphs.",
            validated.wording().parameter(), validated.chosen(), validated.wording().selection()),
        path());
  }

  private Table folds() {
    Table table =
        Table.of(
            (validated.accuracy() ? "Accuracy" : "RMSE") + " on each fold",
            "fold",
            "graphs",
            "nested",
            validated.wording().parameter() + " (nested)",
            "one " + validated.wording().parameter() + " for all folds",
            "constant");
    Validation r = validated.result();
    for (int f = 0; f < validated.folds().count(); f++) {
      table.row(
          f + 1,
          validated.folds().test()[f].length,
          r.nestedScores()[f],
          r.path()[r.nestedChoice()[f]],
          validated.bestScores()[f],
          r.constantScores()[f]);
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
    double[] mean = new double[r.path().length];
    double[] error = new double[mean.length];
    for (int l = 0; l < mean.length; l++) {
      mean[l] = Validation.mean(r.foldScores()[l]);
      error[l] = Validation.standardError(r.foldScores()[l]);
    }
    return LinePlot.of(
            validated.wording().path(),
            Axis.log(validated.wording().symbol()),
            Axis.linear(validated.score()))
        .errorBars("folds, mean ± standard error", r.path(), mean, error)
        .series(validated.wording().selection(), r.path(), r.selection())
        .mark(validated.chosen(), "chosen by " + validated.wording().selection());
  }
}
