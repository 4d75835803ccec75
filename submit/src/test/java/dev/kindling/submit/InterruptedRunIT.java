package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and SIGTERM in the middle of a run, and what may go on with it. */
class InterruptedRunIT {
  private static final long SEED = 20_253;
  private static final String RUN = "gntk --input g.txt --blocks 2 --mlp 3 --task none --output X";

  @TempDir Path folder;
  private Path unfinished;

  @BeforeEach
  void aSetThatTakesSeconds() throws Exception {
    RandomGraphs.write(folder.resolve("g.txt"), SEED, 700, 30, 5);
    unfinished = folder.resolve(".X.unfinished");
  }

  private Launcher.Finished stoppedBy(String signal) throws Exception {
    try (Launcher run = Launcher.start(folder, RUN.split(" "))) {
      run.until(() -> Folder.finishedFiles(unfinished.resolve("work")) > 10);
      run.signal(signal);
      return run.end();
    }
  }

  @Test
  void ctrlCSaysInOneLineHowToGoOnAndOnlyTheSameRunGoesOn() throws Exception {
    Launcher.Finished stopped = stoppedBy("INT");
    assertThat(stopped.exit()).isEqualTo(130);
    assertThat(stopped.out()).isEmpty();
    assertThat(stopped.err().lines().filter(line -> !line.matches("gntk: .*, [0-9.]+ s")))
        .containsExactly(
            "gntk: stopped; go on with --resume --output "
                + folder.resolve("X")
                + " and the same options");

    try (OneJvm jvm = OneJvm.in(folder)) {
      String before = Folder.sha256(folder);
      jvm.run(RUN + " -q").isRefusedWith("--output X has an unfinished run");
      jvm.run(RUN + " -q --resume --factor 3")
          .isRefusedWith("begun with --factor 2.0, this one has --factor 3.0");
      assertThat(Folder.sha256(folder)).isEqualTo(before);

      String text = Files.readString(folder.resolve("g.txt"));
      Files.writeString(folder.resolve("g.txt"), text.replaceFirst("\n(\\d+) 0\n", "\n$1 1\n"));
      before = Folder.sha256(folder);
      jvm.run(RUN + " -q --resume").isRefusedWith("begun with input content ");
      assertThat(Folder.sha256(folder)).isEqualTo(before);

      Files.writeString(folder.resolve("g.txt"), text);
      jvm.run(RUN + " --resume").succeeded();
    }
    assertThat(Folder.names(folder.resolve("X"))).contains("_SUCCESS");
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void aTerminatedRunGoesOn() throws Exception {
    assertThat(stoppedBy("TERM").exit()).isEqualTo(143);
    Launcher.run(folder, (RUN + " --resume").split(" ")).succeeded();
    assertThat(Folder.names(folder.resolve("X"))).contains("_SUCCESS");
    assertThat(unfinished).doesNotExist();
  }
}
