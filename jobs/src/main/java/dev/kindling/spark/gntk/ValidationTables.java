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
import java.util.stream.Stream;

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

  /** Where the column stands in {@code folds}. */
  private static final int NESTED_BLOCKS = 3;

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
      int chosen = r.nestedChoice()[f];
      List<Object> row =
          new ArrayList<>(
              List.of(
                  f + 1L,
                  (long) validated.folds().test()[f].length,
                  r.nestedScores()[f],
                  r.path()[chosen],
                  validated.bestScores()[f],
                  r.constantScores()[f]));
      if (validated.choosesBlocks()) {
        row.add(NESTED_BLOCKS, (long) validated.blocks()[chosen]);
      }
      rows.add(row.toArray());
    }
    TableSchema schema =
        TableSchema.empty()
            .with("fold", Kind.LONG)
            .with("graphs", Kind.LONG)
            .with("nested", Kind.DOUBLE);
    if (validated.choosesBlocks()) {
      schema = schema.with("nested_blocks", Kind.LONG);
    }
    run.table(
        "folds",
        schema
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
    boolean chooses = validated.choosesBlocks();
    TableSchema schema =
        chooses ? TableSchema.empty().with("blocks", Kind.LONG) : TableSchema.empty();
    for (String name : columns.keySet()) {
      schema = schema.with(name, Kind.DOUBLE);
    }
    List<Object[]> rows = new ArrayList<>();
    for (int l = 0; l < r.path().length; l++) {
      int point = l;
      Stream<Object> numbers = columns.values().stream().map(column -> column[point]);
      rows.add(
          (chooses ? Stream.concat(Stream.of((long) validated.blocks()[point]), numbers) : numbers)
              .toArray());
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
