package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRunTest extends RunsInFolder {
  private static final String SMALL =
      "ade audit --dimension 32 --gram-dimension 16 --answers 1000 ";
  private static final String SOUND = SMALL + "--eps 0.4 --rows 12 --sketches 200 --draws 41";
  private static final String WEAK = SMALL + "--eps 0.4 --rows 12 --sketches 1 --draws 1";

  @Test
  void theFixedSketchFallsAndTheAdaptiveStructureStands() throws Exception {
    CommandRun run = run(SOUND + " --export csv", "out");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("the adaptive structure holds", "report ");
    Dataset<Row> rows = table("out", "audit");
    assertThat(rows.columns()).containsExactly("structure", "attack", "answers", "low", "high");
    // 16, 32, …, 512 and 1000, and one row of the other attack, of both structures.
    assertThat(rows.count()).isEqualTo(16);
    String end = " and (attack = 'gram' or answers = 1000)";
    assertThat(rows.filter("structure = 'fixed' and low < 0.6 and high > 1.4" + end).count())
        .isEqualTo(2);
    assertThat(rows.filter("structure = 'adaptive' and low > 0.6 and high < 1.4").count())
        .isEqualTo(8);
    assertThat(folder.resolve("out/report.html")).content().contains("By answers alone", "1 − ε");
    assertThat(record("out").path("metrics").path("fixed_wrong").asDouble()).isOne();
    assertThat(record("out").has("failed_check")).isFalse();

    assertThat(run(SOUND + " --export csv", "again").exit()).isZero();
    String part = "tables/audit/part-00000.parquet";
    assertThat(folder.resolve("again/" + part))
        .hasSameBinaryContentAs(folder.resolve("out/" + part));
    assertThat(folder.resolve("again/csv/audit.csv"))
        .hasSameBinaryContentAs(folder.resolve("out/csv/audit.csv"));
    assertThat(run(SOUND + " --seed 43", "other").exit()).isZero();
    assertThat(table("other", "audit").collectAsList()).isNotEqualTo(rows.collectAsList());
  }

  @Test
  void aStructureThatFallsIsExitCode4() throws Exception {
    CommandRun run = run(WEAK, "out");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("kindling: the adaptive structure does not hold: ")
        .contains("100 % of its answers", "--eps 0.4", "give more --sketches");
    assertThat(folder.resolve("out/_SUCCESS")).exists();
    assertThat(table("out", "audit").count()).isEqualTo(16);
    assertThat(run.err()).contains(record("out").path("failed_check").asText());
    // One sketch and one draw are the fixed sketch.
    List<Row> fixed =
        table("out", "audit").filter("structure = 'fixed'").drop("structure").collectAsList();
    assertThat(
            table("out", "audit")
                .filter("structure = 'adaptive'")
                .drop("structure")
                .collectAsList())
        .isEqualTo(fixed);
  }

  @Test
  void aPipelineDoesNotTakeItForDone() throws Exception {
    Path file = folder.resolve("p.yaml");
    Files.writeString(
        file,
        String.join(
            "\n",
            "home: " + folder.resolve("home"),
            "retries: 1",
            "stages:",
            "  - {name: a, job: ade audit, dimension: 16, answers: 500, sketches: 1, draws: 1}"));
    for (int i = 0; i < 2; i++) {
      CommandRun run = CommandRun.of("pipeline", "run", file.toString(), "-q");
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.err()).contains("stage a: the adaptive structure does not hold");
      assertThat(run.out()).contains("\"attempts\":1");
    }
    assertThat(CommandRun.of("pipeline", "run", file.toString(), "--plan").out())
        .isEqualTo("a: run, its check did not hold\n");
  }

  @Test
  void thePlanSaysWhatItTakesAndWhatDoesNotFitIsRefused() throws Exception {
    CommandRun plan = run("ade audit --plan", "none");
    assertThat(plan.exit()).isZero();
    assertThat(plan.out())
        .contains("377 of 34 rows, 23 drawn", "1,176 unknowns", "16,384", "on the driver: ");
    run("ade audit --dimension 16384 --eps 0.02", "none").isRefusedWith("on the driver needs");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --dimension 1 | --dimension 1: must be from 2 to 16,384
          --dimension 20 --gram-dimension 21 | --gram-dimension 21: must be at most --dimension 20
          --gram-dimension 257 | --gram-dimension 257: must be from 2 to 256
          --answers 0 | --answers 0: must be from 1 to 1,099,511,627,776
          --eps 1 | --eps 1.0: must be above 0 and below 1
          --eps NaN | --eps NaN: must be above 0 and below 1
          --eps 0.005 | --eps 0.005: takes sketches of
          --eps 1e-9 | --eps 1.0E-9: ε 1.0E-9 and δ 0.1 take more than 16777216 rows; give a larger one
          --delta 0 | --delta 0.0: must be above 0 and below 1
          --rows 0 | --rows 0: must be from 1 to 16,384
          --draws 4 | --draws 4: must be odd, for a median
          --draws 1001 | --draws 1001: must be from 1 to 999
          --sketches 0 | --sketches 0: must be at least 1
          --sketches 2 | --sketches 2: fewer than the 23 that a query draws; give fewer --draws
          --sketch srht --rows 300 | --sketch srht: has at most 256 rows for --dimension 256, and 300 are wanted
          --sketch fast | --sketch
          """)
  void badOptionsAreRefused(String options, String message) throws Exception {
    run("ade audit " + options, "parent/X").isRefusedWith(message);
    assertThat(folder).isEmptyDirectory();
  }
}
