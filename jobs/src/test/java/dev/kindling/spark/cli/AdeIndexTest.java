package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.ade.Metric;
import dev.kindling.data.LocalSpark;
import dev.kindling.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index through its updates, against points and a factor that are kept beside it. */
class AdeIndexTest {
  private static final int D = 6;
  private static final int K = 4;

  /** A command, and what its error says. */
  private static final String REFUSED =
      """
      ade update --index $index --point-deletes $unknown.txt | there is no point 1
      ade update --index $index --point-deletes $missing.txt | missing.txt
      ade update --index $index --point-deletes $words.txt | words.txt:2: Bern is no whole number
      ade update --index $index --point-updates $short.csv | short.csv has 2 numbers after the id; the points have 6
      ade update --index $index --point-updates $named.csv | is not all whole numbers
      ade update --index $index --metric-updates $short.csv | short.csv has 3 columns
      ade update --index $index --metric-updates $beyond.csv | row 0: 4.0 is no row of U; they are 0 to 3
      ade update --index $none --point-deletes $unknown.txt | not an index
      ade update --index $index | no change
      ade query --index $index | no queries
      ade query --index $index --queries $short.csv | short.csv has 3 features; the points have 6
      ade query --index $points.csv --queries $short.csv | not an index
      """;

  @TempDir Path folder;
  private int runs;

  /** What the index should hold. */
  private final Map<Long, double[]> points = new TreeMap<>();

  private final double[][] factor = new double[K][D];
  private final Random random = new Random(11);

  @BeforeEach
  void startSpark() {
    LocalSpark.session();
  }

