package dev.kindling.spark.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a caption. Columns of numbers stand right, whole ones with all their digits, others
 * with as many decimals as their column needs.
 */
public final class Table extends Element {
  /** Longer tables end here, with a sentence; all rows are in the run's own tables. */
  private static final int MAX_ROWS = 500;

  private final String caption;
  private final List<String> columns;
  private final List<Object[]> rows = new ArrayList<>();

  private Table(String caption, List<String> columns) {
    this.caption = caption;
    this.columns = columns;
  }

  public static Table of(String caption, String... columns) {
    return new Table(caption, List.of(columns));
  }

  /**
   * Adds a row.
   *
   * @param cells numbers, anything with a toString, or null for nothing; one a column. Not
   *     modified.
   * @throws IllegalArgumentException if there are more or fewer
   */
  public Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "table " + caption + " has " + columns.size() + " columns, the row " + cells.length);
    }
    rows.add(cells.clone());
    return this;
  }

  @Override
  void write(Markup out) {
    if (rows.isEmpty()) {
      out.open("figure").leaf("figcaption", caption);
      out.leaf("p", "This table has no rows.", "class", "note").close().newline();
      return;
    }
    List<Column> formats = new ArrayList<>();
    for (int j = 0; j < columns.size(); j++) {
      formats.add(Column.of(rows, j));
    }
    out.open("figure").leaf("figcaption", caption).open("div", "class", "scroll").open("table");
    out.open("thead").open("tr");
    for (int j = 0; j < columns.size(); j++) {
      out.leaf("th", columns.get(j), "scope", "col", "class", formats.get(j).style());
    }
    out.close().close().open("tbody").newline();
    for (Object[] row : rows.subList(0, Math.min(MAX_ROWS, rows.size()))) {
      out.open("tr");
      for (int j = 0; j < row.length; j++) {
        out.leaf("td", formats.get(j).text(row[j]), "class", formats.get(j).style());
      }
      out.close().newline();
    }
    out.close().close().close();
    if (rows.size() > MAX_ROWS) {
      String more = Numbers.fixed(rows.size() - MAX_ROWS, 0);
      out.leaf("p", more + " more rows are not shown here.", "class", "note");
    }
    out.close().newline();
  }

  /**
   * How a column is written.
   *
   * @param decimals of its doubles; −1 for four significant digits each
   */
  private record Column(boolean isNumeric, int decimals) {
    static Column of(List<Object[]> rows, int j) {
      boolean isNumeric = true;
      boolean any = false;
      double[] doubles = new double[rows.size()];
      for (int i = 0; i < doubles.length; i++) {
        Object cell = rows.get(i)[j];
        any |= cell != null;
        isNumeric &= cell == null || cell instanceof Number;
        doubles[i] = isFraction(cell) ? ((Number) cell).doubleValue() : Double.NaN;
      }
      return new Column(any && isNumeric, Numbers.decimals(doubles));
    }

    private static boolean isFraction(Object cell) {
      return cell instanceof Double || cell instanceof Float;
    }

    String style() {
      return isNumeric ? "number" : "text";
    }

    String text(Object cell) {
      if (cell == null) {
        return "";
      }
      if (!(cell instanceof Number number)) {
        return cell.toString();
      }
      if (!isFraction(cell)) {
        return Numbers.whole(number.longValue());
      }
      double value = number.doubleValue();
      return decimals < 0 || !Double.isFinite(value)
          ? Numbers.format(value)
          : Numbers.fixed(value, decimals);
    }
  }
}
