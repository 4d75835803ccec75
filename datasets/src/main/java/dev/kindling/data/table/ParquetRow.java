package dev.kindling.data.table;

import dev.kindling.Words;
import dev.kindling.data.Rejected;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Turns a row of Parquet into a row of a table.
 *
 * @param columns which column of the table stands at each place; file and row number come last
 * @param vectorSize what every feature vector must have, where the features are one column
 */
record ParquetRow(Layout layout, int[] columns, int vectorSize) implements Serializable {
  String file(Row source) {
    return source.getString(columns.length);
  }

  /** 0-based, within the file. */
  long number(Row source) {
    return source.getLong(columns.length + 1);
  }

  void fill(Row source, TableRow row) throws Rejected {
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      Object cell = source.get(i);
      if (cell == null) {
        throw new Rejected(
            "column " + layout.name(column) + " is null: fill the cell or leave the row out");
      }
      if (layout.role(column) == Role.VECTOR) {
        vector(cell instanceof Vector vector ? vector : null, source, i, row);
      } else if (cell instanceof Boolean bit) {
        layout.number(row, column, bit ? 1 : 0);
      } else if (cell instanceof Long id && layout.role(column) == Role.ID) {
        layout.text(row, column, id.toString()); // a double would round it
      } else if (cell instanceof Number number) {
        layout.number(row, column, number.doubleValue());
      } else {
        layout.text(row, column, cell.toString());
      }
    }
  }

  private void vector(Vector vector, Row source, int place, TableRow row) throws Rejected {
    row.indices = null;
    if (vector instanceof SparseVector sparse) {
      row.indices = sparse.indices();
      row.values = sparse.values();
    } else if (vector != null) {
      row.values = vector.toArray();
    } else {
      row.values = numbers(source.getList(place));
    }
    String name = layout.name(layout.vector());
    int size = vector == null ? row.values.length : vector.size();
    if (size != vectorSize) {
      throw new Rejected(
          "column " + name + " has " + size + " numbers, other rows have " + vectorSize);
    }
    for (int i = 0; i < row.values.length; i++) {
      if (!Double.isFinite(row.values[i])) {
        throw new Rejected(
            Words.of(
                "column %s[%s] is %s; a feature must be finite: fill the cell or leave the row out",
                name, row.indices == null ? i : row.indices[i], NumberText.of(row.values[i])));
      }
    }
  }

  private double[] numbers(List<Object> cells) throws Rejected {
    double[] numbers = new double[cells.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(cells.get(i) instanceof Number number)) {
        String name = layout.name(layout.vector());
        throw new Rejected(
            "column " + name + "[" + i + "] is null: fill the cell or leave the row out");
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }
}
