package dev.kindling.spark.ade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import dev.kindling.BadInput;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of a DataFrame as points, in the order of the DataFrame. */
final class FramePoints {
  private static final int MOST_CLASSES = 1 << 20;

  private FramePoints() {}

  /**
   * Two passes over the rows, and a shuffle when blocks are first made.
   *
   * @param id a column of whole numbers or strings; row numbers without it
   * @param label a column of classes 0, 1, …, null where not known
   * @throws BadInput if there are no rows, or a column holds what is none of a point
   */
  static PointBlocks of(
      Dataset<?> dataset, String features, Optional<String> id, Optional<String> label, int cores) {
    boolean labelled = label.isPresent();
    DataType idType = idType(dataset.schema(), id);
    Column none = lit(null);
    Dataset<Row> frame =
        dataset.select(
            col(features),
            id.map(column -> col(column).cast(idType)).orElse(none),
            label.map(functions::col).orElse(none).cast(DataTypes.DoubleType));
    Row facts = frame.toDF("x", "id", "y").agg(count(lit(1)), max("y")).first();
    long n = facts.getLong(0);
    if (n == 0) {
      throw new BadInput("the DataFrame has no rows");
    }
    if (labelled && (facts.isNullAt(1) || !(facts.getDouble(1) < MOST_CLASSES))) {
      throw BadInput.of(
          "%s: holds %s; classes are 0, 1, …",
          SearchSettings.LABEL_COL.is(label.get()), facts.get(1));
    }
    Vector first = frame.first().getAs(0);
    int classes = labelled ? (int) facts.getDouble(1) + 1 : 0;
    boolean given = id.isPresent();
    return PointBlocks.of(
        new PointBlocks.Rows(
            frame.javaRDD().zipWithIndex().map(row -> point(row._1(), row._2(), given)),
            "the DataFrame",
            n,
            first == null ? 0 : first.size(),
            idType.equals(DataTypes.StringType),
            labelled,
            IntStream.range(0, classes).mapToObj(Integer::toString).toList()),
        cores);
  }

  private static Row point(Row row, long number, boolean given) {
    if (given && row.isNullAt(1)) {
      throw new BadInput("the DataFrame: row " + number + ", counted from 0, has no id");
    }
    double y = row.isNullAt(2) ? PointBlock.NO_LABEL : row.getDouble(2);
    if (y != Math.rint(y) || (y < 0 && !row.isNullAt(2))) {
      throw BadInput.of("the DataFrame: row %s is of class %s; classes are 0, 1, …", number, y);
    }
    return RowFactory.create(number, given ? row.get(1) : (Object) number, row.get(0), y);
  }

  /**
   * What ids become: long or string.
   *
   * @param id none for row numbers
   * @throws BadInput if the column is missing or holds neither
   */
  static DataType idType(StructType schema, Optional<String> id) {
    if (id.isEmpty()) {
      return DataTypes.LongType;
    }
    MahalanobisMetricModel.require(schema, id.get(), SearchSettings.ID_COL.name());
    DataType type = schema.apply(id.get()).dataType();
    if (type.equals(DataTypes.StringType)) {
      return type;
    }
    if (!List.of(DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType)
        .contains(type)) {
      throw BadInput.of(
          "%s: holds %s; ids are whole numbers or strings",
          SearchSettings.ID_COL.is(id.get()), type.simpleString());
    }
    return DataTypes.LongType;
  }
}
