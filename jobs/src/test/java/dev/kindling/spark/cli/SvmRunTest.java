package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.spark.gntk.GraphKernelSvmModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvmRunTest {
  private static final int GRAPHS = 40;

  @TempDir static Path folder;

  /** Paths; the class is whether most tags are 1. */
  @BeforeAll
  static void graphs() throws Exception {
    Random random = new Random(109);
    StringBuilder text = new StringBuilder(GRAPHS + "\n");
    StringBuilder numbers = new StringBuilder(GRAPHS + "\n");
    for (int g = 0; g < GRAPHS; g++) {
      int nodes = 3 + random.nextInt(5);
      int ones = 0;
      StringBuilder lines = new StringBuilder();
      for (int u = 0; u < nodes; u++) {
        int tag = random.nextInt(2);
        ones += tag;
        lines.append(tag).append(u == 0 || u == nodes - 1 ? " 1" : " 2");
        lines.append(u > 0 ? " " + (u - 1) : "").append(u < nodes - 1 ? " " + (u + 1) : "");
        lines.append('\n');
      }
      text.append(nodes).append(2 * ones > nodes ? " 1\n" : " 0\n").append(lines);
      numbers.append(nodes).append(" ").append(ones + 0.5).append('\n').append(lines);
    }
    Files.writeString(folder.resolve("g.txt"), text);
    Files.writeString(folder.resolve("numbers.txt"), numbers);
    Files.writeString(folder.resolve("bare.txt"), "1\n1 1\n0 0\n");
  }

  private static CommandRun run(String words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    all.replaceAll(word -> word.replace("@", folder + "/"));
    return CommandRun.of(all);
  }

  private static Path succeeds(String name, String words) throws Exception {
    CommandRun run = run(words + " --folds 3 --output @" + name);
    assertThat(run.exit()).as(run.err()).isZero();
    return folder.resolve(name);
  }

  private static List<Row> table(Path run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(run.resolve("tables/" + name).toString())
        .collectAsList();
  }

  private static Map<String, String> bytes(Path run, String... names) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    for (String name : names) {
      try (Stream<Path> files = Files.list(run.resolve(name))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
          bytes.put(
              name + "/" + file.getFileName(),
              java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    return bytes;
  }

  private static final String[] RESULTS = {
    "tables/predictions",
    "tables/folds",
    "tables/path",
    "tables/confusion",
    "tables/roc",
    "model/colors",
    "model/model"
  };

  @Test
  void tablesAndModelHaveTheSameBytesForAnyPartitioning() throws Exception {
    Path graphs = folder.resolve("graphs");
    assertThat(run("datasets convert --input @g.txt --output @graphs").exit()).isZero();
    SparkSession spark = LocalSpark.session();
    Map<String, String> first = null;
    for (int parts : new int[] {1, 2, 7}) {
      spark
          .read()
          .parquet(graphs.resolve("tables/graphs").toString())
          .repartition(parts)
          .write()
          .parquet(folder.resolve("parts-" + parts).toString());
      Path run =
          succeeds(
              "same-" + parts, "gntk --input @parts-" + parts + " --task svm --cost 1,10,100 -q");
      Map<String, String> bytes = bytes(run, RESULTS);
      first = first == null ? bytes : first;
      assertThat(bytes).isEqualTo(first);
    }
  }

  @Test
  void anEarlierKernelGivesTheBytesOfOneStep() throws Exception {
    succeeds("kernel", "gntk --input @g.txt --task none -q");
    Path one = succeeds("one", "gntk --input @g.txt --task svm --cost 1,10 -q");
    Path two = succeeds("two", "gntk --input @g.txt --kernel @kernel --task svm --cost 1,10 -q");
    assertThat(bytes(two, RESULTS)).isEqualTo(bytes(one, RESULTS));
  }

  @Test
  void bothFiguresArePrintedInTheOrderAskedFor() throws Exception {
    String words = "gntk --input @g.txt --task svm --cost 1,10 --folds 3 --output @";
    assertThat(run(words + "nested --select nested").out())
        .contains("SVM, 3 folds of 40 graphs, 2 classes")
        .containsSubsequence("accuracy, nested", "accuracy, one cost", "accuracy, constant")
        .contains("area under ROC, nested", "of class 1");
    assertThat(run(words + "best --select best").out())
        .containsSubsequence("accuracy, one cost", "accuracy, nested");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ridge", "svm"})
  void classesGetConfusionAndRoc(String task) throws Exception {
    Path run = succeeds("classes-" + task, "gntk --input @g.txt --task " + task + " -q");
    List<Row> confusion = table(run, "confusion");
    assertThat(confusion).hasSize(4);
    assertThat(confusion.stream().mapToLong(row -> row.getAs("graphs")).sum()).isEqualTo(GRAPHS);
    long right =
        table(run, "predictions").stream()
            .filter(row -> row.getAs("label").equals(row.getAs("prediction")))
            .count();
    assertThat(
            confusion.stream()
                .filter(row -> row.getAs("label").equals(row.getAs("prediction")))
                .mapToLong(row -> row.getAs("graphs"))
                .sum())
        .isEqualTo(right);
    List<Row> roc = table(run, "roc");
    assertThat(roc.get(0).isNullAt(0)).isTrue();
    assertThat(roc.get(roc.size() - 1).<Double>getAs("true_positive_rate")).isEqualTo(1);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("Confusion matrix", "ROC of class 1")
        .doesNotContain("NaN");
    assertThat(Files.readString(run.resolve("run.json"))).contains("\"auc\"");
  }

  @Test
  void numbersAreLearntAndPredictedByTheModel() throws Exception {
    Path fit = succeeds("fit", "gntk --input @numbers.txt --labels numbers --task svm -q");
    assertThat(fit.resolve("tables/confusion")).doesNotExist();
    assertThat(run("predict --model @fit/model --input @numbers.txt --output @predicted -q").exit())
        .isZero();
    SparkSession spark = LocalSpark.session();
    try (GraphSet set = GraphSets.read(spark, folder.resolve("numbers.txt").toString(), null)) {
      List<Row> ofTheModel =
          GraphKernelSvmModel.load(fit + "/model")
              .transform(set.toDataFrame(spark))
              .select("id", "prediction")
              .sort("id")
              .collectAsList();
      List<Row> ofTheJob =
          spark
              .read()
              .parquet(folder.resolve("predicted/tables/predictions").toString())
              .select("id", "prediction")
              .sort("id")
              .collectAsList();
      assertThat(ofTheModel).hasSize(GRAPHS).isEqualTo(ofTheJob);
    }
  }

  @Test
  void foldsThatTrainOnOneClassPredictIt() throws Exception {
    Path folds = Files.createDirectory(folder.resolve("folds"));
    List<String> labels =
        Files.readAllLines(folder.resolve("g.txt")).stream()
            .skip(1)
            .filter(line -> line.split(" ").length == 2)
            .map(line -> line.split(" ")[1])
            .toList();
    for (int k = 0; k < 2; k++) {
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < GRAPHS; i++) {
        rows.append(labels.get(i).equals("" + k) ? i + "\n" : "");
      }
      Files.writeString(folds.resolve("test_idx-" + (k + 1) + ".txt"), rows);
    }
    Path run = succeeds("one-class", "gntk --input @g.txt --task svm --fold-dir @folds -q");
    for (Row row : table(run, "predictions")) {
      assertThat(row.<String>getAs("prediction")).isNotEqualTo(row.getAs("label"));
    }
    assertThat(Files.readString(run.resolve("run.json"))).doesNotContain("NaN");
  }

  @Test
  void aPlanSaysWhatATaskTakes() throws Exception {
    assertThat(run("gntk --input @g.txt --task svm --cost 1,10 --plan").out())
        .contains("SVM on 40 graphs, a task: 45 kB of")
        .contains("SVM: 11 tasks, 131 fits at 2 costs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @g.txt --task svm --tube 1 | --tube 1.0: is for numbers, and the labels are classes
          @numbers.txt --labels numbers --task svm --class-weights balanced | is for classes, and the labels are numbers
          @bare.txt --task svm | every label is 1; there is nothing to learn
          """)
  void optionsThatDoNotGoWithTheLabelsAreRefused(String words, String part) throws Exception {
    FolderState before = FolderState.of(folder);
    run("gntk --input " + words + " --output @new/X").isRefusedWith(part);
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }
}
