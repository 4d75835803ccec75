package dev.kindling.data.table;

import dev.kindling.BadInput;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows as the DataFrame holds them.
 *
 * @param labels null when there is no label
 */
record OutputRow(
    int numFeatures,
    boolean named,
    boolean longIds,
    LabelMapping labels,
    boolean targets,
    boolean weights,
    List<String> carried)
    implements Serializable {
  private static final Set<String> OWN_COLUMNS =
      Set.of("row", "id", "features", "label", "target", "weight");

  static OutputRow of(Layout layout, Survey survey, int numFeatures) {
    boolean named = layout.has(Role.ID);
    return new OutputRow(
        numFeatures,
        named,
        !named || survey.idsAreLongs(),
        layout.has(Role.LABEL) ? LabelMapping.of(survey.labels()) : null,
        layout.has(Role.TARGET),
        layout.has(Role.WEIGHT),
        layout.carried());
  }

  /**
   * @throws BadInput when a carried column bears the name of one of the reader's own
   */
  static void checkNames(String source, Layout layout) {
    Set<String> clashes =
        layout.carried().stream().filter(OWN_COLUMNS::contains).collect(Collectors.toSet());
    if (!clashes.isEmpty()) {
      throw BadInput.of(
          "%s: column %s cannot be kept beside the reader's own column of that name; rename it",
          source, clashes.iterator().next());
    }
  }

  StructType schema() {
    StructType schema =
        new StructType()
            .add("row", DataTypes.LongType, false)
            .add("id", longIds ? DataTypes.LongType : DataTypes.StringType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    DataType number = DataTypes.DoubleType;
    schema = labels == null ? schema : schema.add("label", number, false);
    schema = targets ? schema.add("target", number, false) : schema;
    schema = weights ? schema.add("weight", number, false) : schema;
    for (String name : carried) {
      schema = schema.add(name, DataTypes.StringType, false);
    }
    return schema;
  }

  Row of(long number, TableRow row) {
    Stream.Builder<Object> cells = Stream.builder();
    cells.add(number);
    cells.add(id(number, row));
    cells.add(row.features(numFeatures));
    if (labels != null) {
      cells.add(labels.index(row));
    }
    if (targets) {
      cells.add(row.target);
    }
    if (weights) {
      cells.add(row.weight);
    }
    for (String text : row.carried) {
      cells.add(text);
    }
    return RowFactory.create(cells.build().toArray());
  }

  private Object id(long number, TableRow row) {
    if (!named) {
      return number;
    }
    return longIds ? (Object) Long.valueOf(row.id) : row.id;
  }
}
