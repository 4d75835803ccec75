package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gntk --blocks} with several numbers, beside runs with one each. */
class BlocksRunTest {
  private static final List<Integer> NUMBERS = List.of(0, 2);

  @TempDir static Path folder;

  @BeforeAll
  static void graphs() throws Exception {
    LocalSpark.session();
    succeeds("datasets make motif --graphs 40 --nodes 9 --tags 2 --seed 6", "made");
  }

  private static CommandRun run(String words, String output) throws Exception {
    return CommandRun.of(
        (words.replace("$", folder + "/") + " -q --output " + folder.resolve(output)).split(" "));
  }

  private static CommandRun succeeds(String words, String output) throws Exception {
    CommandRun run = run(words, output);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  private static List<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(run + "/tables/" + name).toString())
        .collectAsList();
  }

  private static JsonNode record(String run) throws IOException {
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(folder.resolve(run + "/run.json").toFile());
  }

  private static double mean(List<Row> folds, String column) {
    return folds.stream().mapToDouble(row -> row.getAs(column)).average().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "ridge, --no-jk --select best, leave_one_out, lambda",
    "svm, '--jk --cost 1,10', five_folds, cost"
  })
  void itIsTheChoiceAmongRunsWithOneNumberEach(
      String task, String options, String selection, String parameter) throws Exception {
    String name = task + options.hashCode();
    String words =
        "gntk --input $made/tables/graphs --folds 4 --task " + task + " " + options + " --blocks ";
    String out = succeeds(words + "2,0", name).out();
    Map<Integer, List<Row>> folds = new TreeMap<>();
    double best = Double.NEGATIVE_INFINITY;
    int chosen = -1;
    for (int blocks : NUMBERS) {
      String alone = name + "-" + blocks;
      succeeds(words + blocks, alone);
      folds.put(blocks, table(alone, "folds"));
      List<Row> path = table(alone, "path");
      List<Row> own =
          table(name, "path").stream().filter(r -> r.<Long>getAs("blocks") == blocks).toList();
      assertThat(own).hasSameSizeAs(path);
      for (int point = 0; point < path.size(); point++) {
        for (String column : path.get(0).schema().fieldNames()) {
          assertThat(own.get(point).<Double>getAs(column)).isEqualTo(path.get(point).getAs(column));
        }
        double score = path.get(point).getAs(selection);
        chosen = score > best ? blocks : chosen;
        best = Math.max(best, score);
      }
      Row line = table(name, "blocks").get(NUMBERS.indexOf(blocks));
      assertThat(line.<Long>getAs("blocks")).isEqualTo(blocks);
      assertThat(line.<Double>getAs("nested_mean"))
          .isEqualTo(record(alone).at("/metrics/nested_mean").asDouble());
      assertThat(line.<Double>getAs(selection))
          .isEqualTo(record(alone).at("/metrics/" + selection).asDouble());
    }
    JsonNode record = record(name);
    assertThat(record.at("/options/blocks").asText()).isEqualTo("2,0");
    assertThat(record.at("/metrics/blocks").asInt()).isEqualTo(chosen);
    assertThat(out)
        .containsPattern(" blocks +" + chosen + " +by .*, from 0, 2; the 4 folds chose these");
    theFilesAreThoseOfTheChosenNumber(name, name + "-" + chosen);

    List<Row> nested = table(name, "folds");
    for (int f = 0; f < nested.size(); f++) {
      int blocks = Math.toIntExact(nested.get(f).getAs("nested_blocks"));
      assertThat(record.at("/metrics/nested_blocks/" + f).asInt()).isEqualTo(blocks);
      Row alone = folds.get(blocks).get(f);
      for (String column : List.of("nested", "nested_" + parameter, "constant")) {
        assertThat(nested.get(f).<Double>getAs(column)).isEqualTo(alone.getAs(column));
      }
    }
    assertThat(table(name, "blocks").stream().mapToLong(r -> r.getAs("folds")).sum())
        .isEqualTo(nested.size());
    assertThat(mean(nested, "best"))
        .isEqualTo(
            folds.values().stream().mapToDouble(each -> mean(each, "best")).max().orElseThrow());
    String report = Files.readString(folder.resolve(name + "/report.html"));
    assertThat(report)
        .contains("Number of blocks", "chosen from 0 and 2)", "blocks (nested)")
        .doesNotContain("NaN");
  }

  private static void theFilesAreThoseOfTheChosenNumber(String several, String alone)
      throws IOException {
    for (String files : List.of("tables/gram", "tables/norms", "model/colors", "model/model")) {
      try (var all = Files.list(folder.resolve(alone).resolve(files))) {
        List<Path> parts = all.filter(file -> file.toString().endsWith(".parquet")).toList();
        assertThat(parts).isNotEmpty();
        for (Path file : parts) {
          assertThat(folder.resolve(several).resolve(files).resolve(file.getFileName()))
              .hasSameBinaryContentAs(file);
        }
      }
    }
  }

  @Test
  void theChosenKernelAndModelServeLaterRuns() throws Exception {
    String input = " --input $made/tables/graphs";
    CommandRun fitted = succeeds("gntk --folds 3 --blocks 1,2" + input, "fitted");
    int chosen = record("fitted").at("/metrics/blocks").asInt();
    assertThat(fitted.out()).contains("blocks and penalty chosen without the test rows");
    succeeds("gntk --folds 3 --kernel $fitted --blocks " + chosen + input, "later");
    assertThat(record("later").at("/metrics/leave_one_out"))
        .isEqualTo(record("fitted").at("/metrics/leave_one_out"));
    run("gntk --folds 3 --kernel $fitted --blocks 1,2" + input, "refused")
        .isRefusedWith(
            "--blocks 1,2: the kernel of ",
            " has --blocks " + chosen + "; leave --blocks or --kernel out");
    succeeds("predict --model $fitted/model" + input, "predicted");
    assertThat(table("predicted", "predictions")).hasSize(40);
  }

  @Test
  void aConfigurationAndAPipelineGiveSeveral() throws Exception {
    String words = "gntk --input $made/tables/graphs --plan";
    System.setProperty("spark.kindling.blocks", "0,1");
    try {
      assertThat(run(words, "never").out()).contains("0 or 1 blocks");
    } finally {
      System.clearProperty("spark.kindling.blocks");
    }
    Files.writeString(folder.resolve("b.conf"), "blocks = [1, 2]");
    assertThat(run(words + " --config $b.conf", "never").out()).contains("1 or 2 blocks");
    Files.writeString(
        folder.resolve("p.yaml"),
        "name: p\nhome: "
            + folder.resolve("home")
            + "\nstages:\n  - {name: k, job: gntk, data: bzr, blocks: [0, 1]}\n");
    assertThat(run("pipeline run $p.yaml --plan", "never").out()).contains("k: run");
    Files.writeString(
        folder.resolve("q.yaml"),
        "name: q\nhome: "
            + folder.resolve("home")
            + "\nstages:\n  - {name: k, job: gntk, data: bzr, blocks: [1, 1]}\n");
    run("pipeline run $q.yaml --plan", "never")
        .isRefusedWith("q.yaml:4: stage k: --blocks 1,1: give each number once");
  }

  @Test
  void graphsWithoutLabelsAreRefused() throws Exception {
    Path set = Files.createDirectory(folder.resolve("bare"));
    Files.writeString(set.resolve("bare_A.txt"), "1, 2\n2, 1\n3, 4\n4, 3\n");
    Files.writeString(set.resolve("bare_graph_indicator.txt"), "1\n1\n2\n2\n");
    run("gntk --blocks 1,2 --input $bare", "refused")
        .isRefusedWith("--blocks 1,2: no graph of bare has a label that could choose one");
  }

  @Test
  void aPlanCountsEveryKernel() throws Exception {
    String plan = run("gntk --input $made/tables/graphs --blocks 3,1 --plan", "never").out();
    assertThat(plan)
        .contains("1 or 3 blocks of 2 ReLU layers")
        .contains("several numbers of blocks share its levels")
        .contains("kernel ridge: 2 kernels, a task each");
    assertThat(
            run("gntk --input $made/tables/graphs --task svm --blocks 3,1 --plan", "never").out())
        .contains("SVM: 22 tasks");
  }
}
