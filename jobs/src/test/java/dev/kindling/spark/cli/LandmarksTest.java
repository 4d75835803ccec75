package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --landmarks} and {@code --neighbors}, as jobs. */
class LandmarksTest {
  @TempDir Path folder;

  private void succeeds(String words) throws Exception {
    CommandRun run = CommandRun.of(words.replace("{out}", folder.toString()).split(" "));
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private List<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(run) + "/tables/" + name)
        .collectAsList();
  }

  @Test
  void allTablesTheModelAndThePageAreThere() throws Exception {
    succeeds(
        "gntk --data bzr --landmarks 30 --landmarks-by kmeans --landmark-pieces 3 --landmark-features 20 --neighbors 2 --output {out}/n");
    assertThat(table("n", "landmarks")).hasSize(30);
    assertThat(table("n", "features"))
        .hasSize(163)
        .allSatisfy(row -> assertThat(row.<Vector>getAs("features").size()).isEqualTo(20));
    assertThat(table("n", "graphs")).hasSize(163);
    assertThat(table("n", "predictions")).hasSize(163);
    assertThat(table("n", "neighbors")).hasSize(2 * 163);
    assertThat(folder.resolve("n/tables/gram")).doesNotExist();
    assertThat(Files.readString(folder.resolve("n/run.json")))
        .containsPattern("\"landmarks\" : 30")
        .contains("\"trace_kept\"");
    assertThat(Files.readString(folder.resolve("n/report.html")))
        .contains("30 landmarks, chosen by k-means++", "Columns by level")
        .doesNotContain("Gram matrix</h2>");
    succeeds("predict --model {out}/n/model --data bzr --output {out}/p");
    assertThat(table("p", "predictions")).hasSize(163);
  }

  @Test
  void neighborsOfAnEarlierKernelNeedNoLabels() throws Exception {
    succeeds("gntk --data bzr --task none --output {out}/k");
    succeeds("gntk --data bzr --task none --kernel {out}/k --neighbors 5 --output {out}/m");
    assertThat(table("m", "neighbors"))
        .hasSize(5 * 163)
        .allSatisfy(row -> assertThat(row.getDouble(3)).isBetween(0.0, 1.0));
  }

  @Test
  void moreLandmarksThanGraphsAreRefused() throws Exception {
    CommandRun.of("gntk", "--data", "bzr", "--landmarks", "164", "--output", folder + "/x")
        .isRefusedWith("--landmarks 164: bzr has 163 graphs; give at most that many");
    assertThat(folder).isEmptyDirectory();
  }
}
