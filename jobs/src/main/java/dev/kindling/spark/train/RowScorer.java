package dev.kindling.spark.train;

import dev.kindling.nn.Perceptron;
import dev.kindling.spark.job.ContentKey;
import dev.kindling.validation.Score;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Scores rows.
 *
 * @param classes that the model tells apart; none where it predicts a number
 * @param labels classes of the table's own labels
 * @param split how the rows were divided when the model was fitted on them, or null for new rows
 */
record RowScorer(Perceptron model, List<String> classes, List<String> labels, Split split)
    implements Serializable {
  /**
   * Which rows were for validation.
   *
   * @param copies whether some rows are equal
   */
  record Split(double validation, long seed, boolean copies) implements Serializable {
    String part(long key) {
      return ContentKey.validates(key, validation) ? "validation" : "train";
    }
  }

  /**
   * What decides the part of a row that the model was fitted on.
   *
   * @param row as of {@link #score}
   */
  long key(Row row) {
    return ContentKey.of(
        split.seed, row.getAs(2), row.getDouble(truth()), row.isNullAt(5) ? 1 : row.getDouble(5));
  }

  private int truth() {
    return classify() ? 3 : 4;
  }

  RowScorer {
    classes = List.copyOf(classes);
    labels = List.copyOf(labels);
  }

  boolean classify() {
    return !classes.isEmpty();
  }

  boolean fitted() {
    return split != null;
  }

  /**
   * @param row row number, id, features, label or null, target or null, weight or null
   * @return id, part where the rows were fitted on, label, prediction, and of a class its
   *     probability
   */
  Object[] score(Row row) {
    Vector features = row.getAs(2);
    double[] outputs =
        model.outputs(PerceptronFiles.sized(features, model.architecture().features()));
    Double y = row.isNullAt(truth()) ? null : (Double) row.getDouble(truth());
    Object label = y == null ? null : classify() ? labels.get(y.intValue()) : y;
    int most = Score.largest(outputs);
    Object prediction = classify() ? classes.get(most) : (Object) outputs[0];
    if (classify()) {
      Perceptron.softmax(outputs);
    }
    Object id = row.get(1).toString();
    if (split != null) {
      String part = split.part(key(row));
      return classify()
          ? new Object[] {id, part, label, prediction, outputs[most]}
          : new Object[] {id, part, label, prediction};
    }
    return classify()
        ? new Object[] {id, label, prediction, outputs[most]}
        : new Object[] {id, label, prediction};
  }
}
