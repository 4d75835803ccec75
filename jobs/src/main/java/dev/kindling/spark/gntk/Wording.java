package dev.kindling.spark.gntk;

/**
 * What a way to learn calls its own.
 *
 * @param method "kernel ridge"
 * @param parameter what is varied along the path: "penalty"
 * @param symbol on an axis: "penalty λ"
 * @param column in tables and {@code run.json}: "lambda"
 * @param selection how the model's parameter is chosen: "leave-one-out"
 * @param selectionColumn in tables and {@code run.json}: "leave_one_out"
 * @param path title of the plot over the path
 */
record Wording(
    String method,
    String parameter,
    String symbol,
    String column,
    String selection,
    String selectionColumn,
    String path) {
  static final Wording RIDGE =
      new Wording(
          "kernel ridge",
          "penalty",
          "penalty λ",
          "lambda",
          "leave-one-out",
          "leave_one_out",
          "Every penalty from one eigendecomposition");
  static final Wording SVM =
      new Wording(
          "SVM",
          "cost",
          "cost C",
          "cost",
          "5 folds of all",
          "five_folds",
          "Every cost of the grid");
}
