package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.spark.gntk.GraphKernelRidgeModel;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {
  @TempDir Path folder;

  @Test
  void theJobPredictsWhatTheModelDoes() throws Exception {
    String fit = folder.resolve("fit").toString();
    String predicted = folder.resolve("predicted").toString();
    succeeds("gntk", "--data", "bzr", "--blocks", "2", "--output", fit, "-q");
    succeeds("predict", "--model", fit + "/model", "--data", "bzr", "--output", predicted, "-q");
    SparkSession spark = LocalSpark.session();
    try (GraphSet set = GraphSets.builtin(spark, "bzr")) {
      List<Row> ofTheModel =
          GraphKernelRidgeModel.load(fit + "/model")
              .transform(set.toDataFrame(spark))
              .select("id", "prediction")
              .sort("id")
              .collectAsList();
      List<Row> ofTheJob =
          spark
              .read()
              .parquet(predicted + "/tables/predictions")
              .select("id", "prediction")
              .sort("id")
              .collectAsList();
      assertThat(ofTheModel).hasSize(163).isEqualTo(ofTheJob);
    }
  }

  private static void succeeds(String... words) throws Exception {
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).as(run.err()).isZero();
  }
}
