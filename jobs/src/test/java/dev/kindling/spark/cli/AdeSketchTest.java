package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Scatter;
import dev.kindling.linalg.Matrix;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kindling ade --mode sketch} and {@code adaptive} against the distances of all pairs. */
class AdeSketchTest extends RunsInFolder {
  private static final int D = 40;

  /** Of 50 clusters far apart, whose points lie close together, far from the origin. */
  private static double[][] points(int n, long seed) {
    Random centres = new Random(1);
    double[][] means = new double[50][D];
    for (double[] mean : means) {
      Arrays.setAll(mean, j -> 50 + 5 * centres.nextGaussian());
    }
    Random random = new Random(seed);
    double[][] points = new double[n][D];
    for (double[] point : points) {
      double[] mean = means[random.nextInt(means.length)];
      Arrays.setAll(point, j -> mean[j] + random.nextGaussian());
    }
    return points;
  }

  private static List<Long> nearest(double[][] points, double[] query, Metric metric, int k) {
    double[] distances =
        Arrays.stream(points).mapToDouble(p -> metric.distance(p, query)).toArray();
    return IntStream.range(0, points.length)
        .boxed()
        .sorted(
            java.util.Comparator.comparingDouble((Integer i) -> distances[i]).thenComparing(i -> i))
        .limit(k)
        .map(i -> (long) i)
        .toList();
  }

  /** With as many candidates as points, whatever the sketch says, the answer is exact. */
  @ParameterizedTest
  @CsvSource({"sketch,gaussian", "sketch,srht", "sketch,osnap", "adaptive,gaussian"})
  void candidatesAreMeasuredExactly(String mode, String kind) throws Exception {
    double[][] points = points(1100, 2);
    double[][] queries = points(5, 3);
    csv("points.csv", points);
    csv("queries.csv", queries);
    String words =
        "ade --input $points.csv --queries $queries.csv --metric estimate:variance --k 4 ";
    succeeds(words + "--eps 0.5 --candidates 1100 --mode " + mode + " --sketch " + kind, "all");
    succeeds(words, "exact");
    assertThat(table("all", "neighbors").orderBy("query", "rank").collectAsList())
        .usingElementComparator(
            (a, b) ->
                a.get(2).equals(b.get(2)) && Math.abs(a.getDouble(3) - b.getDouble(3)) < 1e-9
                    ? 0
                    : 1)
        .isEqualTo(table("exact", "neighbors").orderBy("query", "rank").collectAsList());
    assertThat(metrics("all").path("recall").asDouble()).isEqualTo(1);
  }

  /** Estimates are within ε, but for the chance that the law gives; neighbours are exact. */
  @ParameterizedTest
  @CsvSource({"sketch", "adaptive"})
  void estimatesKeepTheirError(String mode) throws Exception {
    double[][] points = points(1500, 4);
    double[][] queries = points(20, 5);
    csv("points.csv", points);
    csv("queries.csv", queries);
    succeeds(
        "ade --input $points.csv --queries $queries.csv --metric estimate:sample --k 5 --distances --eps 0.5 --mode "
            + mode,
        "a");
    Metric metric = Metric.covariance(Scatter.of(Matrix.ofRows(points).transpose()).sample());
    List<Row> estimates = table("a", "distances").collectAsList();
    assertThat(estimates).hasSize(30_000);
    for (Row row : estimates) {
      double exact = metric.distance(points[(int) row.getLong(1)], queries[(int) row.getLong(0)]);
      assertThat(row.getDouble(2)).isBetween(0.5 * exact, 1.5 * exact);
    }
    Map<Long, Long> hits = new HashMap<>();
    for (Row row : table("a", "neighbors").collectAsList()) {
      int q = (int) row.getLong(0);
      double exact = metric.distance(points[(int) row.getLong(2)], queries[q]);
      assertThat(row.getDouble(3)).isCloseTo(exact, within(1e-9 * exact));
      if (nearest(points, queries[q], metric, 5).contains(row.getLong(2))) {
        hits.merge(row.getLong(0), 1L, Long::sum);
      }
    }
    double found = hits.values().stream().mapToLong(n -> n).sum();
    assertThat(metrics("a").path("recall").asDouble()).isEqualTo(found / 100);
    assertThat(metrics("a").path("estimates_compared").asLong()).isEqualTo(40);
    assertThat(metrics("a").path("estimates_outside").asLong()).isZero();
    assertThat(folder.resolve("a/report.html")).content().contains("Estimate over exact distance");
  }

  @Test
  void aRadiusFindsAllWithinIt() throws Exception {
    csv("points.csv", points(1300, 6));
    csv("queries.csv", points(200, 12));
    String words = "ade --input $points.csv --queries $queries.csv --radius 7";
    succeeds(words + " --mode sketch --eps 0.4", "sketch");
    succeeds(words, "exact");
    assertThat(metrics("sketch").path("neighbors").asLong())
        .isEqualTo(metrics("exact").path("neighbors").asLong())
        .isPositive();
    assertThat(metrics("sketch").path("recall").asDouble()).isEqualTo(1);
  }

