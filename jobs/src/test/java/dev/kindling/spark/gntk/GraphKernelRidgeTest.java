package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.KernelRidge;
import dev.kindling.ridge.RidgeModel;
import dev.kindling.spark.StageContract;
import dev.kindling.validation.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

class GraphKernelRidgeTest extends StageContract<GraphKernelRidge, GraphKernelRidgeModel> {
  private static final double LAMBDA = 40;

  @TempDir Path folder;

  private final MadeGraphs numbers = MadeGraphs.of(71, 90, false);
  private final MadeGraphs fresh = MadeGraphs.of(72, 20, false);

  @Override
  protected GraphKernelRidge estimator() {
    return new GraphKernelRidge().setRegParam(2);
  }

  @Override
  protected GraphKernelRidge changed() {
    return MadeGraphs.changed(new GraphKernelRidge())
        .setRegParam(2)
        .setLandmarks(5)
        .setLandmarksBy("kmeans")
        .setPieces(2)
        .setFeatures(3)
        .setSeed(7);
  }

  @Override
  protected Dataset<Row> data() {
    return MadeGraphs.of(77, 20, false).frame(1).sortWithinPartitions("graph");
  }

  @Override
  protected String neededColumn() {
    return "label";
  }

  @Override
  protected GraphKernelRidge named(String uid) {
    return new GraphKernelRidge(uid);
  }

  @Override
  protected GraphKernelRidge loadEstimator(String path) {
    return GraphKernelRidge.load(path);
  }

  @Override
  protected GraphKernelRidgeModel loadModel(String path) {
    return GraphKernelRidgeModel.load(path);
  }

  private static GraphKernelRidge stage() {
    return new GraphKernelRidge().setBlocks(2).setRegParam(LAMBDA);
  }

  private static List<Row> sorted(Dataset<Row> frame) {
    return frame.sort("graph").collectAsList();
  }

