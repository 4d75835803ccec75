package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.ade.Itml;
import dev.kindling.ade.Lego;
import dev.kindling.ade.Lmnn;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Nca;
import dev.kindling.ade.NeighborAccuracy;
import dev.kindling.ade.OnlineMetricLearner;
import dev.kindling.ade.Pola;
import dev.kindling.ade.Rca;
import dev.kindling.ade.WithinScatter;
import dev.kindling.data.LocalSpark;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.MahalanobisMetricModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ade learn} makes of small tables, beside the learners called directly. */
class LearnRunTest {
  private static final int N = 140;
  private static final int D = 3;
  private static final int PAIRS = 60;

  private static final Matrix POINTS = Matrix.zeros(D, N);
  private static final int[] LABELS = new int[N];
  private static final int[] FIRST = new int[PAIRS];
  private static final int[] SECOND = new int[PAIRS];

  @TempDir static Path folder;

  /** The table as one file and as seven, and constraints on it. */
  @BeforeAll
  static void makeFiles() throws IOException {
    LocalSpark.session();
    SplittableRandom random = new SplittableRandom(11);
    List<String> lines = new ArrayList<>();
    for (int j = 0; j < N; j++) {
      LABELS[j] = random.nextInt(3);
      double[] x = {
        random.nextDouble(-1, 1) + 1.5 * LABELS[j],
        random.nextDouble(-4, 4),
        random.nextDouble(-1, 1) - 0.7 * LABELS[j]
      };
      System.arraycopy(x, 0, POINTS.values(), j * D, D);
      lines.add(x[0] + "," + x[1] + "," + x[2] + ",p" + j + ",class" + LABELS[j]);
    }
    String head = "a,b,c,name,kind\n";
    Files.writeString(folder.resolve("points.csv"), head + String.join("\n", lines) + "\n");
    Files.createDirectory(folder.resolve("parts"));
    for (int part = 0; part < 7; part++) {
      List<String> some = lines.subList(part * 20, part * 20 + 20);
      Files.writeString(
          folder.resolve("parts/" + part + ".csv"), head + String.join("\n", some) + "\n");
    }
    StringBuilder signs = new StringBuilder("i,j,target\n");
    StringBuilder squares = new StringBuilder();
    StringBuilder words = new StringBuilder("j,target,i\n");
    for (int c = 0; c < PAIRS; c++) {
      FIRST[c] = random.nextInt(N);
      SECOND[c] = (FIRST[c] + 1 + random.nextInt(N - 1)) % N;
      signs.append(FIRST[c] + "," + SECOND[c] + "," + target("itml", c) + "\n");
      squares.append(FIRST[c] + "," + SECOND[c] + "," + target("lego", c) + "\n");
      words.append("p" + SECOND[c] + "," + target("itml", c) + ",p" + FIRST[c] + "\n");
    }
    Files.writeString(folder.resolve("signs.csv"), signs);
    Files.writeString(folder.resolve("squares.csv"), squares);
    Files.writeString(folder.resolve("words.csv"), words);
  }

  private static double target(String learner, int c) {
    boolean similar = LABELS[FIRST[c]] == LABELS[SECOND[c]];
    return learner.equals("lego") ? (similar ? 0.5 : 8) : similar ? 1 : -1;
  }

