package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A file of constraints: pairs of points by their ids, each with a target, in the order of the
 * file. Held on the driver, some 24 bytes a constraint.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NamedPairs(
    String source, String fingerprint, RowNames first, RowNames second, double[] targets) {
  private static final List<String> COLUMNS = List.of("i", "j", "target");
  private static final List<String> NUMBERED = List.of("c0", "c1", "c2");
  private static final int MOST = 1 << 27;
  private static final double EXACT = 0x1p53;

  /**
   * @param words whether ids are words
   * @param csv how it is written, if it is CSV
   * @throws BadInput with file and row if it cannot be used
   */
  static NamedPairs read(
      SparkSession spark, String uri, boolean words, Learner learner, CsvDialect csv) {
    NumericTable table = words ? words(spark, uri, csv) : numbers(spark, uri, csv);
    if (table.numRows() > MOST) {
      throw BadInput.of(
          "%s: %s constraints; at most %s can be", table.source(), table.numRows(), MOST);
    }
    int n = (int) table.numRows();
    Object[][] ids = new Object[2][n];
    double[] targets = new double[n];
    List<String> columns =
        words ? List.of("row", "features", "i", "j") : List.of("row", "features");
    Iterator<Row> rows =
        table
            .rows()
            .select("row", columns.subList(1, columns.size()).toArray(String[]::new))
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      int c = (int) row.getLong(0);
      double[] x = row.<Vector>getAs(1).toArray();
      for (int side = 0; side < 2; side++) {
        ids[side][c] =
            words
                ? row.getString(2 + side)
                : (Object) number(table.source(), c, COLUMNS.get(side), x[side]);
      }
      targets[c] = x[x.length - 1];
      check(table.source(), c, ids[0][c], ids[1][c], targets[c], learner);
    }
    return new NamedPairs(
        table.source(), table.fingerprint(), names(words, ids[0]), names(words, ids[1]), targets);
  }

  private static NumericTable words(SparkSession spark, String uri, CsvDialect csv) {
    return NumericTables.read(
        spark,
        uri,
        TableOptions.defaults()
            .numbersAreRows()
            .csv(csv)
            .features(List.of("target"))
            .carry(List.of("i", "j")));
  }

  private static NumericTable numbers(SparkSession spark, String uri, CsvDialect csv) {
    NumericTable table =
        NumericTables.read(spark, uri, TableOptions.defaults().numbersAreRows().csv(csv));
    if (!table.featureNames().equals(COLUMNS) && !table.featureNames().equals(NUMBERED)) {
      List<String> names = table.featureNames();
      throw new BadInput(
          table.source()
              + (": columns " + String.join(", ", names.subList(0, Math.min(9, names.size()))))
              + "; constraints have i, j, target, or three columns without a header");
    }
    return table;
  }

  private static RowNames names(boolean words, Object[] ids) {
    RowNames names = new RowNames(words, ids.length);
    for (Object id : ids) {
      names.add(id);
    }
    return names;
  }

  private static String at(String source, int constraint) {
    return source + ": constraint " + constraint + ", counted from 0: ";
  }

  private static long number(String source, int constraint, String column, double id) {
    if (id != Math.rint(id) || Math.abs(id) > EXACT) {
      throw new BadInput(
          at(source, constraint) + column + " is " + id + "; the points' ids are whole numbers");
    }
    return (long) id;
  }

  private static void check(
      String source, int constraint, Object i, Object j, double target, Learner learner) {
    String fault = fault(i, j, target, learner);
    if (fault != null) {
      throw new BadInput(at(source, constraint) + fault);
    }
  }

  /** What is wrong with a constraint by itself, or null. */
  static String fault(Object i, Object j, double target, Learner learner) {
    if (i.equals(j)) {
      return "i and j are both " + i + "; it takes two points";
    }
    if (learner == Learner.lego && !(target >= 0 && target < Double.POSITIVE_INFINITY)) {
      return "target " + target + "; for lego it is a squared distance, ≥ 0";
    }
    if (learner != Learner.lego && target != 1 && target != -1) {
      return Words.of(
          "target %s; for %s it is 1 for similar points and -1 for others", target, learner);
    }
    return null;
  }

  int count() {
    return targets.length;
  }

  /** Every id once. */
  Set<Object> ids() {
    Set<Object> ids = new LinkedHashSet<>();
    for (int c = 0; c < count(); c++) {
      ids.add(first.get(c));
      ids.add(second.get(c));
    }
    return ids;
  }

  /**
   * The same by columns of the points.
   *
   * @param points those that the ids name
   * @param where they are from, for messages
   * @throws BadInput if an id names no point, or two
   */
  Constraints on(PointSet points, String where) {
    Map<Object, Integer> columns = new LinkedHashMap<>();
    for (int j = 0; j < points.count(); j++) {
      if (columns.put(points.names().get(j), j) != null) {
        throw new BadInput(
            where
                + (": two rows have the id " + points.names().get(j))
                + ", which a constraint names; ids must differ");
      }
    }
    int[] i = new int[count()];
    int[] j = new int[count()];
    for (int c = 0; c < count(); c++) {
      i[c] = column(columns, c, "i", first.get(c), where);
      j[c] = column(columns, c, "j", second.get(c), where);
    }
    return new Constraints(i, j, targets);
  }

  private int column(
      Map<Object, Integer> columns, int constraint, String side, Object id, String where) {
    Integer column = columns.get(id);
    if (column == null) {
      throw new BadInput(
          at(source, constraint)
              + (side + " is " + id + "; no row of " + where + " has this id")
              + " (row numbers from 0, unless --id-column names a column)");
    }
    return column;
  }
}
