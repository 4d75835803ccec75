package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 14,000 graphs whose Gram matrix is larger than the memory of the process that computes it. */
class LargeSetIT {
  private static final int TILES = 105;

  @TempDir static Path folder;

  /** Long enough for the optimising compiler. */
  private static Launcher start(String words) throws Exception {
    String all = words + " --conf spark.local.dir=" + folder.resolve("scratch");
    return Launcher.start(
        folder, Map.of("SPARK_SUBMIT_OPTS", ""), Launcher.script(), all.split(" "));
  }

  private static Launcher.Finished run(String words) throws Exception {
    try (Launcher launcher = start(words)) {
      return launcher.end().succeeded();
    }
  }

  private static long tiles(Path run) {
    Path gram = run.resolve("tables/gram");
    if (!Files.isDirectory(gram)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(gram)) {
      return files.filter(file -> file.getFileName().toString().startsWith("tile-")).count();
    } catch (java.io.IOException e) {
      return 0; // it has just been moved
    }
  }

  @Test
  void isPlannedRunKilledAndResumedInLessMemory() throws Exception {
    run("datasets make random --graphs 14000 --nodes 25 --output made");
    String words =
        "gntk --input made/tables/graphs --blocks 1 --task none --output k --conf spark.driver.memory=600m";
    assertThat(run(words + " --plan").out())
        .contains("14,000 graphs")
        .contains("in 105 tiles")
        .contains("784 MB for the Gram matrix");
    assertThat(folder.resolve("k")).doesNotExist();
    Path hidden = folder.resolve(".k.unfinished");
    try (Launcher run = start(words)) {
      run.until(() -> tiles(hidden) >= TILES / 3);
      run.kill();
    }
    long found = tiles(hidden);
    assertThat(found).isBetween((long) TILES / 3, (long) TILES - 1);
    assertThat(run(words + " --resume").err()).contains("read-out");
    assertThat(tiles(folder.resolve("k"))).isEqualTo(TILES);
    assertThat(hidden).doesNotExist();
  }
}
