package example;

import dev.kindling.data.graph.GraphSets;
import dev.kindling.spark.ade.MahalanobisNeighbors;
import dev.kindling.spark.gntk.GraphKernelRidge;
import dev.kindling.spark.gntk.GraphKernelSettings;
import dev.kindling.spark.train.RdbdClassifier;
import dev.kindling.spark.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Kindling's Estimators among those of spark.ml: in Pipelines, cross-validated, saved, loaded. */
public final class App {
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSession.builder().master("local[*]").appName("app").getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", "4"); // small data
    spark.sparkContext().setLogLevel("ERROR");
    String folder = Files.createTempDirectory("app").toUri().toString();
    try (spark) {
      molecules(spark, folder + "molecules");
      points(spark, folder + "points");
    }
  }

  /** The measured activity of molecules, which is a number. */
  private static void molecules(SparkSession spark, String path) throws IOException {
    // 163 graphs; GraphSets.read takes SDF, SMILES and other files, GraphSets.of any DataFrame
    Dataset<Row> molecules =
        GraphSets.builtin(spark, "bzr")
            .toDataFrame(spark)
            .selectExpr("*", "double(label) AS activity");
    GraphKernelRidge ridge = new GraphKernelRidge().setLabelCol("activity");
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                ridge.intArrayParam(GraphKernelSettings.BLOCKS),
                CollectionConverters.asScala(List.of(new int[] {1}, new int[] {2})))
            .build();
    RegressionEvaluator rmse = new RegressionEvaluator().setLabelCol("activity");
    CrossValidatorModel model = crossValidated(molecules, rmse, grid, ridge);
    System.out.printf(
        "ridge: RMSE %.3f, 2 blocks %.3f%n", model.avgMetrics()[0], model.avgMetrics()[1]);

    model.write().overwrite().save(path);
    Dataset<Row> again = CrossValidatorModel.load(path).transform(molecules);
    System.out.printf("ridge: RMSE of its own rows, loaded %.3f%n", rmse.evaluate(again));
  }

  /** The class of points in two dimensions, of which the second is noise. */
  private static void points(SparkSession spark, String path) throws IOException {
    Dataset<Row> points =
        spark
            .range(0, 900, 1, 2)
            .selectExpr(
                "id", "double(id % 3) AS label", "id % 3 + randn(1) / 4 AS x", "9 * randn(2) AS y")
            .cache();
    Dataset<Row> train = points.where("id < 600");
    Dataset<Row> test = points.where("id >= 600");
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(new String[] {"x", "y"}).setOutputCol("features");
    MulticlassClassificationEvaluator accuracy =
        new MulticlassClassificationEvaluator().setMetricName("accuracy");

    RdbdClassifier perceptron = new RdbdClassifier().setHiddenLayers(new int[] {16}).setMaxIter(20);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(perceptron.doubleParam(TrainSettings.KAPPA), new double[] {0.02, 0.1})
            .build();
    CrossValidatorModel model = crossValidated(train, accuracy, grid, assembler, perceptron);
    System.out.printf("perceptron: accuracy %.3f%n", accuracy.evaluate(model.transform(test)));

    MahalanobisNeighbors neighbors =
        new MahalanobisNeighbors()
            .setMetric("estimate:rca")
            .setIdCol("id")
            .setLabelCol("label")
            .setK(5);
    new Pipeline()
        .setStages(new PipelineStage[] {assembler, neighbors})
        .fit(train)
        .write()
        .overwrite()
        .save(path);
    Dataset<Row> near = PipelineModel.load(path).transform(test); // neighbors, prediction
    System.out.printf("neighbors: accuracy %.3f, loaded%n", accuracy.evaluate(near));
  }

  private static CrossValidatorModel crossValidated(
      Dataset<Row> rows, Evaluator by, ParamMap[] grid, PipelineStage... stages) {
    return new CrossValidator()
        .setEstimator(new Pipeline().setStages(stages))
        .setEstimatorParamMaps(grid)
        .setEvaluator(by)
        .setNumFolds(2)
        .fit(rows);
  }
}
