package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ClusterRunTest extends RunsInFolder {
  private static final int D = 3;

  /** Five clusters far apart, in turn. */
  private static double[][] apart(int n) {
    Random random = new Random(2);
    double[][] middles = new double[5][];
    Arrays.setAll(middles, c -> random.doubles(D, -100, 100).toArray());
    double[][] points = new double[n][];
    Arrays.setAll(
        points, i -> Arrays.stream(middles[i % 5]).map(m -> m + random.nextGaussian()).toArray());
    return points;
  }

  @Test
  void clustersThatAreFarApartAreFound() throws Exception {
    double[][] points = apart(2500);
    csv("points.csv", points);
    succeeds("ade cluster --input $points.csv --clusters 5", "a");
    List<Row> rows = table("a", "clusters").orderBy("id").collectAsList();
    assertThat(rows).hasSize(2500);
    long[] of = new long[5];
    Arrays.setAll(of, c -> rows.get(c).getLong(1));
    assertThat(of).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    double cost = 0;
    for (int i = 0; i < points.length; i++) {
      assertThat(rows.get(i).getLong(1)).isEqualTo(of[i % 5]);
      cost += rows.get(i).getDouble(2) * rows.get(i).getDouble(2);
    }
    assertThat(metrics("a").path("cost").asDouble()).isCloseTo(cost, within(1e-9 * cost));
    // Each centre is the mean of its points.
    for (Row centre : table("a", "centres").collectAsList()) {
      assertThat(centre.getLong(1)).isEqualTo(500);
      int c = 0;
      while (of[c] != centre.getLong(0)) {
        c++;
      }
      for (int j = 0; j < D; j++) {
        double mean = 0;
        for (int i = c; i < points.length; i += 5) {
          mean += points[i][j] / 500;
        }
        assertThat((Double) centre.getList(2).get(j)).isCloseTo(mean, within(1e-9));
      }
    }
    List<Row> history = table("a", "history").orderBy("step").collectAsList();
    for (int t = 1; t < history.size(); t++) {
      assertThat(history.get(t).getDouble(1))
          .isLessThanOrEqualTo(history.get(t - 1).getDouble(1) * (1 + 1e-12));
    }
    assertThat(folder.resolve("a/report.html")).content().contains("Points of each cluster");
  }

  /** Under diag(1, 0, 0) the first coordinate alone decides. */
  @Test
  void theMetricDecides() throws Exception {
    csv("points.csv", new double[][] {{0, 9, 0}, {1, -9, 5}, {10, 9, 0}, {11, -9, 5}});
    csv("u.csv", new double[][] {{1, 0, 0}});
    succeeds("ade cluster --input $points.csv --clusters 2 --metric factor:$u.csv", "a");
    List<Row> rows = table("a", "clusters").orderBy("id").collectAsList();
    assertThat(rows.get(0).getLong(1)).isEqualTo(rows.get(1).getLong(1));
    assertThat(rows.get(2).getLong(1)).isEqualTo(rows.get(3).getLong(1));
    assertThat(rows).allMatch(row -> row.getDouble(2) == 0.5);
    CommandRun more = succeeds("ade cluster --input $points.csv --clusters 9", "b");
    assertThat(more.out()).contains("4 clusters of 4 points", "fewer points differ");
  }

  /** Of five clusters far apart the silhouette tells the number. */
  @Test
  void theNumberOfClustersIsChosenByTheSilhouette() throws Exception {
    csv("points.csv", apart(1000));
    CommandRun run = succeeds("ade cluster --input $points.csv --clusters 2,5,9", "a");
    assertThat(run.out()).contains("5 clusters of 1,000 points", "the highest of ", "with 9");
    assertThat(metrics("a").path("silhouette").asDouble()).isBetween(0.7, 1.0);
    List<Row> tried = table("a", "silhouettes").orderBy("clusters").collectAsList();
    assertThat(tried).extracting(row -> row.getLong(0)).containsExactly(2L, 5L, 9L);
    assertThat(tried.get(1).getDouble(2)).isEqualTo(metrics("a").path("silhouette").asDouble());
    assertThat(folder.resolve("a/report.html")).content().contains("How many clusters");
    assertThat(succeeds("ade cluster --input $points.csv --clusters 1,5", "one").out())
        .contains("the highest of none with 1, ")
        .doesNotContain("NaN");
    csv("far.csv", new double[][] {{1, 2}, {0, 1e155}});
    run("ade cluster --input $far.csv --clusters 1", "no")
        .isRefusedWith("far.csv: row 1 has 1.0E155 in feature 1", "leave the row out");
    run("ade cluster --input $points.csv --clusters 2,0", "no")
        .isRefusedWith("--clusters 2,0: must be from 1 to 65,536");
  }

  @Test
  void mediansAreNotMovedByFarPoints() throws Exception {
    double[][] points = new double[300][];
    Random random = new Random(4);
    for (int i = 0; i < points.length; i++) {
      double middle = i % 2 == 0 ? -10 : 10;
      points[i] = new double[] {middle + random.nextGaussian(), random.nextGaussian()};
    }
    // A tenth lies far out: means follow by 3, medians hardly do.
    for (int i = 0; i < 30; i++) {
      points[i] = new double[] {i % 2 == 0 ? -40 : 40, random.nextGaussian()};
    }
    csv("far.csv", points);
    String words = "ade cluster --input $far.csv --clusters 2 --tol 1e-9 --seed 3 --centers ";
    succeeds(words + "mean", "mean");
    assertThat(table("mean", "centres").collectAsList())
        .anyMatch(center -> Math.abs((Double) center.getList(2).get(0)) > 12);
    succeeds(words + "median", "median");
    for (Row center : table("median", "centres").collectAsList()) {
      assertThat(center.getLong(1)).isEqualTo(150);
      assertThat(Math.abs((Double) center.getList(2).get(0))).isBetween(9.0, 11.0);
    }
    double sum = 0;
    for (Row row : table("median", "clusters").collectAsList()) {
      sum += row.getDouble(2);
    }
    assertThat(metrics("median").path("cost").asDouble()).isCloseTo(sum, within(1e-9 * sum));
  }

  @Test
  void theSameBytesHoweverTheTableIsCut() throws Exception {
    double[][] points = apart(3000);
    csv("whole.csv", points);
    Files.createDirectory(folder.resolve("cut"));
    for (int p = 0; p < 7; p++) {
      csv("cut/" + p + ".csv", Arrays.copyOfRange(points, p * 3000 / 7, (p + 1) * 3000 / 7));
    }
    for (String kind : List.of("mean", "median")) {
      String words = " --clusters 12 --metric estimate:ledoit-wolf --centers " + kind;
      succeeds("ade cluster --input $whole.csv" + words, "whole-" + kind);
      succeeds("ade cluster --input $cut" + words, "cut-" + kind);
      sameTables("whole-" + kind, "cut-" + kind, "clusters", "centres", "history");
    }
  }
}
