package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.spark.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** {@code --plan} of every job, with the options that take it another way through the job. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPlanTest {
  private static final String BZR = "gntk --data bzr ";
  private static final String MADE = "gntk --input $made/tables/graphs ";
  private static final String ADE = "ade --input $points.csv ";

  /** $ is a folder with inputs and earlier runs. */
  private static final List<String> COMMANDS =
      List.of(
          BZR,
          BZR + "--blocks 2 --scale degree --no-jk",
          BZR + "--blocks 1,2,3",
          BZR + "--blocks 0,2 --task svm --folds 3 --cost 1",
          BZR + "--task none --export csv",
          BZR + "--task none --neighbors 3",
          BZR + "--task svm --folds 3 --cost 1,10",
          MADE + "--task svm --class-weights balanced",
          BZR + "--normalize cosine --select best",
          BZR + "--engine tiles --precision float",
          BZR + "--engine dense",
          BZR + "--landmarks 20",
          BZR + "--landmarks 20 --landmarks-by leverage --neighbors 2",
          BZR + "--landmarks 20 --landmarks-by kmeans --landmark-features 9 --task none",
          MADE + "--landmarks 9 --engine dense --export csv",
          BZR + "--kernel $kernel",
          "train --data digits",
          "train --data digits --hidden 8 --optimizer adam --schedule constant --steps-on executors",
          "train --data digits --schedule rdbd --peers constant --export csv",
          "train --input $points.csv --target-column last --validation 0",
          ADE + "--queries $queries.csv --radius 1 --metric estimate:mcd --export csv",
          ADE + "--metric factor:$factor.csv --mode sketch --distances",
          ADE + "--metric precision:$square.csv --mode adaptive --eps 0.5",
          "ade build --input $points.csv --metric factor:$factor.csv",
          "ade query --index $index --queries $queries.csv --mode adaptive --eps 0.5",
          "ade update --index $index --metric-updates $metric-updates.csv --point-updates $point-updates.csv --point-deletes $deletes.csv",
          "ade stream --index $index --queries $stream --until-done",
          "ade outliers --input $points.csv",
          "ade cluster --input $points.csv --clusters 3 --metric factor:$factor.csv",
          "ade audit",
          "ade learn --input $points.csv --learner lego --constraints $pairs.csv",
          "ade learn --data digits --learner itml",
          "ade learn --data digits --learner pola",
          "ade learn --data digits --learner rca",
          "ade learn --data digits --learner nca --rank 5",
          "ade learn --data digits --learner lmnn",
          "predict --data bzr --model $kernel/model",
          "predict --data digits --model $trained/model",
          "report --runs $kernel,$trained",
          "datasets make random --graphs 20 --nodes 9",
          "datasets convert --data bzr",
          "bench gntk --case bzr",
          "bench train",
          "bench ade --part search,sketch",
          "pipeline run $pipeline.yaml");

  @TempDir static Path folder;

  private CommandRun run(String words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words.replace("$", folder + "/").split(" +")));
    all.add("-q");
    return CommandRun.of(all);
  }

  @BeforeAll
  void earlierRuns() throws Exception {
    write("points.csv", "1,2,3", "2,1,5", "0,4,1", "3,3,2", "5,1,1", "2,2,7", "4,0,3", "1,1,1");
    write("queries.csv", "1,1,1");
    write("factor.csv", "1,0,1", "0,2,0");
    write("square.csv", "2,0,0", "0,1,0", "0,0,3");
    write("metric-updates.csv", "0,0.1,0,0");
    write("point-updates.csv", "3,1,1,2");
    write("deletes.csv", "5");
    write("pairs.csv", "0,1,2.5", "2,3,9");
    Files.createDirectory(folder.resolve("stream"));
    write("stream/a.csv", "q1,1,1,1");
    write(
        "pipeline.yaml",
        "name: plans",
        "home: " + folder.resolve("home"),
        "stages:",
        "  - name: kernel",
        "    job: gntk",
        "    data: bzr");
    for (String words :
        List.of(
            "datasets make motif --graphs 40 --nodes 9 --output $made",
            "gntk --data bzr --output $kernel",
            "train --data digits --hidden 8 --epochs 1 --output $trained",
            "ade build --input $points.csv --output $index")) {
      CommandRun run = run(words);
      assertThat(run.exit()).as(run.err()).isZero();
    }
  }

  private void write(String name, String... lines) throws Exception {
    Files.write(folder.resolve(name), List.of(lines));
  }

  static Stream<String> commands() {
    return COMMANDS.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aPlanIsShownAndLeavesNothing(String words) throws Exception {
    CommandRun plan = run(words + " --plan --output $never");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).isNotBlank();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("never"));
    }
  }

  @Test
  void everyJobIsHere() {
    assertThat(jobs())
        .allSatisfy(
            job -> assertThat(COMMANDS).anyMatch(words -> (words + " ").startsWith(job + " ")));
  }

  /** The words of every job that {@code --help} shows. */
  static Set<String> jobs() {
    Set<String> jobs = new TreeSet<>();
    collect(Main.commands(), "", jobs);
    return jobs;
  }

  private static void collect(CommandLine command, String before, Set<String> jobs) {
    command
        .getSubcommands()
        .forEach(
            (name, line) -> {
              if (line.getCommand() instanceof Job) {
                jobs.add(before + name);
              }
              collect(line, before + name + " ", jobs);
            });
  }
}
