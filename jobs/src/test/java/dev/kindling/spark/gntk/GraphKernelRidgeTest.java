package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.data.LocalSpark;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.KernelRidge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphKernelRidgeTest {
  private static final double LAMBDA = 40;

  private final MadeGraphs numbers = MadeGraphs.of(71, 90, false);
  private final MadeGraphs fresh = MadeGraphs.of(72, 20, false);

  @TempDir Path temp;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
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
  void aModelComesBackFromDisk() throws IOException {
    GraphKernelRidgeModel model = stage().setPredictionCol("activity").fit(numbers.frame(2));
    String path = temp.resolve("model").toString();
    model.save(path);
    GraphKernelRidgeModel loaded = GraphKernelRidgeModel.load(path);
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.explainParams()).isEqualTo(model.explainParams());
    assertThat(sorted(loaded.transform(fresh.frame(1))))
        .isEqualTo(sorted(model.transform(fresh.frame(1))));
  }

  @Test
  void aStageComesBackFromDisk() throws IOException {
    GraphKernelRidge stage = stage().setScale("degree").setJumpingKnowledge(false);
    String path = temp.resolve("stage").toString();
    stage.save(path);
    GraphKernelRidge loaded = GraphKernelRidge.load(path);
    assertThat(loaded.uid()).isEqualTo(stage.uid());
    assertThat(loaded.explainParams()).isEqualTo(stage.explainParams());
  }

  @Test
  void runsInAPipelineAndComesBackWithIt() throws IOException {
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {stage()}).fit(numbers.frame(2));
    String path = temp.resolve("pipeline").toString();
    model.save(path);
    assertThat(sorted(PipelineModel.load(path).transform(fresh.frame(1))))
        .isEqualTo(sorted(model.transform(fresh.frame(1))));
  }

  @Test
  void copiesKeepEveryParam() {
    GraphKernelRidge stage = stage().setFactor(3).setWorkDir("somewhere");
    ParamMap extra = new ParamMap().put(stage.blocks(), 5);
    GraphKernelRidge copy = (GraphKernelRidge) stage.copy(extra);
    assertThat(copy.uid()).isEqualTo(stage.uid());
    assertThat((Integer) copy.getOrDefault(copy.blocks())).isEqualTo(5);
    for (Param<?> param : stage.params()) {
      if (!param.name().equals("blocks")) {
        assertThat(copy.getOrDefault(copy.getParam(param.name())))
            .as(param.name())
            .isEqualTo(stage.getOrDefault(param));
      }
    }
  }

  @Test
  void everyParamHasADefault() {
    GraphKernelRidge stage = new GraphKernelRidge();
    assertThat(stage.params()).hasSize(20);
    for (Param<?> param : stage.params()) {
      assertThat(stage.hasDefault(param)).as(param.name()).isTrue();
    }
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
