package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed at any moment and then resumed, against one that nobody disturbed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledRunIT {
  private static final long SEED = 20_252;
  private static final int KILLS = 10;
  private static final int CHAINS = 2;

  @TempDir static Path folder;
  private String undisturbed;
  private int files;

  private static String[] words(String output, String... more) {
    // A killed Spark leaves its scratch files; here they go with the folder.
    String words =
        "gntk -q --input g.txt --blocks 2 --mlp 3 --task none --output "
            + output
            + " --conf spark.local.dir="
            + folder.resolve("scratch");
    return Stream.concat(Stream.of(words.split(" ")), Stream.of(more)).toArray(String[]::new);
  }

  private static Path hidden(String output) {
    return folder.resolve("." + output + ".unfinished");
  }

  @BeforeAll
  void aRunThatNobodyDisturbs() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), SEED, 700, 30, 5);
    try (Launcher run = Launcher.start(folder, words("whole"))) {
      run.until(
          () -> {
            files = Math.max(files, Folder.finishedFiles(hidden("whole")));
            return false;
          });
      run.end().succeeded();
    }
    assertThat(files).isGreaterThan(KILLS);
    undisturbed = Folder.sha256(folder.resolve("whole/tables"));
  }

  /** Killed again and again, each time later. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void resumesToTheSameBytes(int chain) throws Exception {
    String output = "killed-" + chain;
    for (int kill = chain; kill < KILLS; kill += CHAINS) {
      // The moment: so many finished files, one draw from each tenth of the run.
      double moment = (kill + new Random(SEED + kill).nextDouble()) / KILLS;
      int after = (int) (moment * files);
      if (!Files.exists(folder.resolve(output))) {
        try (Launcher run = Launcher.start(folder, again(output))) {
          run.until(
              () -> Files.exists(hidden(output)) && Folder.finishedFiles(hidden(output)) >= after);
          run.kill();
        }
      }
      System.out.printf(
          "seed %d: killed after %d of %d files, %d found%n",
          SEED + kill, after, files, Folder.finishedFiles(hidden(output)));
    }
    if (!Files.exists(folder.resolve(output))) {
      Launcher.run(folder, again(output)).succeeded();
    }
    assertThat(Folder.sha256(folder.resolve(output + "/tables"))).isEqualTo(undisturbed);
    assertThat(hidden(output)).doesNotExist();
    assertThat(Folder.names(folder.resolve(output)))
        .contains("run.json", "_SUCCESS")
        .doesNotContain("resume.json", "work/")
        .noneMatch(name -> name.contains(".writing") || name.contains(".crc"));
  }

  /** To begin, or to go on with what there is. */
  private static String[] again(String output) {
    return Files.exists(hidden(output)) ? words(output, "--resume") : words(output);
  }
}
