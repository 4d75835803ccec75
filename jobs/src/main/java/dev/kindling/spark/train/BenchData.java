package dev.kindling.spark.train;

import static org.apache.spark.sql.functions.col;

import dev.kindling.data.BuiltinSets;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.setting.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows of a bench case, cached: to learn from, and to be scored.
 *
 * @param train columns features and label, features between 0 and 1
 * @param test the same of other rows, on the driver
 */
record BenchData(
    String name,
    Dataset<Row> train,
    long rows,
    int features,
    int classes,
    List<Row> test,
    int[] hidden,
    String fingerprint)
    implements AutoCloseable {
  /** The built-in digits, every fifth of them to be scored. */
  static BenchData digits(SparkSession spark) {
    return everyFifth(
        "digits",
        NumericTables.read(spark, BuiltinSets.table("digits"), TableOptions.defaults().needLabel()),
        16,
        64);
  }

  /**
   * Fashion-MNIST as it is distributed.
   *
   * @param most rows to learn from
   */
  static BenchData fashion(SparkSession spark, String folder, int most) {
    TableOptions options = TableOptions.defaults().needLabel();
    NumericTable train = NumericTables.read(spark, folder + "/train-images-idx3-ubyte.gz", options);
    NumericTable test = NumericTables.read(spark, folder + "/t10k-images-idx3-ubyte.gz", options);
    boolean all = most >= train.numRows();
    return of(
        all ? "fashion" : "fashion-" + most,
        scaled(train.rows().filter(col("row").lt(most)), 255),
        scaled(test.rows(), 255),
        train,
        all ? new int[] {128} : new int[] {64},
        train.fingerprint() + test.fingerprint());
  }

  /** Words of papers, every fifth of them to be scored. */
  static BenchData cora(SparkSession spark, String folder) {
    return everyFifth(
        "cora",
        NumericTables.read(spark, folder + "/nodes.svm", TableOptions.defaults().needLabel()),
        1,
        16);
  }

  private static BenchData everyFifth(String name, NumericTable table, double most, int hidden) {
    Dataset<Row> rows = scaled(table.rows(), most);
    return of(
        name,
        rows.filter("row % 5 != 0"),
        rows.filter("row % 5 = 0"),
        table,
        new int[] {hidden},
        table.fingerprint());
  }

  private static Dataset<Row> scaled(Dataset<Row> rows, double most) {
    UDF1<Vector, Vector> scale =
        v -> {
          double[] values = v.toArray().clone();
          for (int j = 0; j < values.length; j++) {
            values[j] /= most;
          }
          return Vectors.dense(values);
        };
    return rows.select(
        col("row"),
        functions.udf(scale, SQLDataTypes.VectorType()).apply(col("features")).as("features"),
        col("label"));
  }

  private static BenchData of(
      String name,
      Dataset<Row> train,
      Dataset<Row> test,
      NumericTable table,
      int[] hidden,
      String fingerprint) {
    Dataset<Row> cached =
        train
            .repartition(train.sparkSession().sparkContext().defaultParallelism())
            .select("features", "label")
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new BenchData(
        name,
        cached,
        cached.count(),
        table.numFeatures(),
        table.labels().orElseThrow().classes().size(),
        test.select("features", "label").collectAsList(),
        hidden,
        fingerprint);
  }

  /**
   * The default command line but for these.
   *
   * @param rate null for the default
   */
  FitOptions options(ScheduleKind kind, Double rate) {
    return FitOptions.of(
        Settings.none()
            .with(TrainSettings.HIDDEN, Arrays.stream(hidden).boxed().toList())
            .with(TrainSettings.SCHEDULE, kind)
            .with(TrainSettings.STEP_SIZE, Optional.ofNullable(rate)));
  }

  /** For a fit. */
  TrainingRows trainingRows() {
    return new TrainingRows(
        train.select(col("features"), col("label").as("y"), functions.lit(1.0).as("weight")),
        name,
        rows,
        features,
        classes,
        false,
        null);
  }

  @Override
  public void close() {
    train.unpersist();
  }
}
