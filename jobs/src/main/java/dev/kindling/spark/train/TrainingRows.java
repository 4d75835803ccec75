package dev.kindling.spark.train;

import dev.kindling.linalg.Precision;
import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What is learnt from: columns {@code features}, {@code y} and, where rows have weights, {@code
 * weight}.
 *
 * @param rows their number
 * @param classes number of classes, or 0 where y is a number to predict
 * @param classWeights of each class, or null
 */
record TrainingRows(
    Dataset<Row> frame,
    String source,
    long rows,
    int features,
    int classes,
    boolean weighted,
    double[] classWeights) {
  /** Whether some rows count more than others. */
  boolean isWeighted() {
    return weighted || classWeights != null;
  }

  /**
   * Share of the rows that are of the class with the largest share, by weight where rows have any:
   * as accuracies are measured. One pass over the rows.
   */
  double largestClass() {
    double most = 0;
    double all = 0;
    for (Row row : frame.groupBy("y").agg(functions.sum("weight")).collectAsList()) {
      double share =
          row.getDouble(1) * (classWeights == null ? 1 : classWeights[(int) row.getDouble(0)]);
      most = Math.max(most, share);
      all += share;
    }
    return most / all;
  }

  /** How they are packed. */
  record Packing(
      Precision precision,
      double validation,
      boolean standardize,
      long seed,
      boolean wholeShards,
      int parts)
      implements Serializable {}
}
