package dev.kindling.spark.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.nn.Diverged;
import dev.kindling.nn.Perceptron;
import dev.kindling.nn.Training;
import dev.kindling.spark.job.JobFailure;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The fit of an Estimator: from a DataFrame to the weights, with nothing written. */
final class StageFit {
  private static final int MOST_CLASSES = 1 << 20;

  private StageFit() {}

  static Perceptron of(
      TrainParams stage, Dataset<?> dataset, String features, String label, boolean classes) {
    FitOptions options = FitOptions.of(stage.settings());
    TrainingRows rows =
        rows(options, dataset, new Columns(features, label, weight(stage)), classes);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    try (PerceptronFit fit = new PerceptronFit(context, rows, options)) {
      Perceptron initial = options.initial(context.hadoopConfiguration()).orElse(null);
      Training training = fit.pack().training(initial, Long.MAX_VALUE);
      training.run(step -> {});
      return fit.model();
    } catch (Diverged e) {
      throw new JobFailure(
          Words.of(
              "training diverged at %s; a smaller stepSize, clip, or lossRegret may help",
              e.getMessage()),
          e);
    }
  }

  /** Names of columns; no weight for null. */
  private record Columns(String features, String label, String weight) {}

  private static String weight(TrainParams stage) {
    return stage.settings().given(TrainSettings.WEIGHT_COL).filter(c -> !c.isEmpty()).orElse(null);
  }

  private static TrainingRows rows(
      FitOptions options, Dataset<?> dataset, Columns columns, boolean classes) {
    String features = columns.features;
    String label = columns.label;
    String weight = columns.weight;
    if (weight != null && !List.of(dataset.columns()).contains(weight)) {
      throw BadInput.of(
          "%s: the DataFrame has no such column; there are %s",
          TrainSettings.WEIGHT_COL.is(weight), String.join(", ", dataset.columns()));
    }
    Dataset<Row> frame =
        dataset.select(
            col(features).as("features"),
            col(label).cast(DataTypes.DoubleType).as("y"),
            (weight == null ? lit(1.0) : col(weight).cast(DataTypes.DoubleType)).as("weight"));
    Row facts =
        frame
            .agg(
                count(lit(1)),
                count(col("y")),
                min("y"),
                max("y"),
                count(col("weight")),
                max(col("y").minus(floor(col("y")))))
            .first();
    long n = facts.getLong(0);
    if (n == 0) {
      throw new BadInput("the DataFrame has no rows");
    }
    if (facts.getLong(1) < n || facts.getLong(4) < n) {
      throw BadInput.of(
          "the DataFrame: column %s holds nulls; fill them or leave the rows out",
          facts.getLong(1) < n ? label : weight);
    }
    int k = 0;
    if (classes) {
      double most = facts.getDouble(3);
      if (!(facts.getDouble(2) >= 0 && most < MOST_CLASSES)) {
        throw BadInput.of(
            "the DataFrame: column %s holds %s to %s; classes are 0, 1, …",
            label, facts.getDouble(2), most);
      }
      if (facts.getDouble(5) > 0) {
        throw BadInput.of(
            "the DataFrame: column %s holds fractions; classes are whole numbers: 0, 1, …", label);
      }
      k = Math.max(2, (int) most + 1);
    }
    Vector first = frame.first().getAs(0);
    if (first == null) {
      throw new BadInput("the DataFrame: column " + features + " holds nulls");
    }
    return new TrainingRows(
        frame,
        "the DataFrame",
        n,
        first.size(),
        k,
        weight != null,
        classWeights(options, frame, k));
  }

  private static double[] classWeights(FitOptions options, Dataset<Row> frame, int classes) {
    if (options.classWeights().isEmpty()) {
      return null;
    }
    if (classes == 0) {
      throw new BadInput("classWeights: there are no classes where a number is predicted");
    }
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    return ClassWeights.of(options.classWeights().get(), names, frame);
  }
}
