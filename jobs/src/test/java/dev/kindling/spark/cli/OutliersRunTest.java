package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.ade.FastMcd;
import dev.kindling.ade.Metric;
import dev.kindling.ade.RobustCovariance;
import dev.kindling.ade.Scatter;
import dev.kindling.data.BuiltinSet;
import dev.kindling.data.BuiltinSets;
import dev.kindling.data.BuiltinTable;
import dev.kindling.linalg.Matrix;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutliersRunTest extends RunsInFolder {
  private static final int D = 4;

  private List<Row> outliers(String estimator) throws Exception {
    succeeds("ade outliers --input $points.csv --estimator " + estimator, estimator);
    assertThat(folder.resolve(estimator + "/report.html")).content().contains("Against the law");
    return table(estimator, "outliers").orderBy("id").collectAsList();
  }

  /** Normal points that depend on each other; the last {@code far} in a cluster of their own. */
  private double[][] points(int n, int far) throws Exception {
    Random random = new Random(5);
    double[][] points = new double[n][D];
    for (int i = 0; i < n; i++) {
      double common = random.nextGaussian();
      for (int j = 0; j < D; j++) {
        double x = common + 0.5 * random.nextGaussian();
        points[i][j] = i < n - far ? x : (j % 2 == 0 ? 4 : -4) + 0.1 * x;
      }
    }
    csv("points.csv", points);
    return points;
  }

  @Test
  void distancesAreThoseOfTheEstimate() throws Exception {
    double[][] points = points(1300, 0);
    Matrix columns = Matrix.ofRows(points).transpose();
    Scatter scatter = Scatter.of(columns);
    Metric classic = Metric.covariance(scatter.sample());
    Metric shrunk = Metric.covariance(scatter.ledoitWolf().covariance());
    for (String estimator : List.of("classic", "ledoit-wolf")) {
      Metric metric = estimator.equals("classic") ? classic : shrunk;
      List<Row> rows = outliers(estimator);
      assertThat(rows).hasSize(1300);
      for (Row row : rows) {
        double square = metric.squared(points[(int) row.getLong(0)], scatter.mean());
        assertThat(row.getDouble(1)).isCloseTo(square, within(1e-9 * (1 + square)));
        assertThat(row.getBoolean(2)).isEqualTo(row.getDouble(1) > 11.143286781877796);
      }
      // Of normal points one in 40: 32.5 of 1,300, with a deviation of 5.6.
      assertThat(rows.stream().filter(r -> r.getBoolean(2)).count()).isBetween(4L, 66L);
    }
  }

  /** A cluster of a fifth of the points moves the classic estimate, and hides in it. */
  @Test
  void aClusterIsSeenByTheRobustEstimateAlone() throws Exception {
    double[][] points = points(600, 120);
    assertThat(outliers("classic").subList(480, 600)).noneMatch(row -> row.getBoolean(2));
    List<Row> robust = outliers("mcd");
    assertThat(robust.subList(480, 600)).allMatch(row -> row.getBoolean(2));
    RobustCovariance expected =
        FastMcd.fit(Matrix.ofRows(points).transpose(), FastMcd.Settings.DEFAULT, 42);
    for (int i = 0; i < 600; i++) {
      double square = expected.squaredDistances()[i];
      assertThat(robust.get(i).getDouble(1)).isCloseTo(square, within(1e-9 * (1 + square)));
      assertThat(robust.get(i).getBoolean(2))
          .isEqualTo(expected.squaredDistances()[i] > expected.cutOff());
    }
  }

  /** No unit, and no column that says nothing, decides who is an outlier. */
  @ParameterizedTest
  @ValueSource(strings = {"classic", "mcd"})
  void unitsAndConstantColumnsChangeNothing(String estimator) throws Exception {
    double[][] points = points(300, 20);
    List<Row> plain = outliers(estimator);
    assertThat(metrics(estimator).has("left_out")).isFalse();
    double[] units = {1e9, 1, 1e-9, -1e-3};
    double[][] other = new double[points.length][];
    for (int i = 0; i < other.length; i++) {
      double[] x = points[i];
      other[i] =
          new double[] {x[0] * units[0], 0.1, x[1] * units[1], x[2] * units[2], x[3] * units[3], 5};
    }
    csv("points.csv", other);
    CommandRun run = succeeds("ade outliers --input $points.csv --estimator " + estimator, "units");
    assertThat(run.out()).contains("with 4 degrees", "left out, since they do not vary: c1, c5");
    assertThat(metrics("units").path("left_out"))
        .extracting(JsonNode::asText)
        .containsExactly("c1", "c5");
    List<Row> scaled = table("units", "outliers").orderBy("id").collectAsList();
    assertThat(plain).anyMatch(row -> row.getBoolean(2));
    for (int i = 0; i < plain.size(); i++) {
      double square = plain.get(i).getDouble(1);
      assertThat(scaled.get(i).getDouble(1)).isCloseTo(square, within(1e-6 * (1 + square)));
      assertThat(scaled.get(i).getBoolean(2)).isEqualTo(plain.get(i).getBoolean(2));
    }
  }

  /** Three of the 64 pixels are always white. */
  @Test
  void theBuiltInTablesNeedNoOptions() throws Exception {
    for (BuiltinSet set : BuiltinSets.all()) {
      if (set instanceof BuiltinTable) {
        succeeds("ade outliers --data " + set.name(), set.name() + "-outliers");
      }
    }
    assertThat(succeeds("ade outliers --data digits", "digits").out())
        .contains("with 61 degrees", "left out, since they do not vary: p0, p32, p39");
  }

  @Test
  void rowsThatAreAllEqualHaveNoOutliers() throws Exception {
    Files.writeString(folder.resolve("points.csv"), "1,2\n1,2\n1,2\n1,2\n1,2\n");
    for (String estimator : List.of("classic", "mcd")) {
      run("ade outliers --input $points.csv --estimator " + estimator, "a")
          .isRefusedWith("--estimator " + estimator + ": all 5 rows are equal");
    }
  }

  @Test
  void badInputIsRefused() throws Exception {
    Files.writeString(folder.resolve("points.csv"), "0,0\n1,1\n2,2\n");
    run("ade outliers --input $points.csv", "a")
        .isRefusedWith("the covariance is singular", "ledoit-wolf");
    run("ade outliers --input $points.csv --estimator mcd", "a").isRefusedWith("mcd");
    run("ade outliers --data digits --quantile 1", "a")
        .isRefusedWith("--quantile 1.0: must be above 0 and below 1");
    assertThat(folder.resolve("a")).doesNotExist();
  }
}
