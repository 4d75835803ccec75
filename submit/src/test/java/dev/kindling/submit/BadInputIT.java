package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bad input through the launcher: one line, exit code 2, nothing left. The cases are a choice of
 * those that module jobs goes through in one JVM.
 */
class BadInputIT {
  @TempDir Path folder;

  private void isRefused(String words, String... parts) throws Exception {
    String before = Folder.sha256(folder);
    Launcher.run(folder, Stream.of(words.split(" ")).toArray(String[]::new)).isRefusedWith(parts);
    assertThat(Folder.sha256(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gntkk --data bzr | unknown job gntkk; did you mean gntk?
          gntk --data bzzr --output a/X | no such built-in set; did you mean bzr?
          gntk --data bzr --config no.conf | --config no.conf: no such file
          gntk --data bzr --conf blocks=2 | --conf blocks=2: should be spark.key=value
          gntk --data bzr --conf | --conf needs a value
          gntk --data bzr --conf spark.driver.memory=lots | spark.driver.memory=lots: should be an amount like 900m or 4g
          gntk --data bzr --conf spark.driver.memory=100m | System memory
          gntk --data bzr --master local[none] | --master local[none]: should be local, local[N] or local[*]
          gntk --data bzr --output /proc/new/X | --output /proc/new/X: cannot be written
          gntk --data bzr --resume | --resume: no unfinished run of gntk
          gntk --data bzr --folds 1000 --output a/X | --folds 1000: there are 163 graphs
          """)
  void oneLineSaysWhatIsWrong(String words, String part) throws Exception {
    isRefused(words, part);
  }

  @Test
  void aFinishedRunIsNotTouchedUnasked() throws Exception {
    Path run = Files.createDirectory(folder.resolve("X"));
    Files.writeString(run.resolve("run.json"), "{}");
    isRefused("gntk --data bzr --output X", "--output X exists; give --overwrite");
    assertThat(Arrays.asList(run.toFile().list())).containsExactly("run.json");
  }
}
