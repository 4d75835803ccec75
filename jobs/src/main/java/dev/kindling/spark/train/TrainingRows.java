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
  /** Share of the rows that are of the largest class. One pass over the rows. */
  double largestClass() {
    long most = frame.groupBy("y").count().agg(functions.max("count")).first().getLong(0);
    return (double) most / rows;
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
