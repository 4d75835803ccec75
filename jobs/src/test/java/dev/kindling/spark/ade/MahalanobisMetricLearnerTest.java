package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.ade.NeighborAccuracy;
import dev.kindling.data.LocalSpark;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.StageContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MahalanobisMetricLearnerTest
    extends StageContract<MahalanobisMetricLearner, MahalanobisMetricModel> {
  private static final int D = 3;
  private static final List<Row> ROWS = rows(200);

  @TempDir Path folder;

  /** One feature tells the class; another, of larger scale, does not. */
  private static List<Row> rows(int n) {
    SplittableRandom random = new SplittableRandom(21);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double label = random.nextInt(3);
      double[] x = {
        random.nextDouble(-1, 1) + 2 * label, random.nextDouble(-9, 9), random.nextDouble(-1, 1)
      };
      rows.add(
          RowFactory.create(i % 2 == 0 ? Vectors.dense(x) : Vectors.dense(x).toSparse(), label));
    }
    return rows;
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    Dataset<Row> frame = LocalSpark.session().createDataFrame(rows, schema);
    return partitions == 1 ? frame.coalesce(1) : frame.repartition(partitions);
  }

  @Override
  protected MahalanobisMetricLearner estimator() {
    return new MahalanobisMetricLearner().setLearner("nca").setRank(2).setMaxIter(10);
  }

  @Override
  protected MahalanobisMetricLearner named(String uid) {
    return new MahalanobisMetricLearner(uid);
  }

  @Override
  protected MahalanobisMetricLearner changed() {
    return new MahalanobisMetricLearner()
        .setLearner("itml")
        .setMaxIter(7)
        .setRank(2)
        .setNeighbors(4)
        .setPush(0.3)
        .setShrink(0.1)
        .setNumPairs(50)
        .setSweeps(2)
        .setUpper(0.7)
        .setLower(2)
        .setGamma(3)
        .setScale(2)
        .setInitial("zero")
        .setSample(20)
        .setSeed(5);
  }

  @Override
  protected Dataset<Row> data() {
    return frame(ROWS, 1);
  }

  @Override
  protected String neededColumn() {
    return "label";
  }

  @Override
  protected String outputParam() {
    return "outputCol";
  }

  @Override
  protected MahalanobisMetricLearner loadEstimator(String path) {
    return MahalanobisMetricLearner.load(path);
  }

  @Override
  protected MahalanobisMetricModel loadModel(String path) {
    return MahalanobisMetricModel.load(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rca", "nca", "lmnn", "itml", "pola"})
  void sameBitsForAnyPartitionsAndOrder(String learner) {
    MahalanobisMetricLearner stage = new MahalanobisMetricLearner().setLearner(learner);
    switch (learner) {
      case "nca", "lmnn" -> stage.setMaxIter(5);
      case "itml", "pola" -> stage.setScale(4);
      default -> {}
    }
    double[] expected = stage.fit(frame(ROWS, 1)).getFactor().values();
    List<Row> shuffled = new ArrayList<>(ROWS);
    Collections.shuffle(shuffled, new Random(8));
    assertThat(stage.fit(frame(shuffled, 7)).getFactor().values()).isEqualTo(expected);
  }

  @Test
  void manyRowsGoInBlocks() {
    List<Row> rows = new ArrayList<>(rows(3000));
    rows.addAll(Collections.nCopies(2000, rows.get(0))); // equal rows share a block
    MahalanobisMetricLearner stage = new MahalanobisMetricLearner().setLearner("rca");
    double[] expected = stage.fit(frame(rows, 1)).getFactor().values();
    Collections.shuffle(rows, new Random(9));
    assertThat(stage.fit(frame(rows, 7)).getFactor().values()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rca", "nca", "lmnn", "itml"})
  void neighborsAreFoundByWhatTellsTheClass(String learner) {
    MahalanobisMetricModel model =
        new MahalanobisMetricLearner().setLearner(learner).fit(frame(ROWS, 2));
    Matrix points = Matrix.zeros(D, ROWS.size());
    int[] labels = new int[ROWS.size()];
    for (int j = 0; j < labels.length; j++) {
      labels[j] = (int) ROWS.get(j).getDouble(1);
      for (int i = 0; i < D; i++) {
        points.set(i, j, ROWS.get(j).<Vector>getAs(0).apply(i));
      }
    }
    double before = NeighborAccuracy.leaveOneOut(Metric.identity(D), points, labels, 3);
    DenseMatrix u = model.getFactor();
    Metric metric = Metric.factor(Matrix.of(u.numRows(), u.numCols(), u.values()));
    assertThat(NeighborAccuracy.leaveOneOut(metric, points, labels, 3)).isGreaterThan(before);
  }

  @Test
  void theModelAppendsUx() {
    MahalanobisMetricModel model = estimator().fit(data());
    DenseMatrix u = model.getFactor();
    assertThat(u.numRows()).isEqualTo(2);
    assertThat(model.numFeatures()).isEqualTo(u.numCols()).isEqualTo(D);
    for (Row row : model.setOutputCol("z").transform(data()).collectAsList()) {
      Vector z = row.getAs("z");
      Vector expected = u.multiply(row.<Vector>getAs("features"));
      for (int i = 0; i < 2; i++) {
        assertThat(z.apply(i)).isCloseTo(expected.apply(i), within(1e-12));
      }
    }
    assertThatThrownBy(() -> model.setOutputCol("label").transform(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("outputCol label");
  }

  @Test
  void whatCannotBeLearntIsRefused() {
    assertRefused(data().withColumn("label", functions.lit(1.0)), "holds one class");
    assertRefused(data().withColumn("label", functions.expr("label + 0.5")), "whole numbers");
    assertRefused(data().withColumn("label", functions.expr("label - 1")), "classes are 0, 1");
    assertRefused(
        data().withColumn("label", functions.expr("case when label > 0 then label end")), "nulls");
    assertRefused(data().limit(0), "no rows");
    assertRefused(data().withColumn("features", functions.col("label")), "and not vectors");
    List<Row> odd = new ArrayList<>(ROWS);
    odd.add(RowFactory.create(Vectors.dense(1, 2), 1.0));
    assertRefused(frame(odd, 1), "2 numbers in a row; the others have 3");
    odd.set(odd.size() - 1, RowFactory.create(Vectors.dense(1, 2, Double.NaN), 1.0));
    assertRefused(frame(odd, 1), "holds NaN");
    assertThatThrownBy(() -> new MahalanobisMetricLearner().setLearner("lego").fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("learner lego: ")
        .hasMessageContaining("a DataFrame of points has no constraints with squared distances");
    assertThatThrownBy(() -> estimator().setRank(4).fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessage("rank 4: the DataFrame has 3 features");
  }

  /** The same checks as in a shell, which BadOptionTest asks for the same. */
  @Test
  void paramsThatDoNotGoTogetherAreRefused() {
    assertDoNotGo(
        stage().setLearner("lmnn").setRank(2),
        "rank 2: is for learner nca; leave it out or give that");
    assertDoNotGo(stage().setGamma(2), "gamma 2.0: is for learner itml; leave it out or give that");
    assertDoNotGo(
        stage().setLearner("rca").setMaxIter(2),
        "maxIter 2: is for learner nca or lmnn; leave it out or give one of them");
    assertDoNotGo(
        stage().setLearner("itml").setSample(9),
        "sample 9: is for learner nca or lmnn; leave it out or give one of them");
    assertDoNotGo(
        stage().setLearner("itml").setInitial("zero"),
        "initial zero: is for learner pola; itml never leaves a distance of zero");
    assertThatThrownBy(() -> stage().setShrink(1.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shrink 1.1: must be from 0 to 1");
    assertThatThrownBy(() -> stage().setRank(0)).hasMessage("rank 0: must be at least 1");
    assertThatThrownBy(() -> stage().setLearner("mmc"))
        .hasMessage("learner mmc: must be one of lego, itml, pola, rca, nca, lmnn");
  }

  private void assertDoNotGo(MahalanobisMetricLearner stage, String message) {
    assertThatThrownBy(() -> stage.fit(data())).isInstanceOf(BadInput.class).hasMessage(message);
  }

  private static MahalanobisMetricLearner stage() {
    return new MahalanobisMetricLearner();
  }

  @Test
  void aSampleIsDrawnByTheSeed() {
    MahalanobisMetricLearner some = estimator().setSample(60);
    double[] expected = some.fit(frame(ROWS, 1)).getFactor().values();
    assertThat(some.fit(frame(ROWS, 5)).getFactor().values()).isEqualTo(expected);
    assertThat(estimator().fit(data()).getFactor().values()).isNotEqualTo(expected);
    assertThat(some.setSeed(6).fit(data()).getFactor().values()).isNotEqualTo(expected);
    assertThat(estimator().setSample(1000).fit(data()).getFactor())
        .isEqualTo(estimator().fit(data()).getFactor());
  }

  @Test
  void whereToStartIsSaid() throws Exception {
    DenseMatrix first = itml().fit(data()).getFactor();
    assertThat(itml().setInitial("identity").fit(data()).getFactor()).isEqualTo(first);
    String path = folder.resolve("first").toString();
    itml().fit(data()).save(path);
    DenseMatrix on = itml().setSeed(6).setInitial(path + "/factor").fit(data()).getFactor();
    assertThat(on).isNotEqualTo(itml().setSeed(6).fit(data()).getFactor());
    assertThatThrownBy(() -> itml().setInitial(folder + "/none").fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("none");
    Path wide = Files.writeString(folder.resolve("wide.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> itml().setInitial(wide.toString()).fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("initial: ")
        .hasMessageEndingWith("has 2 columns; the points have 3 features");
  }

  private static MahalanobisMetricLearner itml() {
    return stage().setLearner("itml").setNumPairs(40);
  }

  /** Earlier versions wrote 0 where nothing was given. */
  @Test
  void aSavedZeroIsNotGiven() throws Exception {
    String path = folder.resolve("old").toString();
    estimator().save(path);
    Path metadata = Files.createDirectories(folder.resolve("old/metadata"));
    try (var files = Files.list(metadata)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(
        metadata.resolve("part-00000"),
        """
        {"class":"dev.kindling.spark.ade.MahalanobisMetricLearner","timestamp":1,"sparkVersion":"4.1.0","uid":"old","paramMap":{"learner":"itml","lower":0.0,"numPairs":40},"defaultParamMap":{"featuresCol":"features","gamma":2.0,"labelCol":"label","learner":"nca","lower":0.0,"maxIter":0,"numPairs":0,"outputCol":"mapped","rank":0,"upper":0.0}}
        """);
    MahalanobisMetricLearner old = MahalanobisMetricLearner.load(path);
    assertThat(old.isDefined(old.getParam("maxIter"))).isFalse();
    assertThat(old.isSet(old.getParam("lower"))).isFalse();
    assertThat(old.getGamma()).isEqualTo(2);
    assertThat(old.fit(data()).getFactor()).isEqualTo(itml().setGamma(2).fit(data()).getFactor());
  }

  private void assertRefused(Dataset<Row> frame, String part) {
    assertThatThrownBy(() -> estimator().fit(frame)).hasStackTraceContaining(part);
  }

  @Test
  void aDamagedModelIsRefused() throws Exception {
    String path = folder.resolve("model").toString();
    estimator().fit(data()).save(path);
    Path file = folder.resolve("model/factor/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> MahalanobisMetricModel.load(path))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(path);
    assertThatThrownBy(() -> MahalanobisMetricModel.load(folder.resolve("none").toString()))
        .isInstanceOf(BadInput.class);
  }
}