  @Test
  void predictsNewGraphsAsTheDefinitionSays() {
    GraphKernelRidgeModel model = stage().fit(numbers.frame(3));
    List<Graph> all = new ArrayList<>(numbers.graphs());
    all.addAll(fresh.graphs());
    double[][] gram =
        ColorKernel.gram(all, new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2));
    int n = numbers.graphs().size();
    double[][] corner = new double[n][];
    for (int i = 0; i < n; i++) {
      corner[i] = Arrays.copyOf(gram[i], n);
    }
    Matrix targets =
        Matrix.of(n, 1, numbers.labels().stream().mapToDouble(Double::parseDouble).toArray());
    KernelRidge.Fit fit = new KernelRidge(Matrix.ofRows(corner), targets).fit(LAMBDA);
    List<Row> predicted = sorted(model.transform(fresh.frame(4)));
    for (int g = 0; g < fresh.graphs().size(); g++) {
      double expected = fit.intercept().get(0, 0);
      for (int i = 0; i < n; i++) {
        expected += gram[n + g][i] * fit.coefficients().get(i, 0);
      }
      double value = predicted.get(g).getAs("prediction");
      assertThat(value).as("graph %d", g).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void aFittedModelIsTheSameForAnyPartitioning() {
    List<Row> first = null;
    for (int partitions : new int[] {1, 2, 7}) {
      List<Row> rows =
          sorted(stage().fit(numbers.frame(partitions)).transform(fresh.frame(partitions)));
      if (first == null) {
        first = rows;
      }
      for (int g = 0; g < rows.size(); g++) {
        double value = rows.get(g).getAs("prediction");
        assertThat(value).isEqualTo(first.get(g).<Double>getAs("prediction"));
      }
    }
  }

  @Test
  void textLabelsAreClasses() {
    MadeGraphs classes = MadeGraphs.of(73, 120, true);
    GraphKernelRidgeModel model = new GraphKernelRidge().fit(classes.frame(2));
    assertThat(model.classes()).containsExactly("few", "many");
    assertThat(model.lambda()).isPositive();
    List<Row> rows = sorted(model.transform(classes.frame(2)));
    int right = 0;
    for (Row row : rows) {
      Vector scores = row.getAs("rawPrediction");
      assertThat(model.classes().get(scores.argmax())).isEqualTo(row.getAs("prediction"));
      right += row.getAs("prediction").equals(row.getAs("label")) ? 1 : 0;
    }
    assertThat(right)
        .isGreaterThan(100); // the label is a function of the tags, which level 0 counts
  }

  /** Its leave-one-out is that of {@link dev.kindling.ridge.RidgeModel} on the whole matrix. */
  private int bestBlocks(List<Integer> numbers, MadeGraphs graphs) {
    int n = graphs.graphs().size();
    Matrix targets =
        Matrix.of(n, 1, graphs.labels().stream().mapToDouble(Double::parseDouble).toArray());
    return numbers.stream()
        .min(
            Comparator.comparingDouble(
                blocks ->
                    RidgeModel.fit(
                            Matrix.ofRows(
                                ColorKernel.gram(
                                    graphs.graphs(),
                                    new GntkParameters(
                                        blocks, 2, GntkParameters.Scale.UNIFORM, true, 2))),
                            targets,
                            0,
                            Score.RMSE)
                        .leaveOneOut()))
        .orElseThrow();
  }

  @Test
  void ofSeveralNumbersOfBlocksTheModelHasTheOneWithTheBestLeaveOneOut() throws IOException {
    MadeGraphs graphs = MadeGraphs.of(79, 40, false);
    GraphKernelRidge several = new GraphKernelRidge().setBlocks(2, 0);
    GraphKernelRidgeModel model = several.fit(graphs.frame(2));
    int chosen = bestBlocks(List.of(0, 2), graphs);
    assertThat(several.getBlocks()).containsExactly(2, 0);
    assertThat(model.getBlocks()).containsExactly(chosen);
    List<Row> expected =
        sorted(
            new GraphKernelRidge()
                .setBlocks(chosen)
                .fit(graphs.frame(2))
                .transform(fresh.frame(1)));
    assertThat(sorted(model.transform(fresh.frame(1)))).isEqualTo(expected);
    String path = folder.resolve("chosen").toString();
    model.save(path);
    GraphKernelRidgeModel loaded = GraphKernelRidgeModel.load(path);
    assertThat(loaded.getBlocks()).containsExactly(chosen);
    assertThat(sorted(loaded.transform(fresh.frame(1)))).isEqualTo(expected);
  }

  @Test
  void aGridGoesOverNumbersOfBlocksAndListsOfThem() {
    MadeGraphs graphs = MadeGraphs.of(80, 16, false);
    Dataset<Row> rows = graphs.frame(2).withColumn("label", functions.expr("double(label)"));
    GraphKernelRidge stage = new GraphKernelRidge();
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                stage.intArrayParam(GraphKernelSettings.BLOCKS),
                CollectionConverters.asScala(List.of(new int[] {0}, new int[] {0, 1})))
            .build();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(stage)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new RegressionEvaluator())
            .setNumFolds(2)
            .fit(rows);
    double[] errors = model.avgMetrics();
    assertThat(errors).hasSize(2);
    assertThat(errors[1]).isFinite();
    assertThat(((GraphKernelRidgeModel) model.bestModel()).getBlocks()).hasSize(1);
  }

  @Test
  void severalNumbersOfBlocksAndLandmarksAreRefused() {
    assertThatThrownBy(
            () -> new GraphKernelRidge().setBlocks(1, 2).setLandmarks(3).fit(fresh.frame(1)))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "blocks 1,2: landmarks 3 approximates the kernel of one number; give one number, or leave landmarks out");
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new GraphKernelRidge().setBlocks(-1)).hasMessageContaining("blocks");
    assertThatThrownBy(() -> new GraphKernelRidge().setBlocks())
        .hasMessageContaining("give at least one number");
    assertThatThrownBy(() -> new GraphKernelRidge().setBlocks(2, 2))
        .hasMessageContaining("blocks 2,2: give each number once");
    assertThatThrownBy(() -> new GraphKernelRidge().setScale("sum")).hasMessageContaining("scale");
    assertThatThrownBy(() -> new GraphKernelRidge().setFactor(0)).hasMessageContaining("factor");
  }

  @Test
  void missingColumnsAreNamed() {
    Dataset<Row> without = numbers.frame(1).drop("tags");
    assertThatThrownBy(() -> stage().transformSchema(without.schema()))
        .isInstanceOf(BadInput.class)
        .hasMessage("no column tags (tagsCol); there are graph, id, label, sources, targets");
    assertThatThrownBy(() -> stage().fit(without))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("no column tags (tagsCol)");
  }

  @Test
  void aMalformedGraphIsNamedByItsKey() {
    Dataset<Row> broken =
        numbers
            .frame(2)
            .withColumn(
                "targets", org.apache.spark.sql.functions.expr("transform(targets, t -> t + 100)"));
    assertThatThrownBy(() -> stage().fit(broken))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("the DataFrame: graph 0: edge ");
  }
}
