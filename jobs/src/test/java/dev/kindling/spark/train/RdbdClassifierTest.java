package dev.kindling.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.spark.StageContract;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class RdbdClassifierTest extends StageContract<RdbdClassifier, RdbdClassificationModel> {
  private static final MadeRows ROWS = MadeRows.of(9, 300, 3);

  @Override
  protected RdbdClassifier estimator() {
    return new RdbdClassifier().setHiddenLayers(new int[] {6}).setMaxIter(5);
  }

  @Override
  protected RdbdClassifier named(String uid) {
    return new RdbdClassifier(uid);
  }

  @Override
  protected RdbdClassifier changed() {
    return AllParams.changed(new RdbdClassifier());
  }

  @Override
  protected Dataset<Row> data() {
    return ROWS.frame(1);
  }

  @Override
  protected String neededColumn() {
    return "features";
  }

  @Override
  protected RdbdClassifier loadEstimator(String path) {
    return RdbdClassifier.load(path);
  }

  @Override
  protected RdbdClassificationModel loadModel(String path) {
    return RdbdClassificationModel.load(path);
  }

  @Test
  void learnsWhatALineCannotSay() {
    RdbdClassificationModel model =
        new RdbdClassifier()
            .setHiddenLayers(new int[] {32})
            .setMaxIter(60)
            .setStepSize(0.01)
            .fit(MadeRows.of(10, 2000, 3).frame(2));
    MadeRows fresh = MadeRows.of(11, 1000, 3);
    long right =
        model.transform(fresh.frame(2)).filter(functions.expr("prediction = label")).count();
    assertThat(right).isGreaterThan(930);
    assertThat(model.numClasses()).isEqualTo(3);
    assertThat(model.numFeatures()).isEqualTo(MadeRows.FEATURES);
  }

  @Test
  void probabilitiesAreTheSoftmaxOfRawPredictionsAndThresholdsCount() {
    RdbdClassificationModel model = estimator().fit(data());
    for (Row row : model.transform(data()).collectAsList()) {
      double[] raw = row.<Vector>getAs("rawPrediction").toArray();
      double[] probability = row.<Vector>getAs("probability").toArray();
      double sum = 0;
      for (double z : raw) {
        sum += Math.exp(z);
      }
      for (int c = 0; c < 3; c++) {
        assertThat(probability[c])
            .isCloseTo(Math.exp(raw[c]) / sum, org.assertj.core.api.Assertions.within(1e-12));
      }
      assertThat(row.<Double>getAs("prediction")).isEqualTo(Vectors.dense(raw).argmax());
    }
    model.setThresholds(new double[] {1e-9, 1, 1});
    assertThat(model.transform(data()).select("prediction").distinct().collectAsList())
        .extracting(row -> row.getDouble(0))
        .containsExactly(0.0);
  }

  @Test
  void weightsCountAsCopies() {
    List<Row> rows = ROWS.rows();
    java.util.ArrayList<Row> copies = new java.util.ArrayList<>();
    java.util.ArrayList<Row> weighted = new java.util.ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int times = i % 2 + 1;
      weighted.add(org.apache.spark.sql.RowFactory.create(row.get(0), row.get(1), (double) times));
      for (int t = 0; t < times; t++) {
        copies.add(org.apache.spark.sql.RowFactory.create(row.get(0), row.get(1), 1.0));
      }
    }
    // Full batches without hidden layers: one minimum, which both go to.
    RdbdClassifier stage =
        new RdbdClassifier()
            .setHiddenLayers(new int[0])
            .setRegParam(0.05)
            .setValidationFraction(0)
            .setBatchSize(1000)
            .setStandardization(false)
            .setStepSize(0.02)
            .setSchedule("cosine")
            .setPrecision("double")
            .setMaxIter(1500);
    double[] one =
        stage.setWeightCol("weight").fit(new MadeRows(weighted).frame(1)).perceptron().weights();
    double[] other = stage.fit(new MadeRows(copies).frame(1)).perceptron().weights();
    for (int i = 0; i < one.length; i++) {
      assertThat(one[i]).isCloseTo(other[i], org.assertj.core.api.Assertions.within(1e-6));
    }
  }

  @Test
  void aFitGoesOnFromASavedModel() throws java.io.IOException {
    RdbdClassificationModel once = estimator().fit(data());
    String path = java.nio.file.Files.createTempDirectory("model").resolve("once").toString();
    once.save(path);
    RdbdClassificationModel on =
        estimator().setInitialModel(path).setStepSize(1e-8).setMaxIter(1).fit(data());
    for (int i = 0; i < once.perceptron().weights().length; i++) {
      assertThat(on.perceptron().weights()[i])
          .isCloseTo(once.perceptron().weights()[i], org.assertj.core.api.Assertions.within(1e-3));
    }
    assertThat(on.getInitialModel()).isEqualTo(path);
    assertThatThrownBy(
            () -> estimator().setHiddenLayers(new int[] {5}).setInitialModel(path).fit(data()))
        .hasMessageContaining("initialModel: its layers are");
  }

  @Test
  void aGridGoesOverParamsByTheirSettings() {
    RdbdClassifier stage = estimator();
    org.apache.spark.ml.param.ParamMap[] grid =
        new org.apache.spark.ml.tuning.ParamGridBuilder()
            .addGrid(stage.doubleParam(TrainSettings.KAPPA), new double[] {0.01, 0.5})
            .addGrid(stage.intParam(TrainSettings.EPOCHS), new int[] {1, 30})
            .build();
    org.apache.spark.ml.tuning.CrossValidatorModel model =
        new org.apache.spark.ml.tuning.CrossValidator()
            .setEstimator(stage)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator())
            .setNumFolds(2)
            .fit(data());
    assertThat(model.avgMetrics()).hasSize(4);
    assertThat(model.avgMetrics()[2]).isNotEqualTo(model.avgMetrics()[3]);
    assertThat(((RdbdClassificationModel) model.bestModel()).getMaxIter()).isEqualTo(30);
  }

  @Test
  void whatCannotBeLearntIsRefused() {
    Dataset<Row> half = data().withColumn("label", functions.expr("label + 0.5"));
    assertThatThrownBy(() -> estimator().fit(half))
        .isInstanceOf(dev.kindling.BadInput.class)
        .hasMessageContaining("classes are whole numbers");
    Dataset<Row> negative = data().withColumn("label", functions.expr("label - 1"));
    assertThatThrownBy(() -> estimator().fit(negative)).hasStackTraceContaining("classes are 0, 1");
    assertThatThrownBy(() -> estimator().fit(data().limit(0))).hasStackTraceContaining("no rows");
    assertThatThrownBy(() -> estimator().setSchedule("dog").setOptimizer("adam").fit(data()))
        .hasMessage("optimizer adam: schedule dog is an SGD of its own; leave it out or give sgd");
    assertThatThrownBy(() -> estimator().setSchedule("no such"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("schedule no such: must be one of constant, cosine");
    assertThatThrownBy(() -> estimator().setWeightCol("none").fit(data()))
        .isInstanceOf(dev.kindling.BadInput.class)
        .hasMessageStartingWith("weightCol none: the DataFrame has no such column; there are");
    assertThatThrownBy(() -> estimator().setKappa(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kappa -1.0: must be finite and at least 0");
    assertThatThrownBy(() -> estimator().setClassWeights("1,2").fit(data()))
        .hasMessage(
            "classWeights 1,2: 2 weights for the classes [0, 1, 2]; give one for each, in this order");
  }
}
