package dev.kindling.spark.train;

import dev.kindling.data.LocalSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows whose class or number depends on the features in a way that a line cannot say. */
record MadeRows(List<Row> rows) {
  static final int FEATURES = 5;

  private static final StructType SCHEMA =
      new StructType()
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);

  /**
   * @param classes 3, or 0 for numbers
   */
  static MadeRows of(long seed, int count, int classes) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] x = new double[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        x[j] = j == 4 && random.nextBoolean() ? 0 : random.nextDouble(-1, 1) * (j + 1);
      }
      double r = x[0] * x[0] + x[1] * x[1] / 4;
      double y = classes == 0 ? 100 + 10 * r + x[2] : r < 0.4 ? 0 : x[2] > 0 ? 1 : 2;
      rows.add(
          RowFactory.create(
              i % 3 == 0 ? Vectors.dense(x).toSparse() : Vectors.dense(x),
              y,
              1 + random.nextInt(3) / 2.0));
    }
    return new MadeRows(rows);
  }

  Dataset<Row> frame(int partitions) {
    return LocalSpark.session()
        .createDataFrame(rows, SCHEMA)
        .repartition(partitions)
        .coalesce(partitions);
  }

  MadeRows shuffled(long seed) {
    List<Row> other = new ArrayList<>(rows);
    Collections.shuffle(other, new Random(seed));
    return new MadeRows(other);
  }
}
