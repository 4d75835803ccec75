package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final Configuration CONF = new Configuration();

  @TempDir Path folder;

  @Test
  void nothingStandsUnderTheFinalNameUntilTheEnd() throws Exception {
    RunDirectory run = open("a/b/run", false, false);
    run.write("run.json", "{}");
    run.write("tables/x/part.txt", "1");
    assertThat(Files.exists(folder.resolve("a/b/run"))).isFalse();
    run.commit();
    assertThat(tree())
        .containsExactly("a/b/run/_SUCCESS", "a/b/run/run.json", "a/b/run/tables/x/part.txt");
    assertThat(run.shown()).isEqualTo(folder.resolve("a/b/run").toString());
  }

  @Test
  void aDiscardedRunTakesWithItTheFoldersThatItMade() throws Exception {
    Files.createDirectories(folder.resolve("a"));
    RunDirectory run = open("a/b/c/run", false, false);
    run.write("resume.json", "{}");
    run.discard();
    assertThat(folder.resolve("a")).isEmptyDirectory();
    RunDirectory other = open("a/d/run", false, false);
    Files.writeString(folder.resolve("a/d/mine.txt"), "kept");
    other.discard();
    assertThat(tree()).containsExactly("a/d/mine.txt");
  }

  @Test
  void anUnfinishedRunIsResumedWithItsFiles() throws Exception {
    open("run", false, false).write("work/part.txt", "half");
    refused("run", false, false)
        .hasMessage(
            "--output "
                + folder.resolve("run")
                + " has an unfinished run; give --resume to go on with it or --overwrite to start"
                + " again");
    RunDirectory again = open("run", false, true);
    assertThat(again.read("work/part.txt")).isEqualTo("half");
    assertThat(again.read("resume.json")).isNull();
    again.delete("work");
    again.commit();
    assertThat(tree()).containsExactly("run/_SUCCESS");
  }

  @Test
  void overwriteStartsAgainAndReplacesAtTheEndOnly() throws Exception {
    finished("run", "old");
    open("run", true, false).write("half.txt", "?");
    RunDirectory run = open("run", true, false);
    run.clear();
    assertThat(run.read("half.txt")).isNull();
    assertThat(Files.readString(folder.resolve("run/run.json"))).isEqualTo("old");
    run.write("run.json", "new");
    run.commit();
    assertThat(tree()).containsExactly("run/_SUCCESS", "run/run.json");
    assertThat(Files.readString(folder.resolve("run/run.json"))).isEqualTo("new");
  }

  @Test
  void anUnfinishedRunThatWasToBeReplacedOutlivesBadInput() throws Exception {
    open("run", false, false).write("half.txt", "?");
    open("run", true, false).discard();
    assertThat(open("run", false, true).read("half.txt")).isEqualTo("?");
  }

  @Test
  void aResumedRunReplacesNothingUnasked() throws Exception {
    finished("run", "old");
    open("run", true, false);
    refused("run", false, true)
        .hasMessage(
            "--resume: the unfinished run is to replace "
                + folder.resolve("run")
                + ", which exists; give --overwrite as well");
    open("run", true, true).commit();
    assertThat(tree()).containsExactly("run/_SUCCESS");
  }

  @Test
  void whatExistsIsRefusedAndLeftAlone() throws Exception {
    finished("run", "old");
    refused("run", false, false)
        .hasMessage(
            "--output "
                + folder.resolve("run")
                + " exists; give --overwrite to replace it, or another --output");
    refused("run", false, true)
        .hasMessage(
            "--resume: " + folder.resolve("run") + " is finished; leave --resume out to start one");
    refused("none", false, true)
        .hasMessage(
            "--resume: "
                + folder.resolve("none")
                + " has no unfinished run; leave --resume out to start one");
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/thesis.tex"), "years");
    refused("home", true, false)
        .hasMessage(
            "--overwrite: "
                + folder.resolve("home")
                + " is not a run directory (it has no run.json); remove it yourself or give another"
                + " --output");
    assertThat(tree()).containsExactly("home/thesis.tex", "run/_SUCCESS", "run/run.json");
  }

  @Test
  void whatCannotBeWrittenIsRefusedAndLeavesNothing() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    refused("file/run", false, false).hasMessageContaining(": cannot be written: ");
    refused("file/a/run", false, false).hasMessageContaining(": cannot be written: ");
    refused("file", false, false).hasMessageContaining(" exists; ");
    assertThatThrownBy(() -> RunDirectory.open("/", false, false, CONF))
        .hasMessage("--output /: the root cannot be a run directory");
    assertThatThrownBy(() -> RunDirectory.open("nowhere://x/run", false, false, CONF))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("--output nowhere://x/run: cannot be written: ");
    assertThat(tree()).containsExactly("file");
  }

  @Test
  void aFolderThatAppearedMeanwhileIsNotMixedWithTheRun() throws Exception {
    RunDirectory run = open("run", false, false);
    Files.createDirectories(folder.resolve("run"));
    assertThatThrownBy(run::commit)
        .isInstanceOf(JobFailure.class)
        .hasMessageEndingWith("/run is in the way");
    assertThat(folder.resolve("run")).isEmptyDirectory();
  }

  @Test
  void theNewestUnfinishedRunOfTheJobIsFound() throws Exception {
    String home = folder.toString();
    assertThat(RunDirectory.newestUnfinished(home + "/none", "gntk", CONF)).isNull();
    assertThat(RunDirectory.newestUnfinished(home, "gntk", CONF)).isNull();
    for (String name : List.of("gntk-3", "gntk-1", "gntk-2", "train-9")) {
      open(name, false, false);
    }
    finished("gntk-8", "{}");
    age(".gntk-1.unfinished", 3);
    age(".gntk-2.unfinished", 1);
    age(".gntk-3.unfinished", 2);
    assertThat(RunDirectory.newestUnfinished(home, "gntk", CONF)).isEqualTo(home + "/gntk-2");
  }

  private void age(String name, int hours) throws IOException {
    FileTime time = FileTime.fromMillis(1_700_000_000_000L - hours * 3_600_000L);
    Files.setLastModifiedTime(folder.resolve(name), time);
  }

  private void finished(String name, String record) {
    RunDirectory run = open(name, false, false);
    run.write("run.json", record);
    run.commit();
  }

  private RunDirectory open(String name, boolean overwrite, boolean resume) {
    return RunDirectory.open(folder.resolve(name).toString(), overwrite, resume, CONF);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(
      String name, boolean overwrite, boolean resume) {
    return assertThatThrownBy(() -> open(name, overwrite, resume)).isInstanceOf(BadInput.class);
  }

  /** Every file, checksums beside unfinished ones left out. */
  private List<String> tree() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
