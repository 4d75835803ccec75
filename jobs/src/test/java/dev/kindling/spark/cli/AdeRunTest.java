package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.ade.Metric;
import dev.kindling.ade.Scatter;
import dev.kindling.linalg.Matrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kindling ade} against the distances of all pairs, taken one by one. */
class AdeRunTest extends RunsInFolder {
  private static final int D = 5;

  /** Points far from the origin, whose coordinates depend on each other; some twice. */
  private static double[][] points(int n, long seed) {
    Random random = new Random(seed);
    double[][] points = new double[n][D];
    for (double[] point : points) {
      double common = random.nextGaussian();
      for (int j = 0; j < D; j++) {
        point[j] = 100 + (j + 1) * common + random.nextGaussian();
      }
    }
    for (int i = 10; i < n; i += 40) {
      points[i] = points[i - 1].clone();
    }
    return points;
  }

  private static Metric sample(double[][] points) {
    return Metric.covariance(Scatter.of(Matrix.ofRows(points).transpose()).sample());
  }

  /** Rows of the nearest and their distances: of equal ones the lower row. */
  private static List<Object[]> nearest(
      double[][] points, double[] query, Metric metric, int k, double radius, int without) {
    return IntStream.range(0, points.length)
        .filter(i -> i != without)
        .mapToObj(i -> new Object[] {(long) i, metric.distance(points[i], query)})
        .filter(found -> (Double) found[1] <= radius)
        .sorted(
            Comparator.comparingDouble((Object[] found) -> (Double) found[1])
                .thenComparingLong(found -> (Long) found[0]))
        .limit(k)
        .toList();
  }

  private void compare(
      String output,
      double[][] points,
      double[][] queries,
      Metric metric,
      int k,
      double radius,
      boolean self) {
    List<Row> rows = table(output, "neighbors").orderBy("query", "rank").collectAsList();
    int at = 0;
    for (int q = 0; q < queries.length; q++) {
      List<Object[]> expected = nearest(points, queries[q], metric, k, radius, self ? q : -1);
      for (int i = 0; i < expected.size(); i++, at++) {
        Row row = rows.get(at);
        assertThat(row.getLong(0)).isEqualTo(q);
        assertThat(row.getLong(1)).isEqualTo(i + 1);
        double distance = (Double) expected.get(i)[1];
        assertThat(row.getDouble(3)).isCloseTo(distance, within(1e-9 * (1 + distance)));
        // Which of two points at distances equal to rounding comes first, rounding decides.
        double own = metric.distance(points[(int) row.getLong(2)], queries[q]);
        assertThat(own).isCloseTo(distance, within(1e-9 * (1 + distance)));
      }
    }
    assertThat(rows).hasSize(at);
  }

  @Test
  void neighboursUnderTheSampleCovarianceAreThoseOfAllPairs() throws Exception {
    double[][] points = points(2500, 1);
    double[][] queries = points(300, 2);
    csv("points.csv", points);
    csv("queries.csv", queries);
    succeeds("ade --input $points.csv --queries $queries.csv --metric estimate:sample --k 7", "a");
    Metric metric = sample(points);
    compare("a", points, queries, metric, 7, Double.POSITIVE_INFINITY, false);
    assertThat(metrics("a").path("neighbors").asLong()).isEqualTo(2100);
    Matrix a = metric.matrix();
    List<Row> table = table("a", "metric").collectAsList();
    assertThat(table).hasSize(D * D);
    for (Row row : table) {
      assertThat(row.getDouble(2))
          .isCloseTo(a.get((int) row.getLong(0), (int) row.getLong(1)), within(1e-9));
    }
    assertThat(folder.resolve("a/report.html")).content().contains("Distance at each rank");
  }

