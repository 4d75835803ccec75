package dev.kindling.spark.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.data.BuiltinSets;
import dev.kindling.data.LocalSpark;
import dev.kindling.data.table.NumericTable;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.nn.Training;
import dev.kindling.nn.TrainingStep;
import dev.kindling.spark.setting.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Property 9 of the design: η does not die, and the loss goes on falling, in a long run. */
class LongRunTest {
  private static final Path FASHION =
      Path.of("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz");

  @Test
  void theRateStaysAliveOnDigits() {
    staysAlive(
        NumericTables.read(
            LocalSpark.session(), BuiltinSets.table("digits"), TableOptions.defaults().needLabel()),
        32);
  }

  @Test
  void theRateStaysAliveOnFashion() {
    assumeTrue(Files.exists(FASHION), FASHION + " is not there: Debian's dataset-fashion-mnist");
    staysAlive(
        NumericTables.read(
            LocalSpark.session(), FASHION.toString(), TableOptions.defaults().needLabel()),
        16);
  }

  private static void staysAlive(NumericTable table, int hidden) {
    FitOptions options =
        FitOptions.of(Settings.none())
            .with(TrainSettings.HIDDEN, List.of(hidden))
            .with(TrainSettings.EPOCHS, 3 * TrainSettings.EPOCHS.standard().orElseThrow())
            .with(TrainSettings.STEPS_ON, TrainSettings.StepsOn.driver);
    List<TrainingStep> steps = new ArrayList<>();
    TrainingRows rows =
        new TrainingRows(
            table.rows().select(col("features"), col("label").as("y"), lit(1.0).as("weight")),
            table.source(),
            table.numRows(),
            table.numFeatures(),
            table.labels().orElseThrow().classes().size(),
            false,
            null);
    try (PerceptronFit fit =
        new PerceptronFit(
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()),
            rows,
            options)) {
      fit.pack()
          .training(null, Long.MAX_VALUE)
          .run(
              new Training.Watcher() {
                @Override
                public void stepped(TrainingStep step) {
                  steps.add(step);
                }
              });
    }
    double most = steps.stream().mapToDouble(TrainingStep::learningRate).max().orElseThrow();
    assertThat(steps).allMatch(step -> step.learningRate() > 1e-2 * most);
    int sixth = steps.size() / 6;
    double before = mean(steps.subList(4 * sixth, 5 * sixth));
    double after = mean(steps.subList(5 * sixth, 6 * sixth));
    assertThat(after).isLessThan(before);
  }

  private static double mean(List<TrainingStep> steps) {
    return steps.stream().mapToDouble(TrainingStep::loss).average().orElseThrow();
  }
}
