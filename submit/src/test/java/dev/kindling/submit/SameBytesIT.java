package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract's "The same bytes", over all tables of a run and its model's weights. */
class SameBytesIT {
  @TempDir static Path folder;
  @AutoClose private static OneJvm jvm;

  @BeforeAll
  static void start() throws Exception {
    jvm = OneJvm.in(folder);
  }

  @Test
  void gntkDoesNotDependOnPartitionsOrCores() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), 20_251, 300, 12, 4);
    areTheSame(
        "gntk --input g.txt --blocks 3 --folds 5",
        List.of("gram/", "predictions/", "path/"),
        List.of("colors", "model"),
        new int[][] {{1, 1}, {1, 2}, {2, 2}, {2, 7}, {1, 64}});
  }

  @Test
  void trainDoesNotDependOnPartitionsOrCores() throws Exception {
    areTheSame(
        "train --data digits --epochs 3 --steps-on executors",
        List.of("history/", "predictions/"),
        List.of("model", "classes"),
        new int[][] {{1, 1}, {2, 2}, {2, 7}});
  }

  @Test
  void adeDoesNotDependOnPartitionsOrCores() throws Exception {
    areTheSame(
        "ade --data digits --metric estimate:ledoit-wolf",
        List.of("neighbors/", "metric/", "predictions/"),
        List.of(),
        new int[][] {{1, 1}, {2, 2}, {2, 7}, {2, 64}});
  }

  @Test
  void sketchesDoNotDependOnPartitionsOrCores() throws Exception {
    areTheSame(
        "ade --data digits --mode sketch --eps 0.4 --k 3 --distances",
        List.of("neighbors/", "distances/"),
        List.of(),
        new int[][] {{1, 1}, {2, 7}});
  }

  /**
   * @param settings cores and partitions of each run
   */
  private void areTheSame(String words, List<String> tables, List<String> weights, int[][] settings)
      throws Exception {
    Map<String, String> bytes = new LinkedHashMap<>();
    for (int[] setting : settings) {
      String cores = "local[" + setting[0] + "]";
      String partitions = "spark.default.parallelism=" + setting[1];
      Path run = Files.createTempDirectory(folder, "run").resolve("X");
      List<String> all = new ArrayList<>(List.of(words.split(" ")));
      all.addAll(List.of("--output", run.toString(), "--master", cores, "--conf", partitions));
      jvm.run(all.toArray(String[]::new)).succeeded();
      assertThat(Folder.names(run.resolve("tables"))).containsAll(tables);
      StringBuilder sums = new StringBuilder(Folder.sha256(run.resolve("tables")));
      for (String part : weights) {
        sums.append(Folder.sha256(run.resolve("model").resolve(part)));
      }
      bytes.put(cores + " " + partitions, sums.toString());
    }
    assertThat(bytes.values().stream().distinct()).as(bytes.toString()).hasSize(1);
  }
}
