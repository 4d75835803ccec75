package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.data.LocalSpark;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.spark.StageContract;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphKernelFeaturesTest extends StageContract<GraphKernelFeatures, GraphKernelFeaturesModel> {
  private static final int N = 70;

  private final MadeGraphs made = MadeGraphs.of(71, N, false);

  @TempDir Path folder;

  @Override
  protected GraphKernelFeatures estimator() {
    return new GraphKernelFeatures().setLandmarks(5);
  }

  @Override
  protected GraphKernelFeatures changed() {
    return MadeGraphs.changed(new GraphKernelFeatures())
        .setLandmarks(5)
        .setLandmarksBy("kmeans")
        .setPieces(2)
        .setFeatures(3)
        .setSeed(7);
  }

  @Override
  protected String outputParam() {
    return "outputCol";
  }

  @Override
  protected Dataset<Row> data() {
    return MadeGraphs.of(77, 20, false).frame(1).sortWithinPartitions("graph");
  }

  @Override
  protected String neededColumn() {
    return "tags";
  }

  @Override
  protected GraphKernelFeatures named(String uid) {
    return new GraphKernelFeatures(uid);
  }

  @Override
  protected GraphKernelFeatures loadEstimator(String path) {
    return GraphKernelFeatures.load(path);
  }

  @Override
  protected GraphKernelFeaturesModel loadModel(String path) {
    return GraphKernelFeaturesModel.load(path);
  }

  private static List<Row> sorted(Dataset<Row> frame) {
    return frame.sort("graph").collectAsList();
  }

  @Test
  void withAllGraphsAsLandmarksInnerProductsAreTheKernel() throws Exception {
    GraphKernelFeaturesModel model =
        new GraphKernelFeatures()
            .setBlocks(2)
            .setLandmarks(N)
            .setOutputCol("phi")
            .fit(made.frame(2).drop("label"));
    String path = folder.resolve("model").toString();
    model.save(path);
    GraphKernelFeaturesModel loaded = GraphKernelFeaturesModel.load(path);
    List<Row> rows = sorted(loaded.transform(made.frame(3)));
    assertThat(rows).isEqualTo(sorted(model.transform(made.frame(3))));
    double[][] gram =
        ColorKernel.gram(
            made.graphs(), new GntkParameters(2, 2, GntkParameters.Scale.UNIFORM, true, 2));
    for (int g = 0; g < N; g++) {
      Vector left = rows.get(g).getAs("phi");
      assertThat(left.size()).isEqualTo(model.size());
      for (int h = 0; h < N; h++) {
        Vector right = rows.get(h).getAs("phi");
        assertThat(left.dot(right))
            .isCloseTo(gram[g][h], within(1e-6 * Math.sqrt(gram[g][g] * gram[h][h])));
      }
    }
    assertThatThrownBy(() -> GraphKernelModelFiles.any(path, LocalSpark.session()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("a model of features");
  }

  @Test
  void ridgeByAllLandmarksIsRidge() {
    MadeGraphs fresh = MadeGraphs.of(72, 20, false);
    GraphKernelRidge whole = new GraphKernelRidge().setBlocks(1).setRegParam(40);
    List<Row> expected = sorted(whole.fit(made.frame(2)).transform(fresh.frame(1)));
    List<Row> found =
        sorted(
            new GraphKernelRidge()
                .setBlocks(1)
                .setRegParam(40)
                .setLandmarks(N)
                .fit(made.frame(2))
                .transform(fresh.frame(1)));
    for (int g = 0; g < found.size(); g++) {
      double value = found.get(g).getAs("prediction");
      assertThat(value).isCloseTo(expected.get(g).getAs("prediction"), within(1e-5));
    }
  }

  @Test
  void moreLandmarksThanGraphsAreRefused() {
    assertThatThrownBy(() -> new GraphKernelFeatures().setLandmarks(N + 1).fit(made.frame(1)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("landmarks 71: the DataFrame has 70 graphs");
  }

  @Test
  void severalNumbersOfBlocksAreRefused() {
    assertThatThrownBy(() -> new GraphKernelFeatures().setBlocks(1, 2).setLandmarks(3).fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("blocks 1,2: landmarks 3 approximates the kernel of one number");
  }
}
