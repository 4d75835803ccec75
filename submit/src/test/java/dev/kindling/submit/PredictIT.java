package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model is fitted in one process and scores graphs in another. */
class PredictIT {
  @TempDir static Path folder;
  @AutoClose private static OneJvm jvm;
  private static Launcher.Finished finished;

  @BeforeAll
  static void fitAndPredict() throws Exception {
    jvm = OneJvm.in(folder);
    run("gntk --data bzr --blocks 2 --output fit");
    finished =
        run("predict --model fit/model --data bzr --export csv --output P --master local[1]");
  }

  private static Launcher.Finished run(String words) throws Exception {
    return jvm.run(words).succeeded();
  }

  @Test
  void everyGraphHasARowAndTheFigureIsThatOfTheRows() throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve("P/csv/predictions.csv"));
    assertThat(lines).hasSize(164).startsWith("id,label,prediction");
    double sum = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      double error =
          Double.parseDouble(cells[cells.length - 2]) - Double.parseDouble(cells[cells.length - 1]);
      sum += error * error;
    }
    JsonNode metrics =
        new ObjectMapper().readTree(folder.resolve("P/run.json").toFile()).path("metrics");
    assertThat(metrics.path("graphs").asInt()).isEqualTo(163);
    assertThat(metrics.path("rmse").asDouble())
        .isCloseTo(Math.sqrt(sum / 163), org.assertj.core.api.Assertions.within(1e-12));
    assertThat(finished.out()).containsPattern("rmse +0\\.\\d+ +of 163 labeled graphs");
  }

  @Test
  void theBytesDoNotDependOnPartitionsOrCores() throws Exception {
    run(
        "predict --model fit/model --data bzr --output again --master local[2] --conf spark.default.parallelism=7");
    assertThat(Folder.sha256(folder.resolve("again/tables")))
        .isEqualTo(Folder.sha256(folder.resolve("P/tables")));
  }

  @Test
  void graphsWithoutANodeAreNamedWithTheirLine() throws Exception {
    Files.writeString(folder.resolve("empty.txt"), "1\n0 1\n");
    isRefused("predict --model fit/model --input empty.txt", "empty.txt:2: graph 0 has 0 nodes");
  }

  @Test
  void aModelWithACutFileIsRefused() throws Exception {
    Path damaged = folder.resolve("damaged");
    for (String name : Folder.names(folder.resolve("fit/model"))) {
      Path to = damaged.resolve(name);
      Files.createDirectories(name.endsWith("/") ? to : to.getParent());
      if (!name.endsWith("/")) {
        Files.copy(folder.resolve("fit/model").resolve(name), to);
      }
    }
    Path colors = damaged.resolve("colors/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(colors);
    Files.write(colors, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    isRefused("predict --model damaged --data bzr", "--model damaged/colors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          predict --data bzr | --model
          predict --model fit/model | give --input URI or --data NAME
          predict --model fit --data bzr | --model fit: no model; give the folder model
          predict --model none --data bzr | --model none: no model
          predict --model fit/model --input none.txt | none.txt does not exist
          predict --model fit/model --data bzzr | did you mean bzr?
          """)
  void oneLineSaysWhatIsWrong(String words, String part) throws Exception {
    isRefused(words, part);
  }

  private static void isRefused(String words, String part) throws Exception {
    jvm.run(words + " --output new/X").isRefusedWith(part);
    assertThat(folder.resolve("new")).doesNotExist();
  }
}
