package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String CLEARED = "\r\u001b[K";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void withoutATerminalEachStageIsALine() {
    try (Progress progress = progress(false, 0)) {
      progress.accept();
      progress.start("read");
      progress.end("188 graphs");
      progress.start("kernel");
      progress.end(null);
    }
    assertThat(shown())
        .matches("gntk: read 188 graphs, \\d+\\.\\d s\\Rgntk: kernel, \\d+\\.\\d s\\R");
  }

  @Test
  void linesAreHeldBackUntilTheInputIsAccepted() {
    try (Progress progress = progress(false, 0)) {
      progress.start("start");
      progress.end(null);
      progress.start("read");
      progress.end(null);
      assertThat(shown()).isEmpty();
      progress.accept();
      assertThat(shown().lines().map(line -> line.replaceFirst(",.*", "")))
          .containsExactly("gntk: start", "gntk: read");
    }
  }

  @Test
  void quietMeansNothing() {
    for (int columns : new int[] {0, 80}) {
      try (Progress progress = progress(true, columns)) {
        progress.start("read");
        progress.clear();
        progress.end("188 graphs");
        progress.accept();
      }
      assertThat(shown()).isEmpty();
    }
  }

  @Test
  void whatARunWaitsForIsALineUnlessQuiet() {
    try (Progress progress = progress(false, 0)) {
      progress.start("read");
      progress.waits("no core");
      progress.end(null);
      progress.waits("no file");
    }
    assertThat(shown()).matches("gntk: no core\\Rgntk: read, .*\\Rgntk: no file\\R");
    err.reset();
    try (Progress progress = progress(true, 80)) {
      progress.waits("no core");
    }
    assertThat(shown()).isEmpty();
  }

  @Test
  void onATerminalTheBarIsClearedBeforeALineAndAtTheEnd() {
    try (Progress progress = progress(false, 80)) {
      progress.accept();
      progress.start("read");
      progress.end("188 graphs");
    }
    assertThat(shown()).contains(CLEARED + "gntk: read 188 graphs, ").endsWith(CLEARED);
  }

  @Test
  void theBarShowsTasksAndStaysWithinTheTerminal() {
    try (Progress progress = progress(false, 30)) {
      progress.start("kernel");
      progress.draw();
      assertThat(shown()).isEqualTo(CLEARED + "gntk: kernel 0 s");
      err.reset();
      progress.submitted(4);
      progress.ended(true);
      progress.ended(false);
      progress.draw();
      assertThat(shown()).startsWith(CLEARED + "gntk: kernel [######");
      assertThat(shown().substring(CLEARED.length())).hasSize(29);
      assertThat(progress.taskFailures()).isEqualTo(1);
    }
  }

  private Progress progress(boolean quiet, int columns) {
    return new Progress(new PrintStream(err, true, StandardCharsets.UTF_8), "gntk", quiet, columns);
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
