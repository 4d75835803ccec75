package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import dev.kindling.gntk.Graph;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Graphs from a DataFrame: {@code graph} (its values order the set), {@code tags}, {@code sources}
 * and {@code targets} as arrays of whole numbers, a label column, and {@code id} where there is
 * one.
 */
final class GraphRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int graph;
  private final int id;
  private final int label;
  private final int tags;
  private final int sources;
  private final int targets;

  /** −1 if they are not asked for. */
  private final int attributes;

  /**
   * @param labelColumn the label; null: {@code label} where there is one
   * @param withAttributes whether there must be a column {@code attributes}, node after node
   * @throws BadInput if a column is missing or of another type
   */
  GraphRows(String name, StructType schema, String labelColumn, boolean withAttributes) {
    this.name = name;
    List<String> columns = Arrays.asList(schema.fieldNames());
    graph = column(columns, "graph");
    DataType key = schema.fields()[graph].dataType();
    if (!(key instanceof NumericType || key instanceof StringType)) {
      throw BadInput.of(
          "%s: column graph is %s; it should hold numbers or text, which order the set",
          name, key.simpleString());
    }
    id = columns.indexOf("id");
    label = labelColumn == null ? columns.indexOf("label") : column(columns, labelColumn);
    tags = numbers(schema, columns, "tags");
    sources = numbers(schema, columns, "sources");
    targets = numbers(schema, columns, "targets");
    attributes = withAttributes ? reals(schema, columns, "attributes") : -1;
  }

  private int column(List<String> columns, String wanted) {
    int index = columns.indexOf(wanted);
    if (index < 0) {
      String near =
          DidYouMean.of(wanted, columns)
              .map(n -> "; did you mean " + n + "?")
              .orElse("; it has " + String.join(", ", columns));
      throw new BadInput(name + ": no column " + wanted + near);
    }
    return index;
  }

  private int numbers(StructType schema, List<String> columns, String wanted) {
    int index = column(columns, wanted);
    DataType type = schema.fields()[index].dataType();
    if (!(type instanceof ArrayType array)
        || !(array.elementType().equals(DataTypes.IntegerType)
            || array.elementType().equals(DataTypes.LongType)
            || array.elementType().equals(DataTypes.ShortType)
            || array.elementType().equals(DataTypes.ByteType))) {
      throw BadInput.of(
          "%s: column %s is %s; it should be an array of whole numbers",
          name, wanted, type.simpleString());
    }
    return index;
  }

  private int reals(StructType schema, List<String> columns, String wanted) {
    int index = column(columns, wanted);
    DataType type = schema.fields()[index].dataType();
    if (!(type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
      throw BadInput.of(
          "%s: column %s is %s; it should be an array of numbers",
          name, wanted, type.simpleString());
    }
    return index;
  }

  /** Sorted by {@code graph}, so that rows have the same index however the frame is partitioned. */
  JavaRDD<ParsedGraph> parse(Dataset<Row> frame) {
    return frame
        .sort("graph")
        .javaRDD()
        .zipWithIndex()
        .mapPartitions(
            rows -> {
              Parser parser = new Parser();
              return new java.util.Iterator<ParsedGraph>() {
                @Override
                public boolean hasNext() {
                  return rows.hasNext();
                }

                @Override
                public ParsedGraph next() {
                  return parser.parse(rows.next());
                }
              };
            });
  }

  private final class Parser {
    private Object previous;

    ParsedGraph parse(Tuple2<Row, Long> indexed) {
      Row row = indexed._1();
      Object key = row.get(graph);
      try {
        if (key == null) {
          throw new IllegalArgumentException("the graph column is empty");
        }
        if (key.equals(previous)) {
          throw new IllegalArgumentException("a second row with the same value of graph");
        }
        previous = key;
        return ParsedGraph.of(
            new GraphRecord(
                indexed._2(), text(row, id, key.toString()), text(row, label, null), graph(row)));
      } catch (IllegalArgumentException e) {
        return ParsedGraph.broken(name + ": graph " + key + ": " + e.getMessage());
      }
    }
  }

  private Graph graph(Row row) {
    Graph tagged =
        Graph.of(
            ints(row, tags, "tags"), ints(row, sources, "sources"), ints(row, targets, "targets"));
    return attributes < 0 ? tagged : tagged.withAttributes(doubles(row, attributes, "attributes"));
  }

  private static double[] doubles(Row row, int column, String what) {
    if (row.isNullAt(column)) {
      throw new IllegalArgumentException(what + " is empty");
    }
    List<Object> values = row.getList(column);
    double[] doubles = new double[values.size()];
    for (int i = 0; i < doubles.length; i++) {
      if (!(values.get(i) instanceof Number number)) {
        throw new IllegalArgumentException(what + " has an empty entry at " + i);
      }
      doubles[i] = number.doubleValue();
    }
    return doubles;
  }

  private static String text(Row row, int column, String otherwise) {
    return column < 0 || row.isNullAt(column) ? otherwise : row.get(column).toString();
  }

  private static int[] ints(Row row, int column, String what) {
    if (row.isNullAt(column)) {
      throw new IllegalArgumentException(what + " is empty");
    }
    List<Object> values = row.getList(column);
    int[] ints = new int[values.size()];
    for (int i = 0; i < ints.length; i++) {
      if (!(values.get(i) instanceof Number number)) {
        throw new IllegalArgumentException(what + " has an empty entry at " + i);
      }
      if (number.longValue() != number.intValue()) {
        throw new IllegalArgumentException(what + " has " + number + ", more than 32 bits");
      }
      ints[i] = number.intValue();
    }
    return ints;
  }
}
