package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run would take, and the refusal of one that does not fit. */
class PlanIT {
  @TempDir Path folder;

  @Test
  void aPlanNamesColoursMemoryAndCostAndLeavesNothing() throws Exception {
    Launcher.Finished plan = Launcher.run(folder, "gntk", "--data", "bzr", "--plan").succeeded();
    assertThat(plan.out().lines())
        .anyMatch(line -> line.matches("colors at levels 0 to 1: 7 / 38"))
        .anyMatch(line -> line.matches("level 1, a task: .+ MB of .+ [MG]B"))
        .anyMatch(line -> line.matches("kernel: about [0-9.]+ s of one core.*"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatDoesNotFitIsRefusedWithFigures() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), 20_254, 4000, 4, 2);
    String before = Folder.sha256(folder);
    Launcher.run(
            folder,
            "gntk",
            "--input",
            "g.txt",
            "--output",
            "a/X",
            "--conf",
            "spark.driver.memory=600m")
        .isRefusedWith(
            "kernel ridge on 4,000 graphs, one task needs 768 MB; there are ",
            "--conf spark.driver.memory=");
    assertThat(Folder.sha256(folder)).isEqualTo(before);
  }
}
