package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rank-one changes of a metric's factor: lines {@code a,u_0,…} for U ← U + e_a uᵀ. */
final class MetricChanges {
  private MetricChanges() {}

  /**
   * Opens the file.
   *
   * @param csv how it is written, if it is CSV
   * @throws BadInput if its lines are of another length
   */
  static NumericTable open(SparkSession spark, String uri, int dimension, CsvDialect csv) {
    NumericTable table =
        NumericTables.read(spark, uri, TableOptions.defaults().numbersAreRows().csv(csv));
    if (table.numFeatures() != dimension + 1) {
      throw BadInput.of(
          "--metric-updates: %s has %,d columns; it takes the row of U and %,d numbers",
          table.source(), table.numFeatures(), dimension);
    }
    return table;
  }

  /**
   * The metric after all changes, in the order of the file. O(d) each.
   *
   * @throws BadInput naming the first line whose row of U is none
   */
  static Metric applied(NumericTable table, Metric metric) {
    Matrix u = metric.factor();
    Iterator<Row> rows = table.rows().select("row", "features").toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      Vector line = row.getAs(1);
      String fault = add(u, line.apply(0), Arrays.copyOfRange(line.toArray(), 1, line.size()));
      if (fault != null) {
        throw BadInput.of(
            "--metric-updates: %s, row %,d: %s", table.source(), row.getLong(0), fault);
      }
    }
    return Metric.factor(u);
  }

  /**
   * U ← U + e_a uᵀ.
   *
   * @param u U. Modified, unless there is a fault
   * @param change d numbers
   * @return why it cannot be done, or null
   */
  static String add(Matrix u, double a, double[] change) {
    if (!(a >= 0 && a < u.rows() && a == Math.rint(a))) {
      return Words.of("%s is no row of U; they are 0 to %,d", a, u.rows() - 1);
    }
    int row = (int) a;
    for (int j = 0; j < change.length; j++) {
      if (!Double.isFinite(u.get(row, j) + change[j])) {
        return "row " + row + " of U would no longer be finite";
      }
    }
    for (int j = 0; j < change.length; j++) {
      u.set(row, j, u.get(row, j) + change[j]);
    }
    return null;
  }
}
