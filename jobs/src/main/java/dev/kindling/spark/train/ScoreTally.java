package dev.kindling.spark.train;

import java.io.Serializable;

/**
 * What the predictions of a table add up to: of labelled rows the right ones, or squared errors.
 */
final class ScoreTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean classify;
  private final int label;
  private long labelled;
  private double sum;
  private long rows;

  private ScoreTally(boolean classify, int label) {
    this.classify = classify;
    this.label = label;
  }

  /** An empty one. */
  static ScoreTally of(RowScorer scorer) {
    return new ScoreTally(scorer.classify(), scorer.fitted() ? 2 : 1);
  }

  /**
   * @param row as {@link RowScorer} makes it
   */
  void add(Object[] row) {
    rows++;
    if (row[label] != null) {
      labelled++;
      if (classify) {
        sum += row[label].equals(row[label + 1]) ? 1 : 0;
      } else {
        double error = (Double) row[label] - (Double) row[label + 1];
        sum += error * error;
      }
    }
  }

  ScoreTally plus(ScoreTally other) {
    rows += other.rows;
    labelled += other.labelled;
    sum += other.sum;
    return this;
  }

  long rows() {
    return rows;
  }

  long labelled() {
    return labelled;
  }

  boolean classify() {
    return classify;
  }

  /** Accuracy or root mean squared error over labelled rows. */
  double score() {
    return classify ? sum / labelled : Math.sqrt(sum / labelled);
  }
}
