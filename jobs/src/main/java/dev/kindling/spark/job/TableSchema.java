package dev.kindling.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a result table, in order. All may be empty (null) but arrays. */
public final class TableSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a column holds, with its Java value. */
  public enum Kind {
    /** Long or Integer. */
    LONG,
    /** Double. */
    DOUBLE,
    /** String. */
    TEXT,
    /** Boolean. */
    TRUTH,
    /** double[]. */
    DOUBLES,
    /** long[]. */
    LONGS;

    boolean isList() {
      return this == DOUBLES || this == LONGS;
    }
  }

  record Column(String name, Kind kind) implements Serializable {}

  private final List<Column> columns;

  private TableSchema(List<Column> columns) {
    this.columns = columns;
  }

  public static TableSchema empty() {
    return new TableSchema(List.of());
  }

  public TableSchema with(String name, Kind kind) {
    List<Column> longer = new ArrayList<>(columns);
    longer.add(new Column(name, kind));
    return new TableSchema(List.copyOf(longer));
  }

  List<Column> columns() {
    return columns;
  }

  /** Whether a row fits into a line of CSV. */
  boolean isFlat() {
    return columns.stream().noneMatch(c -> c.kind().isList());
  }

  /** As Spark itself would write it, so that every reader of Parquet takes it. */
  MessageType parquet() {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Column column : columns) {
      message.addField(parquet(column));
    }
    return message.named("spark_schema");
  }

  private static Type parquet(Column column) {
    return switch (column.kind()) {
      case LONG -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
      case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      case TRUTH -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
      case DOUBLES -> list(PrimitiveTypeName.DOUBLE, column.name());
      case LONGS -> list(PrimitiveTypeName.INT64, column.name());
    };
  }

  private static Type list(PrimitiveTypeName element, String name) {
    return Types.requiredList().element(element, Type.Repetition.REQUIRED).named(name);
  }
}
