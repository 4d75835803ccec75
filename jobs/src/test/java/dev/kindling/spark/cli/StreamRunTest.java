package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of what lies in folders, to their end. */
class StreamRunTest extends RunsInFolder {
  private static final int D = 4;
  private static final int N = 60;

  /** A command, and what its error says. */
  private static final String REFUSED =
      """
      --until-done | no source: give --queries
      --queries $none | --queries: | does not exist
      --queries $points.csv | a file; name the folder
      --queries kafka:host:9092/asked | Spark's Kafka source is not on the class path; give --spark --packages org.apache.spark:spark-sql-kafka-0-10_2.13:4
      --queries kafka:asked | should be kafka:BROKERS/TOPIC
      --queries $q --k 0 | --k 0: must be at least 1
      --queries $q --every soon | --every soon: should be a time like
      --queries $q --every 5s --until-done | --every 5s: not with --until-done
      --queries $q --max-files 0 | --max-files 0: must be at least 1
      --queries $q --learner lego | --learner lego: give --constraints
      --point-deletes $q --k 5 | --k 5: give --queries
      --constraints $q | --constraints: give --learner
      --constraints $q --learner rca | --learner rca: learns from labels
      --constraints $q --learner mmc | --learner
      --constraints $q --learner itml --upper 1 | --learner itml: give --upper and --lower
      --constraints $q --learner pola --eta 1 | --eta 1.0: is for --learner lego; leave it out or give that
      --constraints $q --learner lego --scale 0 | --scale 0.0: must be finite and above 0
      """;

  private static final String SPLITS = "spark.sql.files.maxPartitionBytes";

  private final Random random = new Random(5);
  private int runs;

  @BeforeEach
  void anIndex() throws Exception {
    double[][] points = new double[N][];
    Arrays.setAll(points, i -> random.doubles(D + 1, -3, 3).toArray());
    for (int i = 0; i < N; i++) {
      points[i][0] = i;
    }
    csv("points.csv", points);
    Files.write(
        folder.resolve("points.csv"),
        Files.readAllLines(folder.resolve("points.csv")).stream()
            .map(line -> line.replaceFirst("[.]0,", ","))
            .toList());
    for (String source : List.of("q", "pu", "pd", "mu", "co")) {
      Files.createDirectory(folder.resolve(source));
    }
    succeeds("ade build --input $points.csv --id-column first", "built");
  }

  private String vector() {
    return random
        .doubles(D, -3, 3)
        .mapToObj(Double::toString)
        .collect(Collectors.joining(",", ",", ""));
  }

  /** A file of changes in each source, and one of queries. */
  private void come(int round) throws IOException {
    lines("pu", round, IntStream.of(3, 17, 1000 + round).mapToObj(id -> id + vector()));
    lines("pd", round, Stream.of(20 + round + "", 40 + round + ""));
    lines("mu", round, IntStream.of(0, 3, 0).mapToObj(a -> a + vector()));
    lines("q", round, IntStream.range(0, 300).mapToObj(q -> "q" + q + vector()));
  }

  private void lines(String source, int round, Stream<String> lines) throws IOException {
    Files.write(folder.resolve(source + "/" + round + ".csv"), lines.toList());
  }

  private void pairs(int round, String similar, String not) throws IOException {
    lines(
        "co",
        round,
        IntStream.range(0, 15)
            .mapToObj(i -> i + "," + (i + 15 * round) + "," + (i % 2 == 0 ? similar : not)));
  }

