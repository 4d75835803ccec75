package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1, 1 B",
    "999, 999 B",
    "999.4, 999 B",
    "1000, 1.0 kB",
    "1049, 1.0 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "7.3e9, 7.3 GB",
    "1.5e12, 1.5 TB",
    "2e15, 2.0 PB",
    "5e18, 5000 PB",
  })
  void bytesAreShownAsPeopleSayThem(double bytes, String shown) {
    assertThat(Plan.bytes(bytes)).isEqualTo(shown);
  }

  @Test
  void whatDoesNotFitIsRefusedWithBothFiguresAndAdvice() {
    Plan plan =
        new Plan()
            .say("2 blocks")
            .needs("the Gram matrix", 4e9, 4e9, "Leave it out.")
            .needs("the eigenvectors", 8e9, 4e9, "Give more memory.");
    assertThat(plan.lines())
        .containsExactly(
            "2 blocks", "the Gram matrix: 4.0 GB of 4.0 GB", "the eigenvectors: 8.0 GB of 4.0 GB");
    assertThat(plan.refusals())
        .containsExactly("the eigenvectors needs 8.0 GB; there are 4.0 GB. Give more memory.");
  }

  @Test
  void aTaskHasAShareOfTheMemoryOfItsExecutor() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    assertThat(Memory.driver()).isPositive().isLessThan(Runtime.getRuntime().maxMemory());
    assertThat(Memory.executor(spark)).isEqualTo(Memory.driver());
    assertThat(Memory.task(spark))
        .isBetween(Memory.executor(spark) / spark.defaultParallelism(), Memory.executor(spark));
  }
}
