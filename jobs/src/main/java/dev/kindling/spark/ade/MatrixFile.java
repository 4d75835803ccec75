package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.data.table.CsvDialect;
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
   * @param csv how it is written, if it is CSV
   * @param columns how many there must be
   * @param mostRows more are refused before any is read
   * @throws BadInput if it has another shape or cannot be read
   */
  static Matrix read(
      SparkSession spark,
      SettingName setting,
      String uri,
      CsvDialect csv,
      int columns,
      long mostRows) {
    NumericTable table = table(spark, setting, uri, csv, columns, mostRows);
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
   * @param csv how it is written, if it is CSV
   * @param columns how many there must be
   * @param mostRows more are refused
   * @throws BadInput if it has another shape or cannot be read
   */
  static int rows(
      SparkSession spark,
      SettingName setting,
      String uri,
      CsvDialect csv,
      int columns,
      long mostRows) {
    return (int) table(spark, setting, uri, csv, columns, mostRows).numRows();
  }

  private static boolean isNumber(String name) {
    try {
      return Double.isFinite(Double.parseDouble(name.replace(',', '.')));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static NumericTable table(
      SparkSession spark,
      SettingName setting,
      String uri,
      CsvDialect csv,
      int columns,
      long mostRows) {
    NumericTable table =
        NumericTables.read(spark, uri, TableOptions.defaults().numbersAreRows().csv(csv));
    if (csv.header() == CsvDialect.Header.yes
        && table.headed().orElse(false)
        && table.featureNames().stream().allMatch(MatrixFile::isNumber)) {
      throw BadInput.of(
          "%s: %s begins with numbers, which %s takes for names; put a line of names before them, or leave %s out",
          setting, table.source(), SettingName.of("header", "yes"), new SettingName("header"));
    }
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