  private void copy(String from, String to) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(from))) {
      for (Path path : all.toList()) {
        Files.copy(path, folder.resolve(to).resolve(folder.resolve(from).relativize(path)));
      }
    }
  }

  private CommandRun stream(String index, String sources) throws Exception {
    return run("ade stream --index $" + index + " --until-done " + sources, "run" + runs++);
  }

  private CommandRun streams(String index, String sources) throws Exception {
    CommandRun run = stream(index, sources);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  private static final String CHANGES =
      "--point-updates $pu --point-deletes $pd --metric-updates $mu --queries $q --k 5";
  private static final String ALL =
      CHANGES + " --constraints $co --learner itml --upper 2 --lower 9";

  private Dataset<Row> parquet(String name) {
    return LocalSpark.session().read().parquet(folder.resolve(name).toString());
  }

  /** Rows as text. */
  private static List<String> rows(Dataset<Row> table) {
    return table.collectAsList().stream().map(Row::toString).toList();
  }

  /** Contents of files that are not hidden, by their names without the stream's. */
  private Map<String, byte[]> contents(String index) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String in :
        List.of("answers", "rejected", "index/points", "index/metric", "index/learner")) {
      try (Stream<Path> files = Files.list(folder.resolve(index).resolve(in))) {
        for (Path file : files.filter(f -> f.getFileName().toString().matches("\\d.*")).toList()) {
          String name = file.getFileName().toString().replaceFirst("-[0-9a-f]{32}-", "-");
          contents.put(in + "/" + name, Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }

  private boolean has(String index, int epoch) {
    return Files.exists(folder.resolve(index + "/index/epochs/00000000" + epoch + ".json"));
  }

  @Test
  void answersAreThoseOfUpdatesAndQueries() throws Exception {
    copy("built", "hand");
    for (int round = 1; round <= 2; round++) {
      come(round);
      succeeds(
          "ade update --index $hand --point-updates $pu/R --point-deletes $pd/R --metric-updates $mu/R"
              .replace("R", round + ".csv"),
          "update" + round);
      String asked = "asked" + round;
      List<String> queries =
          new ArrayList<>(Files.readAllLines(folder.resolve("q/" + round + ".csv")));
      queries.add(0, "id,a,b,c,d");
      Files.write(folder.resolve("queries.csv"), queries);
      succeeds("ade query --index $hand --k 5 --query-id-column id --queries $queries.csv", asked);
      assertThat(streams("built", CHANGES).out())
          .contains(
              "epoch " + (round + 1) + ", ",
              "3 changes of the metric, 0 constraints; "
                  + (round == 1 ? "2 points changed, 1 came, 2 went" : "2 points changed, 1 came"),
              "1,500 answers to 300 queries");
      assertThat(
              rows(
                  parquet("built/answers")
                      .where("epoch = " + (round + 1))
                      .drop("epoch")
                      .orderBy("query", "rank")))
          .isEqualTo(rows(table(asked, "neighbors").orderBy("query", "rank")));
    }
    assertThat(folder.resolve("run1/report.html")).content().contains("Seconds for each");
    assertThat(folder.resolve("run1/metrics.jsonl")).content().contains("\"batch\":1");
    assertThat(metrics("run1").path("queries").asInt()).isEqualTo(300);
    // Nothing is new: nothing happens.
    assertThat(streams("built", CHANGES).out()).contains("micro-batches 0, epochs made 0");
  }

  /** Spark's file source reads such names as patterns; files in folders below are not read. */
  @Test
  void filesOfAnyNameCountOnce() throws Exception {
    Path come = Files.createDirectory(folder.resolve("in ü"));
    for (String name : List.of("a.csv", "download[1].csv", "{b,c}.csv", "50% *?.csv", "ü.csv")) {
      Files.writeString(come.resolve(name), "0" + vector() + "\n");
    }
    Files.writeString(Files.createDirectory(come.resolve("old")).resolve("x.csv"), "0" + vector());
    List<String> words =
        new ArrayList<>(
            List.of(
                "ade", "stream", "--index", folder.resolve("built").toString(), "--until-done"));
    words.addAll(List.of("--metric-updates", come.toString()));
    words.addAll(List.of("--output", folder.resolve("odd").toString()));
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("5 changes of the metric");
    Files.createDirectory(folder.resolve("in[1]"));
    stream("built", "--metric-updates $in[1]")
        .isRefusedWith("in[1]: Spark's stream source takes [ ] { } * ? in the name of a folder");
  }

  /**
   * The second micro-batch fails before its commit, before its answers, and at its very end. The
   * stream that it is compared with reads the files in small parts.
   */
  @Test
  void whatComesAgainCountsOnce() throws Exception {
    copy("built", "whole");
    for (int round = 1; round <= 2; round++) {
      come(round);
      pairs(round, "1", "-1");
      lines("pd", 10 + round, Stream.of("777", "30"));
      lines(
          "q",
          10 + round,
          IntStream.range(0, 60).mapToObj(q -> q == 55 ? "bad" : "r" + q + vector()));
      LocalSpark.session().conf().set(SPLITS, "3000");
      streams("whole", ALL);
      LocalSpark.session().conf().unset(SPLITS);
      if (round == 2) {
        fails("index/epochs/000000003.json");
        assertThat(has("built", 3)).isFalse();
        fails("answers/000000000001-00001.parquet");
        assertThat(has("built", 3)).isTrue();
        fails("stream/spark/commits/1");
      }
      streams("built", ALL);
    }
    assertThat(has("built", 4)).isFalse();
    Map<String, byte[]> whole = contents("whole");
    Map<String, byte[]> again = contents("built");
    assertThat(again.keySet()).isEqualTo(whole.keySet()).hasSizeGreaterThan(10);
    whole.forEach((name, bytes) -> assertThat(again.get(name)).as(name).isEqualTo(bytes));
  }

  /**
   * @param file which the stream cannot write
   */
  private void fails(String file) throws Exception {
    Path obstacle = folder.resolve("built").resolve(file);
    Files.createDirectories(obstacle.resolve("in-the-way"));
    CommandRun failed = stream("built", ALL);
    assertThat(failed.exit()).as(failed.err()).isEqualTo(3);
    assertThat(failed.err().lines()).hasSize(1);
    Files.delete(obstacle.resolve("in-the-way"));
    Files.delete(obstacle);
  }

  @ParameterizedTest
  @CsvSource({
    "lego, --eta 0.1, 0.5, 8",
    "itml, --upper 2 --lower 9 --gamma 2, 1, -1",
    "pola, --scale 2, 1, -1"
  })
  void learnersLearnWhatTheyLearnFromAFile(String learner, String more, String similar, String not)
      throws Exception {
    List<String> all = new ArrayList<>();
    for (int round = 1; round <= 2; round++) {
      pairs(round, similar, not);
      all.addAll(Files.readAllLines(folder.resolve("co/" + round + ".csv")));
      streams("built", "--constraints $co --learner " + learner + " " + more);
    }
    Files.write(folder.resolve("all.csv"), all);
    double[][] identity = new double[D][D];
    IntStream.range(0, D).forEach(i -> identity[i][i] = 1);
    csv("identity.csv", identity);
    succeeds(
        "ade learn --input $points.csv --id-column first --initial $identity.csv --constraints $all.csv --learner "
            + learner
            + " "
            + more,
        "learnt");
    Dataset<Row> metric =
        parquet("built/index/metric").where("input_file_name() like '%/000000003-%'");
    List<Row> expected = table("learnt", "factor").orderBy("row").collectAsList();
    List<Row> found = metric.orderBy("row").collectAsList();
    assertThat(found).hasSize(D);
    for (int i = 0; i < D; i++) {
      assertThat(found.get(i).getList(2).toArray())
          .isEqualTo(
              Arrays.stream(expected.get(i).<org.apache.spark.ml.linalg.Vector>getAs(1).toArray())
                  .boxed()
                  .toArray());
    }
  }

  @Test
  void badLinesArePutAside() throws Exception {
    lines("pu", 1, Stream.of("id,a,b,c,d", "1,1,2,3", "2,1,nan,3,4", "3,1,2,3,4", "", "x,1,2,3,4"));
    lines("pd", 1, Stream.of("4", "999", "5,6"));
    lines("mu", 1, Stream.of("4,1,1,1,1", "1.5,1,1,1,1", "0,1e999,1,1,1"));
    lines("co", 1, Stream.of("1,1,3", "1,999,3", "1,2,-3", "6,7,3"));
    lines("q", 1, Stream.of("a,1,2,3,4", "b,1,2,3", "\"c,1,2,3,4", "y".repeat(2000)));
    String words =
        "--point-updates $pu --point-deletes $pd --metric-updates $mu --constraints $co --learner lego --queries $q";
    CommandRun strict = stream("built", words + " --strict");
    strict.isRefusedWith("--metric-updates: ", "/mu/1.csv, row 0: 4.0 is no row of U", "4,1,1,1,1");
    assertThat(has("built", 2)).isFalse();
    assertThat(streams("built", words).out())
        .contains("0 changes of the metric, 1 constraints; 1 points changed, 0 came, 1 went")
        .contains("10 answers to 1 queries", "15 lines rejected");
    assertThat(metrics("run1").path("rejected").asInt()).isEqualTo(15);
    List<Row> rejected = parquet("built/rejected").orderBy("kind", "row").collectAsList();
    assertThat(rejected)
        .extracting(r -> r.getString(0) + " " + r.getLong(3) + " " + r.getString(5))
        .containsExactly(
            "constraints 0 i and j are both 1; it takes two points",
            "constraints 1 there is no point 999",
            "constraints 2 target -3.0; for lego it is a squared distance, ≥ 0",
            "metric-updates 0 4.0 is no row of U; they are 0 to 3",
            "metric-updates 1 cell 1 is no whole number",
            "metric-updates 2 cell 2 is inf",
            "point-deletes 1 there is no point 999",
            "point-deletes 2 2 cells; there should be 1",
            "point-updates 0 cell 1 is no whole number",
            "point-updates 1 4 cells; there should be 5",
            "point-updates 2 cell 3 is nan",
            "point-updates 5 cell 1 is no whole number",
            "queries 1 4 cells; there should be 5",
            "queries 2 the quote of cell 1 is not closed on its line; cells of a numeric table hold no line break",
            "queries 3 1 cells; there should be 5");
    assertThat(rejected.get(14).getString(4)).hasSize(200);
    assertThat(rejected.get(14).getString(1)).endsWith("/q/1.csv");
  }

  @Test
  void updatesOfOthersAreABase() throws Exception {
    lines("pu", 1, Stream.of("3,1,2,3,4"));
    lines("pd", 1, Stream.of("3", "2000"));
    lines("pu", 2, Stream.of("2000,1,2,3,4"));
    String words = "--point-updates $pu --point-deletes $pd --queries $q --k 1";
    assertThat(streams("built", words).out()).contains("0 points changed, 0 came, 1 went");
    succeeds("ade update --index $built --point-updates $pu/1.csv", "update");
    lines("q", 1, Stream.of("a,1,2,3,4"));
    streams("built", words);
    assertThat(rows(parquet("built/answers"))).containsExactly("[a,1,3,0.0,3]");
  }

  @Test
  void aPointIsLeft() throws Exception {
    lines("pd", 1, IntStream.range(0, N).mapToObj(Integer::toString));
    assertThat(streams("built", "--point-deletes $pd").out()).contains("60 lines rejected");
    assertThat(has("built", 2)).isFalse();
  }

  @Test
  void whatBelongsToAnotherStreamStays() throws Exception {
    streams("built", "--point-deletes $pd");
    stream("built", "--point-updates $pu")
        .isRefusedWith("--checkpoint", "was begun with --point-deletes", "give the same sources");
    stream("built", "--point-updates $pu --checkpoint $other")
        .isRefusedWith("--answers", "another stream");
    streams("built", "--point-updates $pu --checkpoint $other --answers $others/answers");
  }

  @Test
  void badOptionsAreRefused() throws Exception {
    for (String line : REFUSED.lines().toList()) {
      String[] parts = line.split(" [|] ");
      run("ade stream --index $built " + parts[0], "refused")
          .isRefusedWith(Arrays.copyOfRange(parts, 1, parts.length));
      assertThat(folder.resolve("refused")).doesNotExist();
    }
    run("ade stream --index $q --queries $q", "refused").isRefusedWith("not an index");
    assertThat(folder.resolve("built/stream")).doesNotExist();
    CommandRun plan = run("ade stream --index $built --queries $q --plan", "refused");
    assertThat(plan.out()).contains("lines of a micro-batch on the driver");
    assertThat(folder.resolve("built/stream")).doesNotExist();
  }
}