  /** The key makes an adaptive run the same again; without one nobody can foretell its draws. */
  @Test
  void bytesAreTheSameForAnyPartitions() throws Exception {
    double[][] points = points(1300, 7); // two blocks
    csv("points.csv", points);
    csv("queries.csv", points(150, 9));
    Files.createDirectory(folder.resolve("parts"));
    for (int part = 0; part < 5; part++) {
      csv("parts/part-" + part + ".csv", Arrays.copyOfRange(points, part * 260, part * 260 + 260));
    }
    Files.write(folder.resolve("key"), new byte[32]);
    for (String mode : List.of("sketch", "adaptive --key-file $key")) {
      String words = " --queries $queries.csv --distances --k 3 --eps 0.5 --mode " + mode;
      String name = mode.substring(0, 3);
      succeeds("ade --input $points.csv" + words, name + "-one");
      succeeds("ade --input $parts" + words, name + "-five");
      sameTables(name + "-one", name + "-five", "neighbors", "distances");
    }
    csv("few.csv", points(100, 8));
    succeeds("ade --input $few.csv --distances --k 3 --eps 0.5 --mode adaptive", "fresh1");
    succeeds("ade --input $few.csv --distances --k 3 --eps 0.5 --mode adaptive", "fresh2");
    assertThat(table("fresh1", "distances").except(table("fresh2", "distances")).isEmpty())
        .isFalse();
  }

  @Test
  void autoTakesASketchOnlyWhereItReadsAThird() throws Exception {
    csv("points.csv", points(300, 8));
    succeeds("ade --input $points.csv --k 2 --mode auto", "exact");
    assertThat(metrics("exact").has("sketch_rows")).isFalse();
    Random random = new Random(9);
    double[][] wide = new double[2100][200];
    for (double[] row : wide) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    csv("wide.csv", wide);
    succeeds("ade --input $wide.csv --k 2 --eps 0.6 --candidates 10 --mode auto", "sketch");
    assertThat(metrics("sketch").path("sketch_rows").asInt()).isBetween(10, 60);
  }

  /** Images under a factor of k rows are k numbers, however many features the points have. */
  @Test
  void thePlanSizesSketchesByTheRowsOfTheMetricAsTheSearchDoes() throws Exception {
    Random random = new Random(11);
    double[][] wide = new double[2100][200];
    double[][] factor = new double[3][200];
    for (double[][] table : List.of(wide, factor)) {
      for (double[] row : table) {
        Arrays.setAll(row, j -> random.nextGaussian());
      }
    }
    csv("wide.csv", wide);
    csv("factor.csv", factor);
    String metric = " --metric factor:$factor.csv";
    String auto = " --k 2 --eps 0.6 --candidates 10 --mode auto";
    assertThat(succeeds("ade --plan --input $wide.csv" + auto, "none").out())
        .contains("a sketch it is");
    assertThat(succeeds("ade --plan --input $wide.csv" + metric + auto, "none").out())
        .contains("factor.csv, 3 rows", "exact reads 3 numbers a point", "exact it is");
    succeeds("ade --input $wide.csv" + metric + auto, "auto");
    assertThat(metrics("auto").has("sketch_rows")).isFalse();

    csv("few.csv", Arrays.copyOf(wide, 20));
    String adaptive = " --queries $few.csv --k 2 --eps 0.5 --mode adaptive";
    String plan = succeeds("ade --plan --input $wide.csv" + metric + adaptive, "none").out();
    succeeds("ade --input $wide.csv" + metric + adaptive, "adaptive");
    JsonNode made = metrics("adaptive");
    long numbers = made.path("sketches").asLong() * made.path("sketch_rows").asLong();
    assertThat(plan).contains(String.format(Locale.ROOT, ": %,d numbers each in ", numbers));

    succeeds("ade build --input $wide.csv" + metric, "index");
    assertThat(succeeds("ade query --plan --index $index" + adaptive, "none").out())
        .contains(String.format(Locale.ROOT, ": %,d numbers each in ", numbers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mode sketch --eps 1.5 | --eps 1.5: must be above 0 and below 1",
        "--mode sketch --eps 0.00001 | give a larger",
        "--mode sketch --sketch srht --eps 0.05 | --sketch srht: has at most",
        "--mode sketch --candidates 3 | --candidates 3: must be at least --k",
        "--candidates 30 | --candidates 30: is for --mode sketch, adaptive or auto; leave it out or give one of them",
        "--sketch srht | --sketch srht: is for --mode sketch, adaptive or auto",
        "--proved | --proved: is for --mode adaptive",
        "--distances | --distances: estimates are of --mode sketch or adaptive",
        "--mode adaptive --key-file $points.csv.none | cannot be read",
        "--mode adaptive --proved --eps 0.01 | Take --mode exact",
        "--metric diagonal:$points.csv | at most 1 can be used",
      })
  void badOptionsAreRefusedInALine(String words, String message) throws Exception {
    csv("points.csv", points(30, 10));
    run("ade --input $points.csv " + words, "refused").isRefusedWith(message);
    assertThat(folder.resolve("refused")).doesNotExist();
  }
}
