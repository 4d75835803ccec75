package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that a first visitor reads, and the commands in them. */
class HelpIT {
  @TempDir Path folder;

  @Test
  void theVersionIsTheBuilds() throws Exception {
    Launcher.Finished version = Launcher.run(folder, "--version").succeeded();
    assertThat(version.out())
        .isEqualTo("kindling " + System.getProperty("kindling.version") + "\n");
    assertThat(version.err()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "gntk --help",
        "predict --help",
        "report --help",
        "datasets --help",
        "datasets convert --help"
      })
  void theExampleRunsAsPrinted(String words) throws Exception {
    try (OneJvm jvm = OneJvm.in(folder)) {
      Launcher.Finished help = jvm.run(words).succeeded();
      assertThat(help.out()).startsWith("Usage: kindling");
      assertThat(help.err()).isEmpty();
      assertThat(folder).isEmptyDirectory();

      for (String command : examples(help.out())) {
        assertThat(jvm.run(command.split(" +")).succeeded().out()).isNotBlank();
      }
    }
    assertThat(Folder.names(folder)).allMatch(name -> name.matches("kindling-runs/([a-z].*)?"));
  }

  /** In order: the last may read what those before it leave. */
  private static List<String> examples(String help) {
    List<String> commands =
        help.substring(help.indexOf("Example"))
            .lines()
            .filter(line -> line.contains("submit/kindling "))
            .map(line -> line.replaceFirst(".*submit/kindling ", "").strip())
            .toList();
    assertThat(commands).isNotEmpty();
    return commands;
  }
}
