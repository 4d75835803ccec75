package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tarball of {@code mvn -Pdist package}: unpacked, it runs for any account, without Maven. */
class DistIT {
  private static final String NAME = "kindling-" + System.getProperty("kindling.version");

  @TempDir static Path folder;
  private static Path unpacked;

  @BeforeAll
  static void packAndUnpack() throws Exception {
    Account.open(folder);
    Path pack = Launcher.script().resolveSibling("pack-tarball");
    run(folder, pack.toString(), NAME, folder.toString());
    run(folder, "tar", "-xzf", NAME + ".tar.gz");
    unpacked = folder.resolve(NAME);
  }

  private static Launcher.Finished run(Path where, String program, String... words)
      throws Exception {
    try (Launcher launcher = Launcher.start(where, Map.of(), Path.of(program), words)) {
      return launcher.end().succeeded();
    }
  }

  @Test
  void theFolderHoldsWhatThePagesName() {
    assertThat(
            Stream.of(
                "README.md",
                "LICENSE",
                "NOTICE",
                "jobs/docs/gntk.md",
                "submit/cluster",
                "submit/examples/molecules.yaml",
                "submit/examples/app/pom.xml",
                "submit/target/kindling.jar"))
        .allMatch(file -> Files.isReadable(unpacked.resolve(file)));
    assertThat(unpacked.resolve("pom.xml")).doesNotExist();
  }

  @Test
  void anotherAccountRunsItWithoutAHome() throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    Account.open(work);
    Launcher.Finished finished =
        Account.another()
            .run(
                work, unpacked.resolve("submit/kindling"), "gntk", "--data", "bzr", "--output", "X")
            .succeeded();
    assertThat(finished.out()).contains("kernel ridge, 10 folds of 163 graphs");
    assertThat(finished.err().lines()).allMatch(line -> line.matches("gntk: .*, [0-9.]+ s"));
    assertThat(work.resolve("X/_SUCCESS")).exists();
    assertThat(Files.readString(work.resolve("X/run.json"))).contains("JNIBLAS");
  }

  @Test
  void nothingIsWrittenIntoTheFolder() throws Exception {
    String before = Folder.sha256(unpacked);
    Launcher.Finished help =
        Account.another().run(folder, unpacked.resolve("submit/kindling"), "--help").succeeded();
    assertThat(help.out()).contains("gntk");
    assertThat(Folder.sha256(unpacked)).isEqualTo(before);
  }
}
