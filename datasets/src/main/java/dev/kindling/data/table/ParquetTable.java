package dev.kindling.data.table;

import static org.apache.spark.sql.functions.col;

import dev.kindling.BadInput;
import dev.kindling.data.ParquetFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet files, read by Spark. Row numbers come from each row's place in its file, so they do not
 * depend on how Spark packs the files into partitions.
 *
 * <p>The features are the numeric columns, or one column {@code features} (or the only one named by
 * {@link TableOptions#features}) that holds vectors or arrays; then the other columns are used only
 * when named, and {@code label}, spark.ml's name for it, is the supplied label.
 */
final class ParquetTable {
  private ParquetTable() {}

  /**
   * @throws BadInput when a file is not Parquet
   */
  static UnreadTable open(
      SparkSession spark, Configuration conf, TableSource source, TableOptions options)
      throws IOException {
    Dataset<Row> data = ParquetFiles.open(spark, conf, source.files());
    StructType schema = data.schema();
    List<String> names = List.of(schema.fieldNames());
    String candidate = options.features().size() == 1 ? options.features().get(0) : "features";
    int vector = names.indexOf(candidate);
    if (vector < 0 || !isVector(schema.fields()[vector].dataType())) {
      Columns columns = new Columns(source.name(), names, -1, -1);
      return new UnreadTable(
          columns,
          0,
          0,
          (layout, context, shipped, bytes) -> scan(data, source, layout, 0),
          Optional.empty());
    }
    Columns columns = new Columns(source.name(), names, names.indexOf("label"), vector);
    int size = vectorSize(data, candidate);
    return new UnreadTable(
        columns,
        0,
        size,
        (layout, context, shipped, bytes) -> scan(data, source, layout, size),
        Optional.empty());
  }

  private static Scan scan(Dataset<Row> data, TableSource source, Layout layout, int vectorSize) {
    List<Column> used = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < layout.columns(); i++) {
      if (layout.role(i) != Role.IGNORED) {
        checkType(source, layout, i, data.schema().fields()[i]);
        columns.add(i);
        used.add(column(layout.name(i)));
      }
    }
    used.add(col("_metadata.file_name"));
    used.add(col("_metadata.row_index"));
    Dataset<Row> rows = data.select(used.toArray(Column[]::new));
    ParquetRow decoder =
        new ParquetRow(layout, columns.stream().mapToInt(i -> i).toArray(), vectorSize);
    return new ParquetScan(rows.javaRDD(), source.files(), layout, decoder);
  }

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  private static void checkType(TableSource source, Layout layout, int column, StructField field) {
    DataType type = field.dataType();
    boolean number = type instanceof NumericType || type.equals(DataTypes.BooleanType);
    boolean fits =
        switch (layout.role(column)) {
          case VECTOR -> isVector(type);
          case LABEL, ID, CARRIED -> number || type instanceof StringType;
          default -> number;
        };
    if (!fits) {
      String advice =
          layout.role(column) == Role.FEATURE
              ? "; if it is no feature, name those that are with " + Layout.FEATURES
              : "";
      throw BadInput.of(
          "%s: column %s holds %s and not numbers%s",
          source.name(), layout.name(column), type.simpleString(), advice);
    }
  }

  /** Of any one row; the survey compares the others with it. */
  private static int vectorSize(Dataset<Row> data, String name) {
    Dataset<Row> vectors = data.select(column(name)).filter(column(name).isNotNull());
    List<Row> one = vectors.limit(1).collectAsList();
    if (one.isEmpty()) {
      return 0;
    }
    return one.get(0).get(0) instanceof Vector vector
        ? vector.size()
        : one.get(0).getList(0).size();
  }

  /** A dot in a column's name is not a path into a struct. */
  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
