package dev.kindling.data.table;

import dev.kindling.BadInput;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** The two passes over a table: one that checks and counts, one that makes rows. */
interface Scan {
  /**
   * Reads the whole table once, on the cluster.
   *
   * @throws BadInput for the first fault in the order of files and rows
   */
  Survey survey();

  /** Rows in the form of {@code output}, read anew each time they are asked for. */
  JavaRDD<Row> rows(OutputRow output);
}
