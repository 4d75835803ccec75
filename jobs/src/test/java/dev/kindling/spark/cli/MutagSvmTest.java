package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.RealData;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The literature's figure: MUTAG at one block of two layers, uniform, on its own ten folds. */
class MutagSvmTest {
  @TempDir Path folder;

  @Test
  void theBestCostGivesThePublishedAccuracyAndTheNestedOneIsNear() throws Exception {
    Path mutag = RealData.require("graphs_gin/MUTAG");
    CommandRun run =
        CommandRun.of(
            "gntk",
            "--input",
            mutag.resolve("MUTAG.txt").toString(),
            "--fold-dir",
            mutag.resolve("10fold_idx").toString(),
            "--task",
            "svm",
            "--output",
            folder.resolve("run").toString(),
            "-q");
    assertThat(run.exit()).as(run.err()).isZero();
    List<Row> folds =
        LocalSpark.session().read().parquet(folder + "/run/tables/folds").collectAsList();
    assertThat(folds).hasSize(10);
    assertThat(mean(folds, "best")).as("best").isCloseTo(90.0, within(0.6));
    assertThat(mean(folds, "nested")).as("nested").isCloseTo(87.8, within(2.0));
  }

  private static double mean(List<Row> folds, String column) {
    return 100
        * folds.stream().mapToDouble(row -> row.<Double>getAs(column)).average().orElseThrow();
  }
}
