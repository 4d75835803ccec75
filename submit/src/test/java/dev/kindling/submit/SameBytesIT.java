package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract's "The same bytes", over all tables of a run and its model's weights. */
class SameBytesIT {
  @TempDir Path folder;

  @Test
  void tablesDoNotDependOnPartitionsOrCores() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), 20_251, 300, 12, 4);
    Map<String, String> bytes = new LinkedHashMap<>();
    for (int[] setting : new int[][] {{1, 1}, {1, 2}, {2, 2}, {2, 7}, {1, 64}}) {
      String cores = "local[" + setting[0] + "]";
      String partitions = "spark.default.parallelism=" + setting[1];
      Path run = folder.resolve("run-" + bytes.size());
      Launcher.run(
              folder,
              "gntk",
              "--input",
              "g.txt",
              "--blocks",
              "3",
              "--folds",
              "5",
              "--output",
              run.toString(),
              "--master",
              cores,
              "--conf",
              partitions)
          .succeeded();
      assertThat(Folder.names(run.resolve("tables"))).contains("gram/", "predictions/", "path/");
      bytes.put(
          cores + " " + partitions,
          Folder.sha256(run.resolve("tables"))
              + Folder.sha256(run.resolve("model/colors"))
              + Folder.sha256(run.resolve("model/model")));
    }
    assertThat(bytes.values().stream().distinct()).as(bytes.toString()).hasSize(1);
  }
}
