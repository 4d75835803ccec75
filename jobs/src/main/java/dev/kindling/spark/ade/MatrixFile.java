package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.linalg.Matrix;
import java.util.Iterator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A matrix from a numeric table, a row a row, on the driver. */
final class MatrixFile {
  private MatrixFile() {}

  /**
   * Reads it.
   *
   * @param setting that named it, for messages
   * @param columns how many there must be
   * @param mostRows more are refused before any is read
   * @throws BadInput if it has another shape or cannot be read
   */
  static Matrix read(
      SparkSession spark, SettingName setting, String uri, int columns, long mostRows) {
    NumericTable table = table(spark, setting, uri, columns, mostRows);
    Matrix matrix = Matrix.zeros((int) table.numRows(), columns);
    Iterator<Row> rows = table.rows().select("row", "features").toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      int i = (int) row.getLong(0);
      row.<Vector>getAs(1)
          .foreachActive(
              (j, value) -> {
                matrix.set(i, (Integer) j, (Double) value);
                return null;
              });
    }
    return matrix;
  }

  /**
   * How many rows it has; nothing of it is kept on the driver.
   *
   * @param setting that named it, for messages
   * @param columns how many there must be
   * @param mostRows more are refused
   * @throws BadInput if it has another shape or cannot be read
   */
  static int rows(SparkSession spark, SettingName setting, String uri, int columns, long mostRows) {
    return (int) table(spark, setting, uri, columns, mostRows).numRows();
  }

  private static NumericTable table(
      SparkSession spark, SettingName setting, String uri, int columns, long mostRows) {
    NumericTable table = NumericTables.read(spark, uri, TableOptions.defaults().numbersAreRows());
    if (table.numFeatures() != columns) {
      throw BadInput.of(
          "%s: %s has %s columns; the points have %s features",
          setting, table.source(), table.numFeatures(), columns);
    }
    if (table.numRows() > mostRows) {
      throw BadInput.of(
          "%s: %s has %s rows; at most %s can be used with %s features",
          setting, table.source(), table.numRows(), mostRows, columns);
    }
    return table;
  }
}
