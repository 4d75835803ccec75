package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipelines of the jobs themselves, as {@code kindling pipeline} runs them. */
class PipelineRunTest {
  private static final String TWO =
      """
      home: HOME
      parameters: {blocks: 1}
      retries: 0
      stages:
        - name: kernel
          job: gntk
          input: HOME/../g.txt
          blocks: ${blocks}
          folds: 3
        - name: scores
          job: predict
          model: ${kernel}/model
          input: HOME/../g.txt
      """;

  @TempDir Path folder;

  private Path write(String text) throws Exception {
    Files.writeString(
        folder.resolve("g.txt"), "4\n" + "2 0\n0 1 1\n1 1 0\n2 1\n1 1 1\n1 1 0\n".repeat(2));
    return Files.writeString(
        folder.resolve("p.yaml"), text.replace("HOME", folder.resolve("home").toString()));
  }

  private CommandRun run(String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("pipeline", "run", folder + "/p.yaml"));
    words.addAll(List.of(more));
    return CommandRun.of(words);
  }

  /** The statuses on the one line of stdout. */
  private static List<String> statuses(CommandRun run) throws Exception {
    assertThat(run.out().lines()).as(run.err()).hasSize(1);
    List<String> statuses = new ArrayList<>();
    JsonNode json = new ObjectMapper().readTree(run.out());
    json.path("stages").forEach(stage -> statuses.add(stage.path("status").asText()));
    assertThat(json.path("exit").asInt(-1)).isEqualTo(run.exit());
    return statuses;
  }

  /** All of them once; a job object that only a command line prepares would fail here. */
  @Test
  void everyJobRunsInAPipeline() throws Exception {
    Path yaml =
        write(
            """
            home: HOME
            retries: 0
            stages:
              - {name: made, job: datasets make motif, graphs: 30, nodes: 9}
              - {name: copied, job: datasets convert, input: "${made}/tables/graphs"}
              - {name: kernel, job: gntk, input: "${copied}/tables/graphs", folds: 3}
              - {name: scores, job: predict, model: "${kernel}/model", input: "${made}/tables/graphs"}
              - {name: fit, job: train, input: HOME/../t.csv, label-column: c, epochs: 1, validation: 0}
              - {name: near, job: ade, input: HOME/../t.csv, label-column: c, k: 2}
              - {name: metric, job: ade learn, input: HOME/../t.csv, label-column: c, learner: rca}
              - {name: far, job: ade outliers, input: HOME/../t.csv, label-column: c}
              - {name: groups, job: ade cluster, input: HOME/../t.csv, label-column: c, clusters: 2}
              - {name: index, job: ade build, input: HOME/../p.csv}
              - {name: asked, job: ade query, index: "${index}", queries: HOME/../p.csv, k: 2}
              - {name: changed, job: ade update, index: "${index}", point-deletes: HOME/../gone.csv}
              - {name: followed, job: ade stream, index: "${index}", queries: HOME/../come, until-done: true, after: [changed]}
              - {name: attacked, job: ade audit, dimension: 64, answers: 64}
              - {name: engines, job: bench gntk, case: bzr, rounds: 1}
              - {name: fits, job: bench train, part: fits, rounds: 1}
              - {name: scans, job: bench ade, part: scan, rounds: 1}
              - {name: page, job: report, runs: ["${kernel}", "${fit}"]}
            """);
    Files.writeString(
        folder.resolve("t.csv"), "a,b,c\n" + "1,2,x\n2,1,y\n3,3,x\n4,1,y\n5,2,x\n".repeat(8));
    Files.writeString(folder.resolve("p.csv"), "1,2\n2,1\n3,3\n4,1\n");
    Files.writeString(folder.resolve("gone.csv"), "3\n");
    Files.writeString(Files.createDirectory(folder.resolve("come")).resolve("q.csv"), "q,1,1\n");
    String text = Files.readString(yaml);
    assertThat(EveryPlanTest.jobs())
        .filteredOn(job -> !job.equals("pipeline run"))
        .allSatisfy(job -> assertThat(text).containsPattern("job: " + job + "( motif)?,"));
    CommandRun run = run();
    assertThat(statuses(run)).as(run.err()).hasSize(18).containsOnly("done");
  }

  @Test
  void whatIsDoneIsSkippedAndWhatChangedRuns() throws Exception {
    write(TWO);
    CommandRun plan = run("--plan");
    assertThat(plan.out())
        .as(plan.err())
        .isEqualTo("kernel: run, never ran\nscores: run, never ran\n");
    assertThat(folder.resolve("home")).doesNotExist();
    CommandRun early = run("--only", "scores");
    early.isRefusedWith("--only scores: it needs stage kernel, which is not done");

    CommandRun first = run();
    assertThat(statuses(first)).as(first.err()).containsExactly("done", "done");
    assertThat(statuses(run())).containsExactly("skipped", "skipped");
    assertThat(run("--plan").out()).isEqualTo("kernel: skip, done\nscores: skip, done\n");
    assertThat(statuses(run("--from", "scores"))).containsExactly("skipped", "done");
    assertThat(statuses(run("--only", "kernel"))).containsExactly("done", "skipped");

    assertThat(run("--set", "blocks=2", "--plan").out())
        .isEqualTo("kernel: run, option blocks 1 → 2\nscores: run, stage kernel will run\n");
    Path text = folder.resolve("g.txt");
    Files.writeString(text, Files.readString(text).replaceFirst("2 0", "2 1"));
    assertThat(run("--plan").out().lines())
        .containsExactly(
            "kernel: run, input " + folder + "/home/../g.txt changed",
            "scores: run, input " + folder + "/home/../g.txt changed");

    JsonNode record = new ObjectMapper().readTree(folder.resolve("home/kernel/run.json").toFile());
    assertThat(record.path("fingerprint").asText()).matches("[0-9a-f]{64}");
    assertThat(record.path("build").asText()).matches("[0-9a-f]{16}");
    String history = Files.readString(folder.resolve("home/history.jsonl"));
    assertThat(history.lines()).hasSize(4).allMatch(line -> line.contains("\"status\":\"done\""));
    CommandRun table = CommandRun.of("pipeline", "history", folder + "/p.yaml");
    assertThat(table.out().lines()).hasSize(5);
    assertThat(folder.resolve("home").toFile().list())
        .containsExactlyInAnyOrder("kernel", "scores", "history", "history.jsonl");
    for (String run : folder.resolve("home/history").toFile().list()) {
      assertThat(folder.resolve("home/history/" + run).toFile().list())
          .contains("run.json", "tables", "report.html", "_SUCCESS");
      assertThat(Files.readString(folder.resolve("home/history/" + run + "/report.html")))
          .contains("href=\"../../kernel/report.html\"");
    }
  }

  @Test
  void jobsThatKeepWhatTheirOptionsComeToRun() throws Exception {
    write(
        """
        home: HOME
        retries: 0
        stages:
          - {name: fit, job: train, input: HOME/../t.csv, label-column: c, epochs: 1, validation: 0}
          - {name: near, job: ade, input: HOME/../t.csv, label-column: c, k: 2}
          - {name: metric, job: ade learn, input: HOME/../t.csv, label-column: c, learner: rca}
          - {name: far, job: ade outliers, input: HOME/../t.csv, label-column: c}
        """);
    Files.writeString(
        folder.resolve("t.csv"), "a,b,c\n" + "1,2,x\n2,1,y\n3,3,x\n4,1,y\n5,2,x\n".repeat(8));
    CommandRun run = run();
    assertThat(statuses(run)).as(run.err()).containsExactly("done", "done", "done", "done");
  }

  @Test
  void badInputInsideAStageEndsThePipeline() throws Exception {
    write(TWO);
    CommandRun run = run("--set", "blocks=1");
    assertThat(run.exit()).as(run.err()).isZero();
    Files.writeString(folder.resolve("g.txt"), "nonsense\n");
    CommandRun bad = run();
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(statuses(bad)).containsExactly("failed", "not run");
    assertThat(bad.err().lines().toList())
        .last()
        .asString()
        .startsWith("kindling: stage kernel: ")
        .contains("g.txt:1");
    assertThat(folder.resolve("home/.kernel.unfinished")).doesNotExist();
    try (var left = Files.list(folder.resolve("home/history"))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("."));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          - {name: a, job: gntkk, data: bzr} | p.yaml:1: unknown job gntkk; did you mean gntk?
          - {name: a, job: datasets list} | p.yaml:1: job datasets list makes no run directory
          - {name: a, job: pipeline run} | p.yaml:1: job pipeline run makes no run directory
          - {name: a, job: gntk, data: bzr, bloks: 2} | p.yaml:1: unknown option of gntk bloks; did you mean blocks?
          - {name: a, job: gntk, data: bzr, xyzzy: 2} | p.yaml:1: unknown option of gntk xyzzy; see kindling gntk --help
          - name: a%n  job: gntk%n  data: bzr%n  resume: true | p.yaml:4: option resume: that is decided by the pipeline
          - {name: a, job: gntk, data: bzr, blocks: two} | p.yaml:1: stage a:
          - {name: a, job: gntk, data: bzr, blocks: -1} | p.yaml:1: stage a: --blocks -1: must be from
          - {name: a, job: gntk, data: bzr, jk: maybe} | p.yaml:1: jk maybe: should be true or false
          - name: a%n  job: gntk%n  input: ${b}/x%n- {name: b, job: gntk, data: bzr} | p.yaml:3: ${b} is no earlier stage
          - name: a%n  job: gntk%n  input: ${hom}/x | p.yaml:3: unknown variable hom; did you mean home?
          - {name: a, job: gntk, data: bzr, after: [b]} | p.yaml:1: unknown variable b
          - {name: a, job: gntk, data: bzr, output: X}%n- {name: b, job: gntk, data: bzr, output: X/y} | p.yaml:2: output X/y overlaps that of stage a
          - {name: a, job: gntk, input: none.txt} | stage a: none.txt does not exist
          """)
  void aBadPipelineIsOneLineAndLeavesNothing(String text, String message) throws Exception {
    write(String.format(text));
    FolderState before = FolderState.of(folder);
    run().isRefusedWith(message);
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --from kernl | --from kernl: no such stage; did you mean kernel?
          --from kernel --only kernel | leave one out
          --set block=2 | unknown parameter block; did you mean blocks?
          --date yesterday | --date yesterday: should be a day
          """)
  void badOptionsAreRefused(String words, String message) throws Exception {
    write(TWO);
    run(words.split(" ")).isRefusedWith(message);
  }
}
