package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Molecules with CDK's jars beside Kindling's, and without them. */
class MoleculesIT {
  @TempDir Path folder;

  private Path molecules() throws Exception {
    return Files.writeString(folder.resolve("m.smi"), "CO methanol\nCCO ethanol\n");
  }

  @Test
  void theLauncherBringsCdk() throws Exception {
    Launcher.Finished finished =
        Launcher.run(folder, "datasets", "describe", "--input", molecules().toString()).succeeded();
    assertThat(finished.out()).contains("size         2", "nodes        5");
  }

  @Test
  void withoutCdkItIsSaidInOneLine() throws Exception {
    Path target = Launcher.script().resolveSibling("target");
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(List.of(Files.readString(target.resolve("kindling.jvm")).strip().split(" ")));
    command.addAll(
        List.of(
            Launcher.FAST_START,
            "-cp",
            target.resolve("kindling.jar")
                + ":"
                + Files.readString(target.resolve("kindling.classpath")).strip(),
            "dev.kindling.spark.cli.Main",
            "datasets",
            "describe",
            "--input",
            molecules().toString()));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(err).strip())
        .isEqualTo(
            "kindling: m: molecules are read by CDK, whose jars are not on the class path; submit/kindling takes them from submit/target/lib, spark-submit by --jars");
  }
}
