package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Molecules and made graphs on their way through the commands. */
class MoleculesAndMadeSetsTest {
  private static final String SMILES =
      """
      smiles name activity
      CO methanol 1.5
      CC(=O)C acetone 2.5
      C1CC broken 3.5
      c1ccccc1 benzene 4.5
      CCO ethanol 1.75
      """;

  @TempDir Path folder;

  private static CommandRun done(String... words) throws Exception {
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  private JsonNode record(String run) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(run).resolve("run.json").toFile());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aTuFolderHasNumbersOrNothingForLabels() throws Exception {
    Path set = Files.createDirectory(folder.resolve("set"));
    Files.writeString(set.resolve("S_A.txt"), "1, 2\n3, 4\n");
    Files.writeString(set.resolve("S_graph_indicator.txt"), "1\n1\n2\n2\n3\n4\n");
    done("gntk", "--input", set.toString(), "--task", "none", "--output", path("bare"));
    assertThat(record("bare").path("metrics").path("graphs").asInt()).isEqualTo(4);
    CommandRun.of("gntk", "--input", set.toString(), "--task", "ridge", "--output", path("no"))
        .isRefusedWith("--task ridge needs labels, and no graph has one; give --task none");

    Files.writeString(
        set.resolve("S_graph_attributes.txt"), "0.5, 1.25\n-3.75, 2\n1e-3, 0\n2, 7\n");
    List<String> fit = List.of("gntk", "--folds", "2", "--input", set.toString(), "--output");
    for (String column : List.of("0", "1")) {
      List<String> words = new java.util.ArrayList<>(fit);
      words.addAll(List.of(path("by" + column), "--target-column", column));
      CommandRun run = CommandRun.of(words);
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(record("by" + column).path("metrics").path("score").asText()).isEqualTo("rmse");
    }
  }

  @Test
  void aBrokenMoleculeEndsTheRunOrIsSkippedAndCounted() throws Exception {
    String molecules = Files.writeString(folder.resolve("m.smi"), SMILES).toString();
    List<String> fit =
        List.of("gntk", "--input", molecules, "--target-column", "activity", "--folds", "2");
    FolderState before = FolderState.of(folder);
    CommandRun.of(fit).isRefusedWith("m.smi:4: record 3: CDK cannot read it: ", "--skip-bad");
    assertThat(FolderState.of(folder)).isEqualTo(before);

    List<String> skipping = new java.util.ArrayList<>(fit);
    skipping.addAll(List.of("--skip-bad", "--labels", "numbers", "--output", path("fit")));
    CommandRun run = CommandRun.of(skipping);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("4 graphs").contains("1 broken records skipped");
    assertThat(record("fit").path("metrics").path("broken_records_skipped").asInt()).isEqualTo(1);
    assertThat(record("fit").path("first_broken_record").asText()).startsWith("m.smi:4: record 3");
    assertThat(Files.readString(folder.resolve("fit/report.html")))
        .contains("Left out: 1 broken records");

    String unlabelled = Files.writeString(folder.resolve("new.smi"), "CCCO\nOCO x\n").toString();
    done("predict", "--model", path("fit/model"), "--input", unlabelled, "--output", path("new"));
    assertThat(record("new").path("metrics").path("graphs").asInt()).isEqualTo(2);
    done(
        "datasets",
        "convert",
        "--input",
        molecules,
        "--skip-bad",
        "--target-column",
        "activity",
        "--output",
        path("parquet"));
    assertThat(done("datasets", "describe", "--input", path("parquet/tables/graphs")).out())
        .contains("size         4");
    assertThat(
            done(
                    "datasets",
                    "describe",
                    "--input",
                    molecules,
                    "--skip-bad",
                    "--target-column",
                    "last")
                .out())
        .contains("1 broken records (m.smi:4: record 3: ")
        .contains("2.5                         1");
  }

  @Test
  void aMadeSetIsReadBackAndItsBytesDoNotDependOnThePartitions() throws Exception {
    CommandRun made = done("datasets", "make", "random", "--graphs", "300", "--output", path("a"));
    assertThat(made.out()).startsWith("table graphs: 300 graphs, 7,500 nodes, ");
    System.setProperty("spark.default.parallelism", "7");
    try {
      done("datasets", "make", "random", "--graphs", "300", "--output", path("b"));
    } finally {
      System.clearProperty("spark.default.parallelism");
    }
    Path a = folder.resolve("a/tables/graphs");
    try (var files = Files.list(a)) {
      for (Path file : files.toList()) {
        assertThat(folder.resolve("b/tables/graphs").resolve(a.relativize(file)))
            .hasSameBinaryContentAs(file);
      }
    }
    assertThat(done("datasets", "describe", "--input", a.toString()).out())
        .contains("size         300")
        .contains("tags         0 to 3");
  }

  @ParameterizedTest
  @CsvSource({
    "motif, --motif, 99, --motif 99: should be from 2 to 25",
    "cycles, --nodes, 2, --nodes 2: should be from 3",
    "rings, --nodes, 5, rings",
  })
  void aSetThatCannotBeMadeIsRefused(String kind, String option, String value, String part)
      throws Exception {
    CommandRun.of("datasets", "make", kind, option, value, "--output", path("x"))
        .isRefusedWith(part);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "../x, --url, http://127.0.0.1:1, a set's name",
    "DS, --url, ftp://host, should be like https://",
    "DS, --sha256, 12, should be 64 hexadecimal digits",
  })
  void aDownloadThatCannotBeMadeIsRefused(String name, String option, String value, String part)
      throws Exception {
    CommandRun.of("datasets", "get", name, option, value, "--output", path("DS"))
        .isRefusedWith(part);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void withoutAServerTheDownloadFailsInOneLine() throws Exception {
    CommandRun run =
        CommandRun.of(
            "datasets", "get", "DS", "--url", "http://127.0.0.1:1/", "--output", path("DS"));
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo("kindling: http://127.0.0.1:1/DS.zip cannot be reached; is there a network?\n");
    assertThat(folder).isEmptyDirectory();
  }
}
