package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.data.LocalSpark;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.StageContract;
import dev.kindling.svm.KernelSvm;
import dev.kindling.svm.SvmParameters;
import dev.kindling.svm.SvmSelection;
import dev.kindling.validation.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphKernelSvmTest extends StageContract<GraphKernelSvm, GraphKernelSvmModel> {
  private static final double COST = 3;

  private final MadeGraphs numbers = MadeGraphs.of(81, 90, false);
  private final MadeGraphs classes = MadeGraphs.of(83, 90, true);
  private final MadeGraphs fresh = MadeGraphs.of(82, 20, false);

  @TempDir Path folder;

  @Override
  protected GraphKernelSvm estimator() {
    return new GraphKernelSvm().setCost(COST);
  }

  @Override
  protected GraphKernelSvm changed() {
    return MadeGraphs.changed(new GraphKernelSvm())
        .setCost(COST)
        .setClassWeights("balanced")
        .setTube(0.5)
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
  protected GraphKernelSvm named(String uid) {
    return new GraphKernelSvm(uid);
  }

  @Override
  protected GraphKernelSvm loadEstimator(String path) {
    return GraphKernelSvm.load(path);
  }

  @Override
  protected GraphKernelSvmModel loadModel(String path) {
    return GraphKernelSvmModel.load(path);
  }

  private static GraphKernelSvm stage() {
    return new GraphKernelSvm().setBlocks(2).setCost(COST);
  }

  private static List<Row> sorted(Dataset<Row> frame) {
    return frame.sort("graph").collectAsList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cosine", "none"})
  void predictsNewGraphsAsTheDefinitionSays(String normalize) {
    GraphKernelSvmModel model = stage().setNormalize(normalize).fit(numbers.frame(3));
    int n = numbers.graphs().size();
    List<Graph> all = new ArrayList<>(numbers.graphs());
    all.addAll(fresh.graphs());
    Matrix gram =
        Matrix.ofRows(
            ColorKernel.gram(all, new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2)));
    Matrix corner = Matrix.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        corner.set(i, j, gram.get(i, j));
      }
    }
    if (normalize.equals("cosine")) {
      Normalization.COSINE.apply(gram);
      Normalization.COSINE.apply(corner);
    }
    Matrix targets =
        Matrix.of(n, 1, numbers.labels().stream().mapToDouble(Double::parseDouble).toArray());
    KernelFunction function =
        SvmSelection.model(
            new KernelSvm(corner, targets, Score.RMSE, new SvmParameters(false, 0.1)), COST);
    List<Row> predicted = sorted(model.transform(fresh.frame(4)));
    for (int g = 0; g < fresh.graphs().size(); g++) {
      double expected = function.intercept().get(0, 0);
      for (int i = 0; i < n; i++) {
        expected += gram.get(n + g, i) * function.coefficients().get(i, 0);
      }
      double value = predicted.get(g).getAs("prediction");
      assertThat(value).as("graph %d", g).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void aModelHasTheSameBytesForAnyPartitioning() throws IOException {
    List<byte[]> first = null;
    for (int partitions : new int[] {1, 2, 7}) {
      Path path = folder.resolve("model-" + partitions);
      new GraphKernelSvm().fit(classes.frame(partitions)).save(path.toString());
      List<byte[]> bytes = new ArrayList<>();
      for (String table : new String[] {"colors", "classes", "model"}) {
        bytes.add(Files.readAllBytes(path.resolve(table + "/part-00000.parquet")));
      }
      if (first == null) {
        first = bytes;
      }
      for (int k = 0; k < first.size(); k++) {
        assertThat(Arrays.equals(bytes.get(k), first.get(k))).as("%d: %d", partitions, k).isTrue();
      }
    }
  }

  @Test
  void textLabelsAreClasses() {
    GraphKernelSvmModel model = new GraphKernelSvm().fit(classes.frame(2));
    assertThat(model.classes()).containsExactly("few", "many");
    assertThat(model.cost()).isBetween(1e-2, 1e4);
    List<Row> rows = sorted(model.transform(classes.frame(2)));
    int right = 0;
    for (Row row : rows) {
      Vector scores = row.getAs("rawPrediction");
      assertThat(model.classes().get(scores.argmax())).isEqualTo(row.getAs("prediction"));
      right += row.getAs("prediction").equals(row.getAs("label")) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(75); // the label is a function of the tags
  }

  @Test
  void aModelComesBackFromDiskAsWhatItIs() throws IOException {
    GraphKernelSvmModel model = stage().setPredictionCol("activity").fit(numbers.frame(2));
    String path = folder.resolve("model").toString();
    model.save(path);
    GraphKernelSvmModel loaded = GraphKernelSvmModel.load(path);
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.cost()).isEqualTo(COST);
    assertThat(explained(loaded)).isEqualTo(explained(model));
    assertThat(sorted(loaded.transform(fresh.frame(1))))
        .isEqualTo(sorted(model.transform(fresh.frame(1))));
    assertThat(GraphKernelModelFiles.any(path, LocalSpark.session()))
        .isInstanceOf(GraphKernelSvmModel.class);
    assertThatThrownBy(() -> GraphKernelRidgeModel.load(path))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith(path + ": not a model of a gntk run");
  }

  /** Without the addresses that spark.ml prints of arrays. */
  private static String explained(GraphKernelSvmModel model) {
    return model.explainParams().replaceAll("\\[I@\\w+", "ints");
  }

  /** Five folds choose, even where there is one cost only. */
  @Test
  void ofSeveralNumbersOfBlocksFiveFoldsChooseOne() throws IOException {
    String cost = "10";
    Matrix targets =
        Matrix.of(
            numbers.graphs().size(),
            1,
            numbers.labels().stream().mapToDouble(Double::parseDouble).toArray());
    double least = Double.POSITIVE_INFINITY;
    int best = -1;
    for (int blocks : new int[] {0, 2}) {
      Matrix gram =
          Matrix.ofRows(
              ColorKernel.gram(
                  numbers.graphs(),
                  new GntkParameters(blocks, 2, GntkParameters.Scale.UNIFORM, true, 2)));
      double error =
          SvmSelection.of(
                  new KernelSvm(gram, targets, Score.RMSE, new SvmParameters(false, 0.1)),
                  CostGrid.parse(cost),
                  42)
              .best(Score.RMSE);
      best = error < least ? blocks : best;
      least = Math.min(least, error);
    }
    GraphKernelSvmModel model =
        new GraphKernelSvm().setCost(cost).setBlocks(2, 0).fit(numbers.frame(2));
    assertThat(model.getBlocks()).containsExactly(best);
    String path = folder.resolve("chosen").toString();
    model.save(path);
    assertThat(sorted(GraphKernelSvmModel.load(path).transform(fresh.frame(1))))
        .isEqualTo(
            sorted(
                new GraphKernelSvm()
                    .setCost(cost)
                    .setBlocks(best)
                    .fit(numbers.frame(2))
                    .transform(fresh.frame(1))));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new GraphKernelSvm().setCost("1,-1")).hasMessageContaining("cost");
    assertThatThrownBy(() -> new GraphKernelSvm().setTube(-1)).hasMessageContaining("tube");
    assertThatThrownBy(() -> new GraphKernelSvm().setNormalize("unit"))
        .hasMessageContaining("normalize");
    assertThatThrownBy(() -> new GraphKernelSvm().setClassWeights("heavy"))
        .hasMessageContaining("classWeights");
  }
}
