package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ade} on points of which most numbers are 0. */
class SparseRunTest extends RunsInFolder {
  private static final int N = 1500;
  private static final int D = 900;
  private static final int K = 4;

  private final double[][] points = new double[N][D];

  @BeforeEach
  void writePoints() throws Exception {
    SplittableRandom random = new SplittableRandom(6);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      StringBuilder line = new StringBuilder(i % 3 == 0 ? "1" : "-1");
      for (int j = 0; j < D; j++) {
        if (random.nextInt(90) == 0) {
          points[i][j] = random.nextInt(-40, 41) / 8.0;
          line.append(" ").append(j + 1).append(":").append(points[i][j]);
        }
      }
      lines.add(line.toString());
    }
    points[N - 1][D - 1] = 1;
    lines.set(N - 1, "1 " + D + ":1");
    Arrays.fill(points[N - 1], 0, D - 1, 0);
    Files.write(folder.resolve("wide.svm"), lines);
    Files.createDirectory(folder.resolve("cut"));
    for (int p = 0; p < 5; p++) {
      Files.write(folder.resolve("cut/" + p + ".svm"), lines.subList(p * N / 5, (p + 1) * N / 5));
    }
  }

  private double squared(int a, int b, double[] weights) {
    return IntStream.range(0, D)
        .mapToDouble(
            j -> weights[j] * (points[a][j] - points[b][j]) * (points[a][j] - points[b][j]))
        .sum();
  }

  private void areTheNearest(String output, double[] weights) throws Exception {
    List<Row> rows = table(output, "neighbors").orderBy("query", "rank").collectAsList();
    assertThat(rows).hasSize(N * K);
    for (int q = 0; q < N; q += 97) {
      int query = q;
      double[] all = IntStream.range(0, N).mapToDouble(i -> squared(query, i, weights)).toArray();
      int[] nearest =
          IntStream.range(0, N)
              .filter(i -> i != query)
              .boxed()
              .sorted(Comparator.<Integer>comparingDouble(i -> all[i]).thenComparing(i -> i))
              .limit(K)
              .mapToInt(i -> i)
              .toArray();
      for (int r = 0; r < K; r++) {
        Row row = rows.get(q * K + r);
        assertThat(row.getDouble(3)).isCloseTo(Math.sqrt(all[nearest[r]]), within(1e-12));
        assertThat(all[(int) row.getLong(2)]).isCloseTo(all[nearest[r]], within(1e-12));
      }
    }
  }

  @Test
  void theNearestAreFoundWithoutTheZeros() throws Exception {
    succeeds("ade --input $wide.svm --k " + K, "a");
    double[] ones = new double[D];
    Arrays.fill(ones, 1);
    areTheNearest("a", ones);
    assertThat(metrics("a").path("accuracy").asDouble()).isBetween(0.3, 1.0);
    succeeds("ade --input $cut --k " + K, "cut-run");
    sameTables("a", "cut-run", "neighbors", "predictions");
    assertThat(run("ade --input $wide.svm --plan", "no").out()).contains("are not 0 on average");
  }

  @Test
  void aDiagonalMetricWeighsThem() throws Exception {
    double[] weights = new double[D];
    Arrays.setAll(weights, j -> j % 7 == 0 ? 0 : 1 + j % 4);
    csv("w.csv", new double[][] {weights});
    succeeds("ade --input $wide.svm --metric diagonal:$w.csv --mode auto --k " + K, "a");
    areTheNearest("a", weights);
  }

  /** Queries may be dense. */
  @Test
  void queriesOfAnotherFormatAreAnswered() throws Exception {
    csv("q.csv", new double[][] {points[5], points[700]});
    succeeds("ade --input $wide.svm --queries $q.csv --radius 1e-9", "a");
    List<Row> rows = table("a", "neighbors").orderBy("query").collectAsList();
    assertThat(rows).extracting(row -> row.getLong(2)).containsExactly(5L, 700L);
    assertThat(rows).allMatch(row -> row.getDouble(3) == 0);
  }
}
