package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.spark.job.ColumnNames;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Points that change or come, and points that go, by their ids: Longs or Strings, as in the index.
 *
 * @param values of those that change or come, d numbers each; of several lines for an id the last
 * @param gone ids
 */
record PointChanges(Map<Object, double[]> values, Set<Object> gone) implements Serializable {
  /**
   * Opens a file of lines {@code id,x_0,…}. Where it begins with a header, and the index has names,
   * too, columns are found by them.
   *
   * @param csv how it is written, if it is CSV
   * @throws BadInput if it has another shape than the index, or other columns
   */
  static NumericTable open(SparkSession spark, String uri, IndexManifest index, CsvDialect csv) {
    TableOptions options = TableOptions.defaults().numbersAreRows().id("first").csv(csv);
    NumericTable table =
        ColumnNames.matched(
            index.features(),
            "the index",
            null,
            NumericTables.read(spark, uri, options),
            names -> NumericTables.read(spark, uri, options.features(names)));
    if (table.numFeatures() != index.dimension()) {
      throw BadInput.of(
          "--point-updates: %s has %,d numbers after the id; the points have %,d",
          table.source(), table.numFeatures(), index.dimension());
    }
    boolean words = table.rows().schema().apply("id").dataType().equals(DataTypes.StringType);
    if (words && !index.namedInWords()) {
      throw BadInput.of(
          "--point-updates: the first column of %s is not all whole numbers; the ids of the index are",
          table.source());
    }
    return table;
  }

  /**
   * Collects the changes.
   *
   * @param updates of {@link #open}, or null
   * @param gone ids of points that go
   * @throws BadInput if an id is changed and deleted
   */
  static PointChanges of(NumericTable updates, Set<Object> gone, IndexManifest index) {
    Map<Object, double[]> values = new LinkedHashMap<>();
    if (updates != null) {
      Iterator<Row> rows = updates.rows().select("id", "features").toLocalIterator();
      while (rows.hasNext()) {
        Row row = rows.next();
        Object id = index.namedInWords() ? String.valueOf(row.get(0)) : row.get(0);
        values.put(id, row.<Vector>getAs(1).toArray());
      }
    }
    for (Object id : gone) {
      if (values.containsKey(id)) {
        throw BadInput.of(
            "--point-deletes: %s is in --point-updates as well; leave it out of one", id);
      }
    }
    return new PointChanges(values, gone);
  }

  boolean isEmpty() {
    return values.isEmpty() && gone.isEmpty();
  }

  /** All that change, come or go. */
  Set<Object> ids() {
    Set<Object> ids = new HashSet<>(values.keySet());
    ids.addAll(gone);
    return ids;
  }
}
