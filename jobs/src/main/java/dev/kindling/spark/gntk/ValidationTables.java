package dev.kindling.spark.gntk;

import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.validation.Roc;
import dev.kindling.validation.Score;
import dev.kindling.validation.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a validation: {@code predictions}, {@code folds}, {@code path}, and for classes
 * {@code confusion} and, where there are two, {@code roc}.
 */
final class ValidationTables {
  private static final TableSchema CONFUSION =
      TableSchema.empty()
          .with("label", Kind.TEXT)
          .with("prediction", Kind.TEXT)
          .with("graphs", Kind.LONG);
  private static final TableSchema ROC =
      TableSchema.empty()
          .with("threshold", Kind.DOUBLE)
          .with("false_positive_rate", Kind.DOUBLE)
          .with("true_positive_rate", Kind.DOUBLE);

  private final Run run;
  private final Validated validated;

  ValidationTables(Run run, Validated validated) {
    this.run = run;
    this.validated = validated;
  }

  /**
   * @param columns more columns of {@code path}, one value a point of the path each
   */
  void write(Map<String, double[]> columns) {
    predictions();
    folds();
    path(columns);
    if (validated.accuracy()) {
      confusion();
      validated.roc().ifPresent(this::roc);
    }
  }

  private void predictions() {
    GraphLabels labels = validated.labels();
    boolean classify = labels.classify();
    Kind kind = classify ? Kind.TEXT : Kind.DOUBLE;
    int[] foldOf = validated.folds().ofRows(labels.ids().length);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < labels.ids().length; i++) {
      boolean tested = foldOf[i] >= 0;
      Object label =
          classify ? labels.labels()[i] : (Object) Double.parseDouble(labels.labels()[i]);
      Object prediction =
          !tested
              ? null
              : classify
                  ? labels.classes().get(Score.largest(validated.shown(), i))
                  : (Object) validated.shown().get(i, 0);
      rows.add(
          new Object[] {labels.ids()[i], tested ? (long) foldOf[i] + 1 : null, label, prediction});
    }
    run.table(
        "predictions",
        TableSchema.empty()
            .with("id", Kind.TEXT)
            .with("fold", Kind.LONG)
            .with("label", kind)
            .with("prediction", kind),
        rows.iterator());
  }

  private void folds() {
    Validation r = validated.result();
    List<Object[]> rows = new ArrayList<>();
    for (int f = 0; f < validated.folds().count(); f++) {
      rows.add(
          new Object[] {
            f + 1L,
            (long) validated.folds().test()[f].length,
            r.nestedScores()[f],
            r.path()[r.nestedChoice()[f]],
            validated.bestScores()[f],
            r.constantScores()[f]
          });
    }
    run.table(
        "folds",
        TableSchema.empty()
            .with("fold", Kind.LONG)
            .with("graphs", Kind.LONG)
            .with("nested", Kind.DOUBLE)
            .with("nested_" + validated.wording().column(), Kind.DOUBLE)
            .with("best", Kind.DOUBLE)
            .with("constant", Kind.DOUBLE),
        rows.iterator());
  }

  private void path(Map<String, double[]> more) {
    Validation r = validated.result();
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put(validated.wording().column(), r.path());
    columns.putAll(more);
    columns.put(validated.wording().selectionColumn(), r.selection());
    columns.put("folds_mean", each(r.foldScores(), true));
    columns.put("folds_standard_error", each(r.foldScores(), false));
    TableSchema schema = TableSchema.empty();
    for (String name : columns.keySet()) {
      schema = schema.with(name, Kind.DOUBLE);
    }
    List<Object[]> rows = new ArrayList<>();
    for (int l = 0; l < r.path().length; l++) {
      int point = l;
      rows.add(columns.values().stream().map(column -> (Object) column[point]).toArray());
    }
    run.table("path", schema, rows.iterator());
  }

  private static double[] each(double[][] scores, boolean mean) {
    double[] values = new double[scores.length];
    for (int l = 0; l < values.length; l++) {
      values[l] = mean ? Validation.mean(scores[l]) : Validation.standardError(scores[l]);
    }
    return values;
  }

  private void confusion() {
    long[][] counts = validated.confusion().counts();
    List<String> classes = validated.labels().classes();
    List<Object[]> rows = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      for (int p = 0; p < classes.size(); p++) {
        rows.add(new Object[] {classes.get(c), classes.get(p), counts[c][p]});
      }
    }
    run.table("confusion", CONFUSION, rows.iterator());
  }

  private void roc(Roc roc) {
    List<Object[]> rows = new ArrayList<>();
    for (int k = 0; k < roc.thresholds().length; k++) {
      rows.add(
          new Object[] {
            k == 0 ? null : roc.thresholds()[k], // above every score
            roc.falsePositiveRate()[k],
            roc.truePositiveRate()[k]
          });
    }
    run.table("roc", ROC, rows.iterator());
  }
}