  @ParameterizedTest
  @CsvSource({"identity", "factor", "precision", "matrix", "covariance", "diagonal"})
  void aMetricIsWhatItsWordSays(String kind) throws Exception {
    double[][] points = points(400, 3);
    csv("points.csv", points);
    Random random = new Random(4);
    int k = kind.equals("factor") ? 3 : D;
    double[][] u = new double[k][D];
    for (double[] row : u) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    Matrix factor = Matrix.ofRows(u);
    double[][] a = new double[D][D];
    Matrix product = Metric.factor(factor).matrix();
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        a[i][j] = product.get(i, j);
      }
    }
    double[] weights = {0.5, 2, 0, 1, 3};
    csv(
        "metric.csv",
        kind.equals("factor") ? u : kind.equals("diagonal") ? new double[][] {weights} : a);
    Metric metric =
        switch (kind) {
          case "diagonal" -> Metric.diagonal(weights);
          case "identity" -> Metric.identity(D);
          case "covariance" -> Metric.covariance(product);
          default -> Metric.factor(factor);
        };
    String words = kind.equals("identity") ? kind : kind + ":$metric.csv";
    succeeds("ade --input $points.csv --metric " + words, "a");
    compare("a", points, points, metric, 10, Double.POSITIVE_INFINITY, true);
  }

  @Test
  void aRadiusBoundsWhatIsFound() throws Exception {
    double[][] points = points(1500, 5);
    csv("points.csv", points);
    succeeds("ade --input $points.csv --radius 1.5", "all");
    compare("all", points, points, Metric.identity(D), Integer.MAX_VALUE, 1.5, true);
    succeeds("ade --input $points.csv --radius 1.5 --k 2", "two");
    compare("two", points, points, Metric.identity(D), 2, 1.5, true);
    CommandRun none = succeeds("ade --input $points.csv --radius 0.0001 --k 1", "none");
    assertThat(none.out()).contains("queries have no neighbor");
  }

  @Test
  void fewPointsOneQueryAndNamesInWords() throws Exception {
    Files.writeString(
        folder.resolve("points.csv"), "name,x,y\nBern,0,0\nRom,3,4\nOslo,0,1\nRiga,3,4\n");
    Files.writeString(folder.resolve("query.csv"), "0,0\n");
    succeeds("ade --input $points.csv --id-column name --queries $query.csv", "a");
    assertThat(table("a", "neighbors").collectAsList().toString())
        .isEqualTo("[[0,1,Bern,0.0], [0,2,Oslo,1.0], [0,3,Rom,5.0], [0,4,Riga,5.0]]");
    succeeds("ade --input $points.csv --id-column name --k 1", "b");
    assertThat(table("b", "neighbors").orderBy("query").collectAsList().toString())
        .isEqualTo("[[Bern,1,Oslo,1.0], [Oslo,1,Bern,1.0], [Riga,1,Rom,0.0], [Rom,1,Riga,0.0]]");
  }

  /** The design's warning: whitening is for outliers; it hurts neighbours' votes. */
  @Test
  void neighboursVoteOnTheClass() throws Exception {
    CommandRun plain = succeeds("ade --data digits --k 3", "plain");
    assertThat(plain.out()).containsPattern("accuracy  *98\\.");
    Dataset<Row> predictions = table("plain", "predictions");
    double right = predictions.filter("label = prediction").count();
    assertThat(right / 1797).isCloseTo(metrics("plain").path("accuracy").asDouble(), within(1e-12));
    succeeds("ade --data digits --k 3 --metric estimate:ledoit-wolf", "white");
    assertThat(metrics("white").path("accuracy").asDouble())
        .isLessThan(metrics("plain").path("accuracy").asDouble());
    assertThat(metrics("white").path("shrinkage").asDouble()).isBetween(0.0, 1.0);
    succeeds("ade --data digits --k 3 --metric estimate:rca --plan", "no");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  /** The metric's file is written as the points are. */
  @Test
  void oneDialectIsForAllFiles() throws Exception {
    Files.writeString(folder.resolve("p.csv"), "a;b\n0,5;1\n2;0\n1,5;1,5\n");
    Files.writeString(folder.resolve("u.csv"), "u;v\n0,5;0\n0;2\n");
    csv("plain.csv", new double[][] {{0.5, 1}, {2, 0}, {1.5, 1.5}});
    csv("factor.csv", new double[][] {{0.5, 0}, {0, 2}});
    succeeds(
        "ade --input $p.csv --k 2 --metric factor:$u.csv --delimiter ; --decimal , --header yes",
        "a");
    succeeds("ade --input $plain.csv --k 2 --metric factor:$factor.csv", "b");
    assertThat(table("a", "neighbors").collectAsList())
        .isEqualTo(table("b", "neighbors").collectAsList());
    run("ade --input $plain.csv --metric factor:$factor.csv --header yes", "c")
        .isRefusedWith(
            "--metric: factor.csv begins with numbers, which --header yes takes for names;"
                + " put a line of names before them, or leave --header out");
  }

  @Test
  void aFeatureThatDecidesAloneIsNamed() throws Exception {
    Random random = new Random(8);
    StringBuilder rows = new StringBuilder("height,mass,still\n");
    for (int i = 0; i < 50; i++) {
      rows.append(random.nextGaussian() + "," + 1000 * random.nextGaussian() + ",7\n");
    }
    Files.writeString(folder.resolve("people.csv"), rows);
    String named = "feature mass has 100.0 % of the variance of all 3 features";
    assertThat(succeeds("ade --input $people.csv --k 2", "a").out()).contains(named);
    assertThat(succeeds("ade cluster --input $people.csv --clusters 2", "b").out()).contains(named);
    assertThat(succeeds("ade --input $people.csv --k 2 --metric estimate:variance", "c").out())
        .doesNotContain("of the variance");
    assertThat(succeeds("ade --input $people.csv --feature-columns mass,still", "d").out())
        .doesNotContain("of the variance"); // nothing to drown
  }

  @Test
  void queriesThatTellLittleAreNamed() throws Exception {
    Files.writeString(folder.resolve("points.csv"), "a,b,kind\n1,0,x\n2,1,y\n3,0,x\n4,1,y\n");
    Files.writeString(folder.resolve("one.csv"), "a,b,kind\n1,0,x\n");
    Files.writeString(folder.resolve("other.csv"), "a,b,kind\n1,0,x\n2,0,z\n2,1,w\n");
    String words = "ade --input $points.csv --label-column kind --k 1 --queries ";
    assertThat(succeeds(words + "$one.csv", "one").out())
        .contains("of one query, which is right or wrong")
        .doesNotContain("no point has");
    assertThat(succeeds(words + "$other.csv", "other").out())
        .contains("2 of 3 queries have a class that no point has, and count as wrong");
    assertThat(metrics("other").path("unknown_classes").asLong()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void theSameBytesHoweverTheTableIsCut(int parts) throws Exception {
    double[][] points = points(3000, 7);
    List<String> lines =
        Arrays.stream(points)
            .map(p -> String.format(Locale.ROOT, "%s,%s,%s", p[0], p[1], p[2]))
            .toList();
    csv("whole.csv", Arrays.stream(points).map(p -> Arrays.copyOf(p, 3)).toArray(double[][]::new));
    Path cut = Files.createDirectory(folder.resolve("cut"));
    int size = (lines.size() + parts - 1) / parts;
    for (int p = 0; p * size < lines.size(); p++) {
      Files.write(
          cut.resolve(String.format(Locale.ROOT, "%03d.csv", p)),
          lines.subList(p * size, Math.min(lines.size(), (p + 1) * size)));
    }
    succeeds("ade --input $whole.csv --metric estimate:ledoit-wolf", "whole-run");
    succeeds("ade --input $cut --metric estimate:ledoit-wolf", "cut-run");
    sameTables("whole-run", "cut-run", "neighbors", "metric");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ade --input $three.csv --metric precision:$indefinite.csv | smallest eigenvalue -1
          ade --input $three.csv --metric covariance:$singular.csv | the covariance is singular
          ade --input $three.csv --metric matrix:$wide.csv | wide.csv has 3 columns; the points have 2 features
          ade --input $three.csv --metric precision:$tall.csv | tall.csv has 3 rows; at most 2 can be used
          ade --input $three.csv --metric precision:$lopsided.csv | is not symmetric
          ade --input $three.csv --metric factor:$none.csv | none.csv
          ade --input $three.csv --queries $wide.csv | --queries: wide.csv has 3 features; the points have 2; name them by --query-features, or the column with the class by --query-label-column, such as last
          ade --input $line.csv --metric estimate:sample | --metric estimate:sample: the covariance is singular
          ade --input $one.csv --metric estimate:sample | --metric estimate:sample: a covariance of 1 rows
          ade --input $nan.csv | nan
          ade --input $empty.csv | empty.csv
          ade --input $three.csv --metric estimate:rca | label
          """)
  void badInputIsRefused(String words, String message) throws Exception {
    csv("three.csv", new double[][] {{0, 0}, {1, 0}, {0, 1}});
    csv("line.csv", new double[][] {{0, 0}, {1, 1}, {2, 2}});
    csv("one.csv", new double[][] {{0, 0}});
    csv("indefinite.csv", new double[][] {{0, 1}, {1, 0}});
    csv("singular.csv", new double[][] {{1, 1}, {1, 1}});
    csv("wide.csv", new double[][] {{1, 0, 0}, {0, 1, 0}});
    csv("tall.csv", new double[][] {{1, 0}, {0, 1}, {1, 1}});
    csv("lopsided.csv", new double[][] {{1, 0.5}, {0, 1}});
    Files.writeString(folder.resolve("nan.csv"), "0,1\nnan,2\n");
    Files.writeString(folder.resolve("empty.csv"), "");
    run(words, "refused").isRefusedWith(message);
    assertThat(folder.resolve("refused")).doesNotExist();
  }
}
