package dev.kindling.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Same rows, Params and seed: same weights, bit for bit. */
class SameWeightsTest {
  private static final MadeRows ROWS = MadeRows.of(5, 4000, 3);

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  private static RdbdClassifier stage(String kind) {
    RdbdClassifier stage =
        new RdbdClassifier()
            .setHiddenLayers(new int[] {8})
            .setBatchSize(512)
            .setMaxIter(2)
            .setWeightCol("weight")
            .setStepsOn("executors");
    return switch (kind) {
      case "gradients" -> stage;
      case "local" -> stage.setLocalSteps(4).setLocalWorkers(3);
      case "regret" -> stage.setLossRegret(true).setStepSize(0.3).setOptimizer("sgd");
      case "dropout" -> stage.setDropout(0.3).setRegParam(1e-3).setClip(0.5);
      case "schedule-free" -> stage.setSchedule("schedule-free");
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static double[] weights(RdbdClassifier stage, MadeRows rows, int partitions) {
    return stage.fit(rows.frame(partitions)).perceptron().weights();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradients", "local", "regret", "dropout", "schedule-free"})
  void forAnyPartitionsAndOrderOfTheRowsAndOnTheDriver(String kind) {
    double[] expected = weights(stage(kind), ROWS, 1);
    assertThat(weights(stage(kind), ROWS, 2)).isEqualTo(expected);
    assertThat(weights(stage(kind), ROWS.shuffled(8), 7)).isEqualTo(expected);
    assertThat(weights(stage(kind).setStepsOn("driver"), ROWS, 3)).isEqualTo(expected);
    assertThat(weights(stage(kind).setSeed(7), ROWS, 1)).isNotEqualTo(expected);
  }

  @Test
  void forAnyNumberOfPackedPartitions() {
    TrainingRows rows =
        new TrainingRows(
            ROWS.frame(3).withColumnRenamed("label", "y"),
            "rows",
            4000,
            MadeRows.FEATURES,
            3,
            true,
            null);
    var context =
        org.apache.spark.api.java.JavaSparkContext.fromSparkContext(
            LocalSpark.session().sparkContext());
    dev.kindling.nn.Shards shards = new dev.kindling.nn.Shards(3, 4);
    long[][] seen = new long[3][];
    int at = 0;
    for (int parts : new int[] {1, 5, 12}) {
      try (PackedRows packed =
          PackedRows.of(
              context,
              rows,
              shards,
              new TrainingRows.Packing(
                  dev.kindling.linalg.Precision.FLOAT, 0.1, true, 42, false, parts))) {
        assertThat(packed.parts().getNumPartitions()).isEqualTo(parts);
        seen[at++] =
            packed.parts().collect().stream()
                .flatMap(p -> java.util.Arrays.stream(p.train()))
                .mapToLong(
                    b ->
                        java.util.Arrays.hashCode((float[]) b.x()) * 31L
                            + java.util.Arrays.hashCode(b.y()))
                .toArray();
      }
    }
    assertThat(seen[1]).isEqualTo(seen[0]).hasSize(12);
    assertThat(seen[2]).isEqualTo(seen[0]);
  }
}
