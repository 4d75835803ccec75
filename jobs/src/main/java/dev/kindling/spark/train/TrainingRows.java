package dev.kindling.spark.train;

import dev.kindling.linalg.Precision;
import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
