package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs, kernel, ridge and report as stages of their own: the bytes of the one-step run. */
class StagesIT {
  @TempDir static Path folder;
  @AutoClose private static OneJvm jvm;

  @BeforeAll
  static void theStages() throws Exception {
    jvm = OneJvm.in(folder);
    RandomGraphs.write(folder.resolve("g.txt"), 20_261, 150, 12, 3);
    RandomGraphs.write(folder.resolve("other.txt"), 20_262, 150, 12, 3);
    run("gntk --input g.txt --blocks 2 --folds 5 --output whole --master local[1]");
    run("datasets convert --input g.txt --output graphs --master local[2]");
    run("gntk --input graphs/tables/graphs --blocks 2 --task none --output kernel");
    run("gntk --input graphs/tables/graphs --kernel kernel --folds 5 --output ridge");
    run("report --runs graphs,kernel,ridge --title Weekly --export csv --output page");
  }

  private static void run(String words) throws Exception {
    jvm.run(words).succeeded();
  }

  private static String bytes(String name) throws Exception {
    return Folder.sha256(folder.resolve(name));
  }

  @Test
  void convertedGraphsHaveTheKernelOfTheirSource() throws Exception {
    assertThat(bytes("kernel/tables")).isNotEqualTo(bytes("whole/tables"));
    assertThat(bytes("kernel/tables/gram")).isEqualTo(bytes("whole/tables/gram"));
    assertThat(bytes("kernel/tables/norms")).isEqualTo(bytes("whole/tables/norms"));
  }

  @Test
  void theModelFromAnEarlierKernelIsThatOfTheOneStepRun() throws Exception {
    assertThat(folder.resolve("ridge/tables/gram")).doesNotExist();
    for (String part :
        List.of(
            "tables/predictions",
            "tables/folds",
            "tables/path",
            "tables/spectrum",
            "tables/graphs",
            "model/colors",
            "model/classes",
            "model/model")) {
      assertThat(bytes("ridge/" + part)).as(part).isEqualTo(bytes("whole/" + part));
    }
  }

  @Test
  void thePageLinksTheRunsAndShowsTheirFigures() throws Exception {
    String page = Files.readString(folder.resolve("page/report.html"));
    assertThat(page)
        .contains("<h1>Weekly</h1>", "../ridge/report.html", "nested_mean", "datasets convert")
        .doesNotContain("href=\"http");
    assertThat(Files.readAllLines(folder.resolve("page/csv/metrics.csv")))
        .startsWith("run,job,metric,value", "graphs,datasets convert,graphs,150.0")
        .anyMatch(line -> line.startsWith("ridge,gntk,nested_mean,0."));
    assertThat(Files.readAllLines(folder.resolve("page/csv/timings.csv")))
        .startsWith("run,stage,seconds")
        .anyMatch(line -> line.startsWith("kernel,read-out,"));
  }

  @Test
  void convertedBytesDoNotDependOnPartitionsOrCores() throws Exception {
    run(
        "datasets convert --input graphs/tables/graphs --output again --master local[1] --conf spark.default.parallelism=7");
    assertThat(bytes("again/tables")).isEqualTo(bytes("graphs/tables"));
  }

  @Test
  void theStandardOutputFolderHasTheWordsAsOne() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Launcher.Finished finished =
        Launcher.run(empty, "datasets", "convert", "--data", "bzr").succeeded();
    assertThat(finished.err().lines()).allMatch(line -> line.startsWith("datasets convert: "));
    assertThat(finished.out())
        .contains("163 graphs")
        .containsPattern("report .*/kindling-runs/datasets-convert-\\w+/report.html\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gntk --input graphs/tables/graphs --kernel kernel --blocks 3 | --blocks 3: the kernel of
          gntk --input other.txt --kernel kernel | its kernel is between other graphs
          gntk --input graphs/tables/graphs --kernel ridge | it read its kernel from kernel
          datasets convert --input nothing.txt | nothing.txt does not exist
          report --runs kernel,nothing | nothing does not exist
          """)
  void oneLineSaysWhatDoesNotFit(String words, String part) throws Exception {
    jvm.run(words + " --output new/X").isRefusedWith(part);
    assertThat(folder.resolve("new")).doesNotExist();
  }
}
