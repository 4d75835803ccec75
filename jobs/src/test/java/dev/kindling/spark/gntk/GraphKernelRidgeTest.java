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
import dev.kindling.spark.StageContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class GraphKernelRidgeTest extends StageContract<GraphKernelRidge, GraphKernelRidgeModel> {
  private static final double LAMBDA = 40;

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

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new GraphKernelRidge().setBlocks(-1)).hasMessageContaining("blocks");
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
