package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The Params of neighbours under a metric; those of the command line, by spark.ml's names. */
public final class NeighborParams implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> featuresCol;
  final Param<String> idCol;
  final Param<String> labelCol;
  final Param<String> neighborsCol;
  final Param<String> predictionCol;
  final Param<String> metric;
  final IntParam k;
  final DoubleParam radius;
  final LongParam seed;

  NeighborParams(Params parent) {
    featuresCol = new Param<>(parent, "featuresCol", "column with points, as vectors");
    idCol =
        new Param<>(
            parent,
            "idCol",
            "column that names the points, whole numbers or strings; empty: by row number, from 0");
    labelCol =
        new Param<>(
            parent,
            "labelCol",
            "column with the points' classes: 0, 1, …, null where not known; empty: no classes");
    neighborsCol =
        new Param<>(
            parent, "neighborsCol", "column for the neighbours, array<struct<id, distance>>");
    predictionCol =
        new Param<>(
            parent,
            "predictionCol",
            "column for the class of most neighbours, where there are any");
    metric = new Param<>(parent, "metric", "what --metric of ade says: " + MetricSource.MAY_BE);
    k = new IntParam(parent, "k", "at most so many neighbours", ParamValidators.gtEq(1));
    radius = new DoubleParam(parent, "radius", "no neighbour beyond it", ParamValidators.gtEq(0));
    seed = new LongParam(parent, "seed", "of estimate:mcd");
  }

  void setDefaults(Params stage) {
    stage.setDefault(featuresCol, "features");
    stage.setDefault(idCol, "");
    stage.setDefault(labelCol, "");
    stage.setDefault(neighborsCol, "neighbors");
    stage.setDefault(predictionCol, "prediction");
    stage.setDefault(metric, "identity");
    stage.setDefault(k, 10);
    stage.setDefault(radius, Double.POSITIVE_INFINITY);
    stage.setDefault(seed, 42L);
  }

  /**
   * The schema with what a model adds.
   *
   * @param id of the points
   * @throws BadInput if there are no vectors, or a column is there already
   */
  StructType appended(StructType schema, Params stage, DataType id, boolean labelled) {
    String features = stage.getOrDefault(featuresCol);
    MahalanobisMetricModel.requireVectors(schema, features);
    StructType near = new StructType().add("id", id).add("distance", DataTypes.DoubleType);
    StructType out =
        with(
            schema,
            "neighborsCol",
            stage.getOrDefault(neighborsCol),
            DataTypes.createArrayType(near));
    return labelled
        ? with(out, "predictionCol", stage.getOrDefault(predictionCol), DataTypes.DoubleType)
        : out;
  }

  private static StructType with(StructType schema, String param, String column, DataType type) {
    if (List.of(schema.fieldNames()).contains(column)) {
      throw new BadInput(param + " " + column + ": there is such a column; name another");
    }
    return schema.add(column, type);
  }
}
