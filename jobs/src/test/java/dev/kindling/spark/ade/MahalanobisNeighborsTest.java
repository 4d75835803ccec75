package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.ade.RankOne;
import dev.kindling.data.LocalSpark;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.StageContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.provider.CsvSource;

class MahalanobisNeighborsTest
    extends StageContract<MahalanobisNeighbors, MahalanobisNeighborsModel> {
  private static final int K = 3;
  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("number", DataTypes.IntegerType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.IntegerType);

  @TempDir Path folder;

  /** Two classes; a class is missing now and then, and a point is there twice. */
  static List<Row> rows(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    double[] x = null;
    for (int i = 0; i < n; i++) {
      int label = random.nextInt(2);
      if (i % 50 != 7) {
        x = new double[] {label + random.nextGaussian(), 9 * random.nextGaussian(), 5, 0};
        x[3] = x[0] - x[1] / 5 + random.nextGaussian();
        x[2] += random.nextGaussian();
      }
      Vector v = Vectors.dense(x.clone());
      rows.add(
          RowFactory.create(
              "p" + i, 3 * i, i % 2 == 0 ? v : v.toSparse(), i % 9 == 4 ? null : (Integer) label));
    }
    return rows;
  }

  static Dataset<Row> frame(List<Row> rows, int partitions) {
    Dataset<Row> frame = LocalSpark.session().createDataFrame(rows, SCHEMA);
    return frame
        .sparkSession()
        .createDataFrame(
            frame
                .javaRDD()
                .coalesce(1)
                .zipWithIndex()
                .keyBy(row -> row._2())
                .sortByKey(true, partitions)
                .values()
                .map(row -> row._1()),
            SCHEMA);
  }

  @Override
  protected MahalanobisNeighbors estimator() {
    return new MahalanobisNeighbors()
        .setIdCol("name")
        .setLabelCol("label")
        .setMetric("estimate:ledoit-wolf")
        .setK(K);
  }

  @Override
  protected MahalanobisNeighbors changed() {
    return new MahalanobisNeighbors()
        .setMetric("estimate:sample")
        .setK(4)
        .setRadius(2)
        .setSeed(5)
        .setFactor(new DenseMatrix(1, 2, new double[] {1, 0.5}));
  }

  @Override
  protected MahalanobisNeighbors named(String uid) {
    return new MahalanobisNeighbors(uid);
  }

  @Override
  protected Dataset<Row> data() {
    return frame(rows(200, 3), 1).na().fill(0, new String[] {"label"});
  }

  @Override
  protected String neededColumn() {
    return "label";
  }

  @Override
  protected MahalanobisNeighbors loadEstimator(String path) {
    return MahalanobisNeighbors.load(path);
  }

  @Override
  protected MahalanobisNeighborsModel loadModel(String path) {
    return MahalanobisNeighborsModel.load(path);
  }

  private static double[] point(Row row) {
    return row.<Vector>getAs(2).toArray();
  }

  private static Metric metric(MahalanobisNeighborsModel model) {
    DenseMatrix u = model.getFactor();
    return Metric.factor(Matrix.of(u.numRows(), u.numCols(), u.values()));
  }

  /** Compares with the distances of all pairs, sorted. */
  private static void assertNearest(
      List<Row> answers, List<Row> points, Metric metric, int k, double radius) {
    for (Row answer : answers) {
      double[] distances =
          points.stream().mapToDouble(p -> metric.distance(point(p), point(answer))).toArray();
      int[] expected =
          IntStream.range(0, points.size())
              .boxed()
              .filter(i -> distances[i] <= radius)
              .sorted(Comparator.comparingDouble((Integer i) -> distances[i]).thenComparing(i -> i))
              .limit(k)
              .mapToInt(i -> i)
              .toArray();
      List<Row> near = answer.getList(4);
      assertThat(near).hasSize(expected.length);
      int[] labels = new int[expected.length];
      for (int i = 0; i < expected.length; i++) {
        Row point = points.get(expected[i]);
        assertThat(near.get(i).getString(0)).isEqualTo(point.getString(0));
        double distance = distances[expected[i]];
        assertThat(near.get(i).getDouble(1)).isCloseTo(distance, withinPercentage(1e-8));
        labels[i] = point.isNullAt(3) ? -1 : point.getInt(3);
      }
      int vote = new Neighbors(new Object[0], new double[0], labels).vote(2);
      assertThat(answer.<Double>getAs(5)).isEqualTo(vote < 0 ? null : (Object) (double) vote);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,", "2,7,0.6", "7,2,"})
  void neighborsAreThoseOfAllPairs(int pointParts, int queryParts, Double radius) {
    List<Row> points = rows(2300, 1);
    List<Row> queries = rows(700, 2);
    MahalanobisNeighbors stage = radius == null ? estimator() : estimator().setRadius(radius);
    try (MahalanobisNeighborsModel model = stage.fit(frame(points, pointParts))) {
      List<Row> answers = model.transform(frame(queries, queryParts)).collectAsList();
      assertThat(answers.stream().map(row -> row.getString(0)))
          .containsExactlyElementsOf(queries.stream().map(row -> row.getString(0)).toList());
      double most = radius == null ? Double.POSITIVE_INFINITY : radius;
      assertNearest(answers, points, metric(model), K, most);
    }
  }

  /** As in ade: k is 10 where nothing is said. */
  @Test
  void aRadiusAloneFindsAllWithinIt() {
    List<Row> points = rows(400, 1);
    Dataset<Row> frame = frame(points, 2);
    MahalanobisNeighbors stage = new MahalanobisNeighbors().setIdCol("name").setLabelCol("label");
    try (MahalanobisNeighborsModel model = stage.fit(frame)) {
      List<Row> ten = model.transform(frame.limit(20)).collectAsList();
      assertNearest(ten, points, metric(model), 10, Double.POSITIVE_INFINITY);
      List<Row> all = model.setRadius(4).transform(frame.limit(20)).collectAsList();
      assertNearest(all, points, metric(model), Integer.MAX_VALUE, 4);
      assertThat(all).anyMatch(row -> row.getList(4).size() > 10);
      List<Row> three = model.setK(3).transform(frame.limit(20)).collectAsList();
      assertNearest(three, points, metric(model), 3, 4);
    }
  }

  /** Earlier versions wrote infinity, and no text, where nothing was given. */
  @Test
  void aModelThatIsCheckedInSaysWhatIsNotGiven() throws Exception {
    Path old =
        Path.of(StageContract.class.getResource("/models/MahalanobisNeighborsModel").toURI());
    try (MahalanobisNeighborsModel model = MahalanobisNeighborsModel.load(old.toString())) {
      assertThat(model.isDefined(model.getParam("radius"))).isFalse();
      assertThat(model.getIdCol()).isEqualTo("name");
      assertThat(model.getK()).isEqualTo(3);
    }
  }

  @Test
  void sameBitsForAnyPartitions() {
    List<Row> points = rows(2300, 4);
    List<Row> queries = rows(300, 5);
    List<Row> expected = null;
    for (int parts : new int[] {1, 2, 7}) {
      try (MahalanobisNeighborsModel model = estimator().fit(frame(points, parts))) {
        List<Row> found = model.transform(frame(queries, 1)).collectAsList();
        expected = expected == null ? found : expected;
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void pointsAreNamedByNumbersWithoutIds() {
    List<Row> points = rows(60, 6);
    Dataset<Row> frame = frame(points, 3);
    for (String id : new String[] {"", "number"}) {
      MahalanobisNeighbors stage = new MahalanobisNeighbors().setK(1);
      if (!id.isEmpty()) {
        stage.setIdCol(id);
      }
      try (MahalanobisNeighborsModel model = stage.fit(frame)) {
        List<Row> answers = model.transform(frame).collectAsList();
        for (int i = 0; i < 60; i++) {
          assertThat(answers.get(i).schema().fieldNames()).doesNotContain("prediction");
          Row near = answers.get(i).<Row>getList(4).get(0);
          long itself = i == 7 || i == 57 ? i - 1 : i; // of two that are equal the earlier
          assertThat(near.getLong(0)).isEqualTo(id.isEmpty() ? itself : 3 * itself);
          assertThat(near.getDouble(1)).isZero();
        }
      }
    }
  }

  @Test
  void transformIsLazyAndTakesNoRows() {
    try (MahalanobisNeighborsModel model = estimator().fit(data())) {
      Dataset<Row> lazy =
          model.transform(data().withColumn("late", functions.expr("raise_error('too soon')")));
      assertThatThrownBy(lazy::collectAsList).hasStackTraceContaining("too soon");
      assertThat(model.transform(data().limit(0)).collectAsList()).isEmpty();
    }
  }

  @Test
  void aGivenMetricIsTaken() {
    List<Row> points = rows(150, 7);
    Dataset<Row> frame = frame(points, 2);
    MahalanobisMetricModel learnt =
        new MahalanobisMetricLearner()
            .setLearner("rca")
            .fit(frame.na().fill(0, new String[] {"label"}));
    try (MahalanobisNeighborsModel model = estimator().setMetricModel(learnt).fit(frame)) {
      assertThat(model.getFactor()).isEqualTo(learnt.getFactor());
      assertNearest(
          model.transform(frame).collectAsList(), points, metric(model), K, Double.MAX_VALUE);
      RankOne change = new RankOne(new double[] {1, 0, 0, 0}, new double[] {0, 2, 0, -1});
      try (MahalanobisNeighborsModel changed = model.updated(List.of(change))) {
        Metric metric = metric(model).plus(change);
        assertThat(metric(changed).factor()).isEqualTo(metric.factor());
        assertNearest(
            changed.transform(frame).collectAsList(), points, metric, K, Double.MAX_VALUE);
      }
    }
  }

  /** LEGO by hand: each change is seen by the next question, and what came before is forgotten. */
  @Test
  void neighboursFollowAMetricThatIsLearntBetweenQuestions() {
    List<Row> points = rows(1500, 4);
    List<Row> asked = rows(5, 5);
    Random random = new Random(6);
    try (MahalanobisNeighborsModel model = estimator().fit(frame(points, 3));
        ChangingNeighbors changing = model.changing()) {
      Metric metric = metric(model);
      for (int step = 0; step < 20; step++) {
        double[] v = random.doubles(4, -1, 1).toArray();
        double p = metric.squared(v, new double[4]);
        RankOne change = RankOne.along(changing.metric(), v, random.nextDouble(-0.5, 1) / p);
        changing.update(List.of(change));
        metric = metric.plus(change);
        assertThat(changing.metric().factor()).isEqualTo(metric.factor());
        List<Vector> queries = asked.stream().map(row -> row.<Vector>getAs(2)).toList();
        List<List<ChangingNeighbors.Neighbor>> near = changing.nearest(queries, 3);
        for (int q = 0; q < queries.size(); q++) {
          Metric now = metric;
          double[] query = queries.get(q).toArray();
          double[] nearest =
              points.stream()
                  .mapToDouble(point -> now.distance(point(point), query))
                  .sorted()
                  .limit(3)
                  .toArray();
          for (int i = 0; i < 3; i++) {
            ChangingNeighbors.Neighbor of = near.get(q).get(i);
            assertThat(of.distance()).isCloseTo(nearest[i], withinPercentage(1e-9));
            Row point = points.get(Integer.parseInt(((String) of.id()).substring(1)));
            assertThat(metric.distance(point(point), query))
                .isCloseTo(of.distance(), withinPercentage(1e-9));
          }
        }
      }
      assertThatThrownBy(() -> changing.nearest(List.of(Vectors.dense(1, 2)), 3))
          .hasMessageContaining("query 0 has 2 numbers; the points have 4");
    }
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    assertThatThrownBy(() -> estimator().setIdCol("features").fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("ids are whole numbers or strings");
    assertThatThrownBy(() -> estimator().setNeighborsCol("name").fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("neighborsCol name");
    assertThatThrownBy(() -> estimator().setMetric("euclid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("metric euclid: should be identity, factor:FILE");
    assertThatThrownBy(() -> estimator().setK(0)).hasMessage("k 0: must be at least 1");
    assertThatThrownBy(() -> estimator().setRadius(Double.POSITIVE_INFINITY))
        .hasMessage("radius Infinity: must be finite and at least 0");
    assertThatThrownBy(() -> estimator().setLabelCol(""))
        .hasMessageContaining("must be the name of a column; leave it out");
    assertThatThrownBy(() -> new MahalanobisNeighbors().setMetric("estimate:rca").fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("set labelCol");
    assertThatThrownBy(
            () -> estimator().setFactor(new DenseMatrix(1, 1, new double[1])).fit(data()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("factor is 1×1; the points have 4");
    assertRefused(data().limit(0), "no rows");
    assertRefused(data().withColumn("label", functions.expr("label - 1")), "classes are 0, 1");
    assertRefused(data().withColumn("label", functions.expr("label + 0.5")), "classes are 0, 1");
    assertRefused(data().withColumn("name", functions.expr("nullif(name, 'p3')")), "has no id");
    List<Row> odd = new ArrayList<>(rows(20, 8));
    odd.add(RowFactory.create("odd", 1, Vectors.dense(1, 2), 0));
    assertRefused(frame(odd, 1), "row odd has 2 numbers; the others have 4");
    try (MahalanobisNeighborsModel model = estimator().fit(data())) {
      assertThatThrownBy(() -> model.transform(frame(odd, 1)).collectAsList())
          .hasStackTraceContaining("a row has 2 features; the points have 4");
      odd.set(20, RowFactory.create("odd", 1, Vectors.dense(1, 2, Double.NaN, 0), 0));
      assertThatThrownBy(() -> model.transform(frame(odd, 1)).collectAsList())
          .hasStackTraceContaining("a feature NaN");
    }
  }

  private void assertRefused(Dataset<Row> frame, String part) {
    assertThatThrownBy(() -> estimator().fit(frame)).hasStackTraceContaining(part);
  }

  @Test
  void aDamagedModelIsRefused() throws Exception {
    String path = folder.resolve("model").toString();
    try (MahalanobisNeighborsModel model = estimator().fit(data())) {
      model.save(path);
    }
    Path file = folder.resolve("model/index/metric/000000001-0000000000000.parquet");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> MahalanobisNeighborsModel.load(path))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(file.getFileName().toString());
    assertThatThrownBy(() -> MahalanobisNeighborsModel.load(folder.resolve("none").toString()))
        .isInstanceOf(BadInput.class);
  }
}
