package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README: what it says and what it leaves. */
class FirstRunIT {
  @TempDir static Path folder;
  private static Launcher.Finished finished;
  private static Path run;

  @BeforeAll
  static void bzr() throws Exception {
    run = folder.resolve("X");
    finished =
        Launcher.run(
                folder,
                "gntk",
                "--data",
                "bzr",
                "--blocks",
                "1,2,3",
                "--output",
                "X",
                "--export",
                "csv")
            .succeeded();
  }

  @Test
  void theResultAndTheReportAreOnStdout() {
    assertThat(finished.out().lines())
        .anyMatch(line -> line.matches("kernel ridge, 10 folds of 163 graphs, .*"))
        .anyMatch(line -> line.matches(" +RMSE, nested +[0-9.]+ ± [0-9.]+ .*"))
        .anyMatch(line -> line.matches(" +RMSE, constant +[0-9.]+ ± [0-9.]+ .*"))
        .last()
        .isEqualTo("report " + run + "/report.html");
  }

  /** But for what depends on the machine: times, and the eigenvalues that are rounding. */
  @Test
  void theReadmeShowsThisResult() throws Exception {
    assertThat(Files.readString(Launcher.script().getParent().resolveSibling("README.md")))
        .contains("submit/kindling gntk --data bzr --blocks 1,2,3 ")
        .contains(
            finished
                .out()
                .lines()
                .filter(line -> line.matches(" +(RMSE|blocks).*"))
                .toArray(String[]::new));
  }

  @Test
  void progressIsALineAStageOnStderr() {
    assertThat(finished.err().lines()).allMatch(line -> line.matches("gntk: .*, [0-9.]+ s"));
  }

  @Test
  void nothingButTheRunDirectoryIsLeft() throws Exception {
    assertThat(Folder.names(folder))
        .allMatch(
            name ->
                name.matches(
                    "X/((run\\.json|metrics\\.jsonl|report\\.html|_SUCCESS|csv/|tables/|model/)|"
                        + "model/[a-z]+/|model/metadata/part-00000|model/[a-z]+/part-00000\\.parquet|"
                        + "csv/[a-z_]+\\.csv|tables/[a-z]+/|tables/[a-z]+/[a-z0-9-]+\\.parquet)?"))
        .contains("X/run.json", "X/metrics.jsonl", "X/report.html", "X/_SUCCESS");
  }

  @Test
  void theRecordSaysWhatRanOnWhatAndHowItWent() throws Exception {
    JsonNode json = new ObjectMapper().readTree(run.resolve("run.json").toFile());
    assertThat(json.path("job").asText()).isEqualTo("gntk");
    assertThat(json.path("version").asText()).isEqualTo(System.getProperty("kindling.version"));
    assertThat(json.path("options").path("data").asText()).isEqualTo("bzr");
    assertThat(json.path("options").path("blocks").asText()).isEqualTo("1,2,3");
    assertThat(json.path("seed").asLong()).isEqualTo(42);
    assertThat(json.path("input_fingerprint").asText()).matches("[0-9a-f]{64}");
    assertThat(json.path("master").asText()).isEqualTo("local[*]");
    assertThat(json.path("executors")).isNotEmpty();
    for (JsonNode executor : json.path("executors")) {
      assertThat(executor.path("id").asText()).isNotEmpty();
      assertThat(executor.path("host").asText()).isNotEmpty();
      assertThat(executor.path("blas").asText()).isNotEmpty();
    }
    assertThat(json.path("spark").asText()).isEqualTo(System.getProperty("kindling.spark.version"));
    assertThat(json.path("java").asText()).isNotEmpty();
    assertThat(json.path("task_failures").asInt(-1)).isZero();
    assertThat(json.path("metrics").path("graphs").asInt()).isEqualTo(163);
    assertThat(json.path("metrics").path("nested_mean").asDouble()).isPositive();
    assertThat(json.path("timings")).isNotEmpty();
    for (JsonNode timing : json.path("timings")) {
      assertThat(timing.path("stage").asText()).isNotEmpty();
      assertThat(timing.path("seconds").asDouble(-1)).isNotNegative();
    }
  }

  @Test
  void everyLineOfTheMetricsIsAnObject() throws Exception {
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      assertThat(new ObjectMapper().readTree(line).isObject()).as(line).isTrue();
    }
  }

  @Test
  void tablesAreParquet() throws Exception {
    List<String> files =
        Folder.names(run.resolve("tables")).stream().filter(n -> n.endsWith(".parquet")).toList();
    assertThat(files).anyMatch(name -> name.startsWith("gram/"));
    assertThat(files).anyMatch(name -> name.startsWith("predictions/"));
    for (String file : files) {
      String text =
          new String(
              Files.readAllBytes(run.resolve("tables").resolve(file)), StandardCharsets.ISO_8859_1);
      assertThat(text).as(file).startsWith("PAR1").endsWith("PAR1");
    }
  }

  @Test
  void everyFlatTableIsAlsoACsvWithAHeader() throws Exception {
    for (String table : List.of("graphs", "predictions", "folds", "path", "blocks", "spectrum")) {
      List<String> lines = Files.readAllLines(run.resolve("csv/" + table + ".csv"));
      assertThat(lines).as(table).hasSizeGreaterThan(1);
      assertThat(lines.get(0)).as(table).matches("[a-z_]+(,[a-z_]+)+");
      assertThat(lines).allMatch(l -> l.split(",", -1).length == lines.get(0).split(",").length);
    }
    assertThat(Files.readAllLines(run.resolve("csv/predictions.csv"))).hasSize(164);
  }

  @Test
  void theGramMatrixIsSymmetricWithoutAHeader() throws Exception {
    double[][] gram =
        Files.readAllLines(run.resolve("csv/gram_matrix.csv")).stream()
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    assertThat(gram).hasDimensions(163, 163);
    for (int i = 0; i < gram.length; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(gram[i][j]).isPositive().isEqualTo(gram[j][i]);
        assertThat(gram[i][j] * gram[i][j])
            .isLessThanOrEqualTo(gram[i][i] * gram[j][j] * (1 + 1e-12));
      }
    }
  }

  @Test
  void thePageIsSelfContained() throws Exception {
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page).contains("<svg", "</html>").doesNotContain("src=\"http", "href=\"http");
  }
}
