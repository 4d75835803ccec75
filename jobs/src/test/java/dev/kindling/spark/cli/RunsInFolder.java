package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose files and runs are in a folder of their own. */
abstract class RunsInFolder {
  @TempDir Path folder;

  @BeforeEach
  void startSpark() {
    LocalSpark.session();
  }

  /**
   * Runs a command.
   *
   * @param words $ is the folder
   * @param output the run's name in the folder
   */
  CommandRun run(String words, String output) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(words.replace("$", folder + "/").split(" ")));
    all.addAll(List.of("--output", folder.resolve(output).toString(), "-q"));
    return CommandRun.of(all);
  }

  CommandRun succeeds(String words, String output) throws Exception {
    CommandRun run = run(words, output);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  Dataset<Row> table(String output, String name) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(output + "/tables/" + name).toString());
  }

  /** That tables of two runs are the same files, and some. */
  void sameTables(String run, String other, String... names) throws IOException {
    for (String name : names) {
      Path in = folder.resolve(run + "/tables/" + name);
      try (Stream<Path> all = Files.list(in)) {
        List<Path> files = all.filter(f -> f.toString().endsWith(".parquet")).toList();
        assertThat(files).isNotEmpty();
        for (Path file : files) {
          Path same = folder.resolve(other + "/tables/" + name).resolve(file.getFileName());
          assertThat(Files.mismatch(same, file))
              .as("where %s differs from %s", same, file)
              .isEqualTo(-1);
        }
      }
    }
  }

  /** What {@code run.json} holds. */
  JsonNode record(String output) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(output + "/run.json").toFile());
  }

  JsonNode metrics(String output) throws IOException {
    return record(output).path("metrics");
  }

  /** Writes a table without a header. */
  void csv(String name, double[][] rows) throws IOException {
    Files.write(
        folder.resolve(name),
        Arrays.stream(rows)
            .map(r -> Arrays.stream(r).mapToObj(Double::toString).collect(Collectors.joining(",")))
            .toList());
  }
}