  private CommandRun run(String words) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(words.replace("$", folder + "/").split(" ")));
    if (!words.contains("--output")) {
      all.addAll(List.of("--output", folder.resolve("run" + runs++).toString()));
    }
    all.add("-q");
    return CommandRun.of(all);
  }

  private String succeeds(String words) throws Exception {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private double[] vector(int length) {
    return random.doubles(length, -3, 3).toArray();
  }

  private static String line(Object first, double[] rest) {
    return first
        + ","
        + Arrays.stream(rest).mapToObj(Double::toString).collect(Collectors.joining(","));
  }

  private void write(String name, Stream<String> lines) throws IOException {
    Files.write(folder.resolve(name), lines.toList());
  }

  private void build(int n) throws Exception {
    for (long id = 0; id < n; id++) {
      points.put(7 * id, vector(D));
    }
    for (int a = 0; a < K; a++) {
      System.arraycopy(vector(D), 0, factor[a], 0, D);
    }
    write("points.csv", points.entrySet().stream().map(e -> line(e.getKey(), e.getValue())));
    write(
        "factor.csv",
        Arrays.stream(factor).map(r -> line(r[0], Arrays.copyOfRange(r, 1, r.length))));
    succeeds(
        "ade build --input $points.csv --id-column first --metric factor:$factor.csv --output $index");
  }

  /** Changes, inserts and deletes some points and some rows of U, in files and beside. */
  private String change(int round) throws IOException {
    List<String> lines = new ArrayList<>();
    List<Long> ids = new ArrayList<>(points.keySet());
    for (int i = 0; i < 20; i++) {
      long id = i < 12 ? ids.get(random.nextInt(ids.size() / 2)) : 100_000L * round + i;
      double[] now = vector(D);
      lines.add(line(id, now));
      points.put(id, now);
    }
    write("changes.csv", lines.stream());
    List<Long> gone = ids.subList(ids.size() - 3 - round, ids.size()).stream().limit(3).toList();
    gone.forEach(points::remove);
    write("gone.txt", gone.stream().map(String::valueOf));
    List<String> updates = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int a = random.nextInt(K);
      double[] u = vector(D);
      updates.add(line(a, u));
      for (int j = 0; j < D; j++) {
        factor[a][j] += u[j];
      }
    }
    write("updates.csv", updates.stream());
    return "ade update --index $index --point-updates $changes.csv --point-deletes $gone.txt"
        + " --metric-updates $updates.csv";
  }

  /** Asks the index, and compares with all pairs. */
  private void holds() throws Exception {
    double[][] queries = new double[30][];
    Arrays.setAll(queries, q -> vector(D));
    write(
        "queries.csv",
        Arrays.stream(queries).map(q -> line(q[0], Arrays.copyOfRange(q, 1, q.length))));
    succeeds("ade query --index $index --queries $queries.csv --k 8");
    List<Row> rows =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("run" + (runs - 1) + "/tables/neighbors").toString())
            .orderBy("query", "rank")
            .collectAsList();
    Metric metric = Metric.factor(Matrix.ofRows(factor));
    int at = 0;
    for (int q = 0; q < queries.length; q++) {
      double[] query = queries[q];
      List<Map.Entry<Long, Double>> expected =
          points.entrySet().stream()
              .map(e -> Map.entry(e.getKey(), metric.distance(e.getValue(), query)))
              .sorted(Comparator.comparingDouble(Map.Entry::getValue))
              .limit(8)
              .toList();
      for (Map.Entry<Long, Double> near : expected) {
        Row row = rows.get(at++);
        assertThat(row.getLong(0)).isEqualTo(q);
        assertThat(row.getLong(2)).isEqualTo(near.getKey());
        assertThat(row.getDouble(3)).isCloseTo(near.getValue(), within(1e-9));
      }
    }
    assertThat(rows).hasSize(at);
  }

  @Test
  void updatesAreWhatTheySay() throws Exception {
    build(40);
    holds();
    for (int round = 1; round <= 3; round++) {
      assertThat(succeeds(change(round))).contains("epoch " + (round + 1) + ":", "3 went");
      holds();
    }
    // Files of epochs before the last two are gone.
    try (Stream<Path> epochs = Files.list(folder.resolve("index/index/epochs"))) {
      assertThat(epochs.map(e -> e.getFileName().toString()).filter(e -> !e.startsWith(".")))
          .containsExactlyInAnyOrder("000000003.json", "000000004.json");
    }
    try (Stream<Path> factors = Files.list(folder.resolve("index/index/metric"))) {
      assertThat(factors.filter(f -> !f.getFileName().toString().startsWith("."))).hasSize(2);
    }
  }

  @Test
  void anUpdateThatFailsLeavesTheEpochBeforeAndGoesOn() throws Exception {
    build(3000);
    String words = change(1);
    // The manifest cannot be put in place: the update fails at its very end.
    Path epochs = folder.resolve("index/index/epochs");
    String before = Files.readString(epochs.resolve("000000001.json"));
    Path blocked = epochs.resolve("000000002.json");
    Files.createDirectory(blocked);
    CommandRun failed = run(words + " --output $update");
    assertThat(failed.exit()).as(failed.err()).isEqualTo(3);
    assertThat(failed.err()).contains("the index cannot be written");
    Files.delete(blocked);
    assertThat(Files.readString(epochs.resolve("000000001.json"))).isEqualTo(before);
    succeeds(words + " --output $update --resume");
    holds();
  }

  /** It ends after its commit, and another is made before it is resumed. */
  @Test
  void nothingIsAppliedTwice() throws Exception {
    build(200);
    // What cannot be swept ends the update when its epoch is there.
    Path stale = Files.createDirectories(folder.resolve("index/index/metric/stale"));
    Files.writeString(stale.resolve("file"), "");
    String words = change(1);
    for (String file : List.of("changes.csv", "gone.txt", "updates.csv")) {
      Files.copy(folder.resolve(file), folder.resolve("first-" + file));
    }
    String first =
        words.replace("$c", "$first-c").replace("$g", "$first-g").replace("$u", "$first-u");
    CommandRun failed = run(first + " --output $first");
    assertThat(failed.exit()).as(failed.err()).isEqualTo(3);
    Files.delete(stale.resolve("file"));
    holds();
    succeeds(change(2));
    CommandRun resumed = run(first + " --output $first --resume");
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("epoch 3 holds this update already");
    holds();
    succeeds(change(3));
    holds();
  }

  @Test
  void columnsAreFoundByTheNamesInTheIndex() throws Exception {
    write("p.csv", Stream.of("id,a,b", "1,0,9", "2,5,0"));
    succeeds("ade build --input $p.csv --id-column id --output $index");
    write("q.csv", Stream.of("b,a", "0,5"));
    succeeds("ade query --index $index --queries $q.csv --k 1 --output $asked");
    write("u.csv", Stream.of("key;b;a", "3;1,0;7"));
    run("ade update --index $index --point-updates $u.csv --output $no")
        .isRefusedWith("u.csv: cells are separated by ;: give --delimiter");
    succeeds("ade update --index $index --point-updates $u.csv --delimiter ; --decimal ,");
    write("q3.csv", Stream.of("b,a", "1,7"));
    succeeds("ade query --index $index --queries $q3.csv --k 1 --output $again");
    assertThat(nearest("asked")).containsExactly(2L, 0.0);
    assertThat(nearest("again")).containsExactly(3L, 0.0);

    write("other.csv", Stream.of("a,c", "0,5"));
    run("ade query --index $index --queries $other.csv --output $no")
        .isRefusedWith("other.csv: no column b, which is a feature of the points; add it");
    write("more.csv", Stream.of("key,a,b,c", "1,0,5,2"));
    run("ade update --index $index --point-updates $more.csv")
        .isRefusedWith("more.csv: column c is no feature of the index");
  }

  /** Id and distance of the one neighbor of the one query. */
  private List<Object> nearest(String output) {
    Row row =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve(output + "/tables/neighbors").toString())
            .head();
    return List.of(row.<Object>getAs("id"), row.<Object>getAs("distance"));
  }

  @Test
  void badInputIsRefusedAndChangesNothing() throws Exception {
    build(30);
    Files.writeString(folder.resolve("unknown.txt"), "7\n1\n");
    Files.writeString(folder.resolve("words.txt"), "7\nBern\n");
    Files.writeString(folder.resolve("short.csv"), "0,1,2\n");
    Files.writeString(folder.resolve("named.csv"), "Bern,1,2,3,4,5,6\nRom,1,2,3,4,5,6\n");
    Files.writeString(folder.resolve("beyond.csv"), "4,1,2,3,4,5,6\n");
    for (String line : REFUSED.lines().toList()) {
      String[] parts = line.split(" [|] ");
      run(parts[0] + " --output $refused").isRefusedWith(parts[1]);
      assertThat(folder.resolve("refused")).doesNotExist();
    }
    holds();
  }

  @Test
  void damageIsSaidAndRefused() throws Exception {
    build(30);
    Files.writeString(folder.resolve("queries.csv"), "1,2,3,4,5,6\n");
    String words = "ade query --index $index --queries $queries.csv --output $refused";
    Path points = folder.resolve("index/index/points");
    Path file;
    try (Stream<Path> files = Files.list(points)) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    run(words).isRefusedWith("is missing or damaged");
    Files.delete(file);
    run(words).isRefusedWith("is missing or damaged");
    Files.write(file, whole);
    Path manifest = folder.resolve("index/index/epochs/000000001.json");
    String json = Files.readString(manifest);
    for (String bad :
        List.of(
            json.replace("\"rows\" : 30", "\"rows\" : 2000000000"),
            json.replace("\"dimension\" : 6", "\"dimension\" : 7"),
            json.replace("\"features\" : [ ]", "\"features\" : [ \"a\" ]"),
            json.replace("\"features\" : [ ]", "\"names\" : [ ]"),
            json.replace("\"file\" : \"0", "\"file\" : \"../0"),
            json.substring(0, 80))) {
      Files.writeString(manifest, bad);
      run(words).isRefusedWith("--index");
    }
  }
}