  /** Words of which @ is the folder. */
  private static CommandRun run(String words) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(words.split(" ")));
    all.replaceAll(word -> word.replace("@", folder + "/"));
    all.addAll(List.of("-q"));
    return CommandRun.of(all);
  }

  private static final String POINTS_IN =
      " --input @points.csv --label-column kind --feature-columns a,b,c";

  /** U of a run, k×d. */
  private static Matrix learnt(String words, String output) throws Exception {
    CommandRun run = run("ade learn " + words + " --output @" + output);
    assertThat(run.exit()).as(run.err()).isZero();
    return factor(output);
  }

  private static Matrix factor(String output) {
    List<Row> rows =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve(output + "/tables/factor").toString())
            .collectAsList();
    Matrix u = Matrix.zeros(rows.size(), rows.get(0).<Vector>getAs("features").size());
    for (int i = 0; i < u.rows(); i++) {
      for (int j = 0; j < u.cols(); j++) {
        u.set(i, j, rows.get(i).<Vector>getAs("features").apply(j));
      }
    }
    return u;
  }

  private static JsonNode metrics(String output) throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve(output + "/run.json").toFile())
        .path("metrics");
  }

  private static double[] point(int j) {
    return Arrays.copyOfRange(POINTS.values(), j * D, (j + 1) * D);
  }

  private static Metric online(OnlineMetricLearner learner, String name, Metric start, int sweeps) {
    Metric metric = start;
    for (int step = 0; step < sweeps * PAIRS; step++) {
      int c = step % PAIRS;
      double[] v = point(FIRST[c]);
      double[] y = point(SECOND[c]);
      for (int k = 0; k < D; k++) {
        v[k] = (v[k] - y[k]) / 2;
      }
      var change = learner.learn(metric, c, v, target(name, c));
      metric = change.isPresent() ? metric.plus(change.get()) : metric;
    }
    return metric;
  }

  @ParameterizedTest
  @CsvSource({
    "lego, squares.csv, --eta 0.1",
    "itml, signs.csv, --upper 0.6 --lower 3 --gamma 2",
    "pola, signs.csv, --checkpoint-every 7"
  })
  void onlineLearnersLearnWhatTheyLearnAlone(String name, String file, String more)
      throws Exception {
    OnlineMetricLearner learner =
        switch (name) {
          case "lego" -> new Lego(0.1);
          case "itml" -> new Itml(0.6, 3, 2, PAIRS);
          default -> new Pola();
        };
    Metric expected = online(learner, name, learner.start(D), 3);
    Matrix u =
        learnt(
            "--learner %s --constraints @%s --sweeps 3 --scale 2 %s%s"
                .formatted(name, file, more, POINTS_IN),
            name);
    for (int k = 0; k < u.values().length; k++) {
      assertThat(2 * u.values()[k]).isEqualTo(expected.factor().values()[k]);
    }
    JsonNode metrics = metrics(name);
    assertThat(metrics.path("constraints").asInt()).isEqualTo(PAIRS);
    String measure = name.equals("lego") ? "error" : "violated";
    assertThat(metrics.path(measure + "_after").asDouble())
        .isLessThan(metrics.path(measure + "_before").asDouble());
    List<Row> history =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve(name + "/tables/history").toString())
            .collectAsList();
    assertThat(history).hasSize(3 * PAIRS);
    assertThat(history.get(0).schema().fieldNames())
        .containsExactly("step", "constraints", "before", "after", "loss");
    assertThat(folder.resolve(name + "/report.html"))
        .content()
        .contains("Constraints", "Neighbors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rca", "nca", "lmnn"})
  void learnersFromLabelsLearnWhatTheyLearnAlone(String name) throws Exception {
    Metric expected =
        switch (name) {
          case "rca" -> Rca.learn(WithinScatter.of(POINTS, LABELS));
          case "nca" -> Nca.learn(POINTS, LABELS, 2, 20);
          default -> Lmnn.learn(POINTS, LABELS, new Lmnn.Settings(2, 0.4, 5));
        };
    String more =
        switch (name) {
          case "rca" -> "";
          case "nca" -> " --rank 2 --iterations 20";
          default -> " --neighbors 2 --push 0.4 --iterations 5";
        };
    Matrix u = learnt("--export csv --validation 0 --learner " + name + more + POINTS_IN, name);
    assertThat(u.values()).isEqualTo(expected.factor().values());
    JsonNode metrics = metrics(name);
    assertThat(metrics.path("train_accuracy").asDouble())
        .isEqualTo(NeighborAccuracy.leaveOneOut(expected, POINTS, LABELS, 3));
    assertThat(metrics.path("euclidean_accuracy").asDouble())
        .isEqualTo(NeighborAccuracy.leaveOneOut(Metric.identity(D), POINTS, LABELS, 3));
    for (Row row :
        LocalSpark.session()
            .read()
            .parquet(folder.resolve(name + "/tables/metric").toString())
            .collectAsList()) {
      assertThat(row.getDouble(2))
          .isEqualTo(expected.matrix().get((int) row.getLong(0), (int) row.getLong(1)));
    }
    // What is exported reads back to the same bits.
    List<String> csv = Files.readAllLines(folder.resolve(name + "/csv/factor.csv"));
    assertThat(csv).hasSize(u.rows());
    assertThat(csv.get(0).split(",")[1]).isEqualTo(Double.toString(u.get(0, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"itml", "rca", "nca --rank 2", "lmnn --iterations 5"})
  void aFifthOfTheRowsJudgesWhatWasNotLearnedFromIt(String learner) throws Exception {
    String name = "held-" + learner.replaceAll(" .*", "");
    learnt("--learner " + learner + POINTS_IN, name);
    JsonNode metrics = metrics(name);
    assertThat(metrics.path("validation_rows").asInt()).isEqualTo(28);
    assertThat(metrics.path("rows").asInt()).isEqualTo(112);
    for (String figure : List.of("validation", "euclidean", "whitening")) {
      assertThat(metrics.path(figure + "_accuracy").asDouble(-1)).as(figure).isBetween(0.5, 1.0);
    }
    assertThat(metrics.has("train_accuracy")).isFalse();
    assertThat(folder.resolve(name + "/report.html")).content().contains("28 rows that were held");
  }

  @Test
  void rowsThatConstraintsNameJudgeNothing() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int j = 0; j + 1 < N; j += 2) {
      all.append(j + "," + (j + 1) + "," + (LABELS[j] == LABELS[j + 1] ? 1 : -1) + "\n");
    }
    Files.writeString(folder.resolve("all.csv"), all);
    String learn = "ade learn --learner itml --upper 0.6 --lower 3" + POINTS_IN;
    CommandRun run = run(learn + " --constraints @all.csv --output @named");
    assertThat(run.out()).contains("neighbors were not judged");
    assertThat(metrics("named").has("validation_accuracy")).isFalse();
    run(learn + " --constraints @signs.csv --output @some");
    assertThat(metrics("some").path("validation_rows").asInt()).isBetween(1, 27);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lego --constraints @squares.csv", "itml", "pola --pairs 50", "rca", "lmnn"})
  void anyPartitionsGiveTheSameBytes(String learner) throws Exception {
    String name = learner.replaceAll(" .*", "");
    String tail = " --learner " + learner + " --label-column kind --feature-columns a,b,c";
    Matrix one = learnt("--input @points.csv" + tail, name + "-one");
    Matrix seven = learnt("--input @parts" + tail, name + "-seven");
    assertThat(seven.values()).isEqualTo(one.values());
    for (String table : List.of("metric", "factor", "history")) {
      Path file = Path.of("tables", table, "part-00000.parquet");
      Path first = folder.resolve(name + "-one").resolve(file);
      if (Files.exists(first)) {
        assertThat(folder.resolve(name + "-seven").resolve(file)).hasSameBinaryContentAs(first);
      }
    }
    if (name.equals("itml")) {
      assertThat(learnt("--seed 7 --input @points.csv" + tail, "itml-other").values())
          .isNotEqualTo(one.values());
    }
  }

  @Test
  void whatWasLearntIsAStart() throws Exception {
    String learn = "--learner lego --constraints @squares.csv --eta 0.1" + POINTS_IN;
    Matrix once = learnt(learn, "once");
    Matrix twice = learnt(learn + " --initial @once/tables/factor", "twice");
    assertThat(twice.values()).isNotEqualTo(once.values());
    // LEGO has no state: two runs are two sweeps.
    assertThat(learnt(learn + " --sweeps 2", "sweeps").values()).isEqualTo(twice.values());
    run("ade learn --learner lego --constraints @squares.csv --initial @once/tables/factor"
            + " --input @points.csv --feature-columns a,b --output @no")
        .isRefusedWith("--initial", "has 3 columns; the points have 2 features");
  }

  @Test
  void idsMayBeWords() throws Exception {
    String learn = "--learner itml --upper 0.6 --lower 3" + POINTS_IN;
    Matrix numbers = learnt(learn + " --constraints @signs.csv", "by-number");
    Matrix words = learnt(learn + " --id-column name --constraints @words.csv", "by-word");
    assertThat(words.values()).isEqualTo(numbers.values());
  }

  @Test
  void thePlanSaysWhatWouldRun() throws Exception {
    CommandRun plan = run("ade learn --data digits --learner itml --plan");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("itml: 3,600 constraints, on up to 1,438 points of 64 features", "on the driver");
    assertThat(run("ade learn --data digits --learner rca --plan").out()).contains("one pass");
    assertThat(run("ade learn --data digits --learner nca --rank 9 --plan").out())
        .contains("1,438 rows of 64 features, 9 rows of U");
  }

  @Test
  void digitsWhiten() throws Exception {
    run("ade learn --data digits --learner rca --output @no")
        .isRefusedWith("--learner rca: the covariance within classes", "--shrink");
    CommandRun run = run("ade learn --data digits --learner rca --shrink 0.1 --output @white");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("rca: a metric of rank 64", "validation accuracy");
    assertThat(
            MahalanobisMetricModel.load(folder.resolve("white/model").toString())
                .getFactor()
                .values())
        .isEqualTo(factor("white").values());
    run("predict --data digits --model @white/model --output @no")
        .isRefusedWith("white/model: a metric, which predicts nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          itml | 0,1,2 | constraint 0, counted from 0: target 2.0; for itml it is 1 for similar points and -1
          pola | 0,1,1;3,2,0 | constraint 1, counted from 0: target 0.0; for pola it is 1
          lego | 0,1,-1 | constraint 0, counted from 0: target -1.0; for lego it is a squared distance
          lego | 0,1,nan | bad.csv:2: column target is nan
          lego | 0,1,inf | bad.csv:2: column target is inf
          itml | 4,4,1 | constraint 0, counted from 0: i and j are both 4
          itml | 0,1,1;0,140,1 | constraint 1, counted from 0: j is 140; no row of points.csv has this id
          itml | -1,1,1 | i is -1; no row of points.csv has this id
          itml | 0.5,1,1 | i is 0.5; the points' ids are whole numbers
          itml | 0,x,1 | bad.csv:2
          itml | 0,1 | bad.csv
          itml | `` | bad.csv holds no row
          """,
      quoteCharacter = '`')
  void badConstraintsAreRefused(String learner, String lines, String part) throws Exception {
    String head = lines.equals("0,1") ? "i,j\n" : "i,j,target\n";
    Files.writeString(folder.resolve("bad.csv"), head + lines.replace(";", "\n") + "\n");
    run("ade learn --constraints @bad.csv --learner " + learner + POINTS_IN + " --output @no")
        .isRefusedWith("bad.csv", part);
    assertThat(folder.resolve("no")).doesNotExist();
    assertThat(folder.resolve(".no.unfinished")).doesNotExist();
  }

  /** Constraints and a start are written as the points are. */
  @Test
  void oneDialectIsForAllFiles() throws Exception {
    for (String name : List.of("points", "signs", "start")) {
      String text =
          name.equals("start")
              ? "1,0,0\n0,1.5,0\n0,0,2\n"
              : Files.readString(folder.resolve(name + ".csv"));
      Files.writeString(folder.resolve(name + "-a.csv"), text);
      Files.writeString(folder.resolve(name + "-b.csv"), text.replace(",", ";").replace(".", ","));
    }
    String words =
        "--learner itml --label-column kind --feature-columns a,b,c --upper 2 --lower 9"
            + " --constraints @signs-X.csv --initial @start-X.csv --input @points-X.csv";
    Matrix plain = learnt(words.replace("X", "a"), "dialect-a");
    Matrix other = learnt(words.replace("X", "b") + " --delimiter ; --decimal ,", "dialect-b");
    assertThat(other).isEqualTo(plain);
  }

  @Test
  void pointsThatCannotBeLearntFromAreRefused() throws Exception {
    String tail = " --output @no";
    Files.writeString(folder.resolve("one.csv"), "a,kind\n1,x\n2,x\n3,x\n");
    run("ade learn --learner nca --label-column kind --input @one.csv" + tail)
        .isRefusedWith("one.csv: one class, [x]; a metric from labels needs two");
    Files.writeString(folder.resolve("single.csv"), "a,kind\n1,x\n2,y\n3,z\n");
    run("ade learn --learner itml --label-column kind --input @single.csv" + tail)
        .isRefusedWith("pairs need two classes, and a class of two rows");
    for (String learner : List.of("nca", "nca --rank 1", "lmnn", "rca")) {
      run("ade learn --label-column kind --input @single.csv --learner " + learner + tail)
          .isRefusedWith(learner.equals("rca") ? "one class needs two rows" : "no class has two");
    }
    Files.writeString(folder.resolve("few.csv"), "a,kind\n1,x\n2,x\n3,x\n4,y\n5,y\n");
    for (String learner : List.of("nca", "itml")) {
      run("ade learn --validation 0.9 --label-column kind --input @few.csv --learner "
              + learner
              + tail)
          .isRefusedWith(
              "few.csv: rows of one class among the 1 left to learn from, since 4 of 5 were held out;"
                  + " give more rows of each class, or --validation 0");
    }
    assertThat(
            run("ade learn --label-column kind --input @few.csv --learner nca --output @few").out())
        .contains("accuracies are of one row, which is right or wrong");
    Files.writeString(folder.resolve("lone.csv"), "a,kind\n1,x\n2,x\n3,x\n4,y\n5,y\n9,z\n");
    assertThat(
            run("ade learn --validation 0 --label-column kind --input @lone.csv --learner nca"
                    + " --output @lone")
                .out())
        .contains("1 of the 6 rows that judge have a class that no row they are compared with has");
    Files.writeString(folder.resolve("bare.csv"), "a,b\n1,2\n2,3\n3,4\n");
    run("ade learn --learner lmnn --input @bare.csv" + tail).isRefusedWith("bare.csv", "label");
    Files.writeString(folder.resolve("nan.csv"), "a,kind\n1,x\nnan,x\n3,y\n4,y\n");
    run("ade learn --label-column kind --input @nan.csv --learner lmnn" + tail)
        .isRefusedWith("nan.csv:3: column a is nan");
    Files.writeString(folder.resolve("twins.csv"), "a,n,kind\n1,7,x\n2,7,x\n3,8,y\n");
    Files.writeString(folder.resolve("twin-pairs.csv"), "7,8,-1\n");
    run("ade learn --learner itml --constraints @twin-pairs.csv --id-column n --label-column kind"
            + " --input @twins.csv"
            + tail)
        .isRefusedWith("twins.csv: two rows have the id 7");
    run("ade learn --learner nca --rank 4" + POINTS_IN + tail)
        .isRefusedWith("--rank 4: points.csv has 3 features");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void numbersWithoutEndAreOneLineAndExitCode3() throws Exception {
    Files.writeString(folder.resolve("far.csv"), "a,b\n1e200,0\n-1e200,1\n");
    Files.writeString(folder.resolve("far-pairs.csv"), "0,1,1\n");
    CommandRun run =
        run("ade learn --learner lego --constraints @far-pairs.csv --input @far.csv --output @far");
    assertThat(run.exit()).as(run.err()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("constraint 0", "--scale");
  }
}
