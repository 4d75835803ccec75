package dev.kindling.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

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
    LONGS,
    /** double[]: a dense vector of spark.ml. */
    VECTOR;

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
    return columns.stream().noneMatch(c -> c.kind().isList() || c.kind() == Kind.VECTOR);
  }

  /**
   * What Spark needs to know beside the Parquet schema to read the columns as they were meant: the
   * class of a vector. Empty where there is none.
   */
  Map<String, String> metadata() {
    if (columns.stream().noneMatch(c -> c.kind() == Kind.VECTOR)) {
      return Map.of();
    }
    StructType row = new StructType();
    for (Column column : columns) {
      row = row.add(column.name(), spark(column.kind()), !column.kind().isList());
    }
    return Map.of("org.apache.spark.sql.parquet.row.metadata", row.json());
  }

  private static DataType spark(Kind kind) {
    return switch (kind) {
      case LONG -> DataTypes.LongType;
      case DOUBLE -> DataTypes.DoubleType;
      case TRUTH -> DataTypes.BooleanType;
      case TEXT -> DataTypes.StringType;
      case DOUBLES -> DataTypes.createArrayType(DataTypes.DoubleType, false);
      case LONGS -> DataTypes.createArrayType(DataTypes.LongType, false);
      case VECTOR -> SQLDataTypes.VectorType();
    };
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
      case VECTOR -> vector(column.name());
    };
  }

  /** As VectorUDT lays it out. */
  private static Type vector(String name) {
    return Types.optionalGroup()
        .addField(
            Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.intType(8, true))
                .named("type"))
        .addField(Types.optional(PrimitiveTypeName.INT32).named("size"))
        .addField(
            Types.optionalList()
                .element(PrimitiveTypeName.INT32, Type.Repetition.REQUIRED)
                .named("indices"))
        .addField(
            Types.optionalList()
                .element(PrimitiveTypeName.DOUBLE, Type.Repetition.REQUIRED)
                .named("values"))
        .named(name);
  }

  private static Type list(PrimitiveTypeName element, String name) {
    return Types.requiredList().element(element, Type.Repetition.REQUIRED).named(name);
  }
}
