package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that read the run directory of an earlier one. */
class EarlierRunTest {
  @TempDir static Path folder;

  @BeforeAll
  static void aKernel() throws Exception {
    Files.writeString(folder.resolve("g.txt"), "3\n2 1\n0 1 1\n1 1 0\n1 2\n0 0\n1 1\n1 0\n");
    Files.writeString(folder.resolve("bare.txt"), "1\n1 1\n0 0\n");
    assertThat(run("gntk --input @g.txt --task none --output @kernel").exit()).isZero();
    assertThat(run("datasets convert --input @g.txt --output @graphs").exit()).isZero();
  }

  private static CommandRun run(String words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    all.replaceAll(word -> word.replace("@", folder + "/"));
    return CommandRun.of(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gntk --input @g.txt --kernel @kernel --task none | --kernel with --task none: there is nothing to do
          gntk --input @g.txt --kernel @kernel --mlp 3 | --mlp 3: the kernel of
          gntk --input @g.txt --kernel @kernel --no-jk | --no-jk: the kernel of
          gntk --input @g.txt --kernel @kernel --factor 1 | --factor 1.0: the kernel of
          gntk --input @g.txt --kernel @kernel --scale degree | has --scale uniform
          gntk --input @g.txt --kernel @kernel --precision float | has --precision double
          gntk --input @g.txt --kernel @kernel --node-labels degree | has --node-labels auto
          gntk --input @bare.txt --kernel @kernel | its kernel is between other graphs
          gntk --input @g.txt --kernel @graphs | a run of datasets convert; give the run directory of a gntk run
          gntk --input @g.txt --kernel @g.txt | not a run directory (it has no run.json)
          gntk --input @g.txt --kernel @kernl | did you mean kernel?
          report --runs @kernel,@kernel | a run is named twice
          report --runs @kernel,@g.txt | g.txt: not a run directory
          report --title x | --runs
          """)
  void oneLineSaysWhatDoesNotFit(String words, String part) throws Exception {
    FolderState before = FolderState.of(folder);
    run(words + " --output @new/X").isRefusedWith(part);
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"gram/tile-00000-00000.parquet", "norms/part-00000.parquet"})
  void aDamagedTableOfTheKernelIsBadInput(String name) throws Exception {
    Path file = folder.resolve("kernel/tables/" + name);
    byte[] whole = Files.readAllBytes(file);
    try {
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
      CommandRun refused = run("gntk --input @g.txt --kernel @kernel --folds 2 -q --output @new/X");
      assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err().lines()).hasSize(1);
      assertThat(refused.err()).contains("run the kernel again");
      assertThat(folder.resolve("new")).doesNotExist();
      Files.delete(file);
      run("gntk --input @g.txt --kernel @kernel --folds 2 -q --output @new/X")
          .isRefusedWith("run the kernel again");
    } finally {
      Files.write(file, whole);
    }
  }

  @Test
  void aPlanSaysThatTheKernelIsRead() throws Exception {
    CommandRun plan = run("gntk --input @g.txt --kernel @kernel --folds 2 --plan");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("kernel: read from " + folder + "/kernel, not computed");
  }

  @Test
  void optionsOfAJobOfTwoWordsStandUnderBoth() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("two.conf"), "datasets { convert { inptu = \"g.txt\" } }\n");
    run("datasets convert --data bzr --config " + file + " --output @new/X")
        .isRefusedWith("two.conf:1: unknown option inptu; did you mean input?");
    Files.delete(file);
  }
}
