package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pipeline as a scheduler runs it: again, twice at once, stopped, and killed at any moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineIT {
  private static final String EXAMPLE = "examples/molecules.yaml";
  private static final long SEED = 20_255;
  private static final int KILLS = 20;
  private static final int CHAINS = 5;
  private static final String TEXT =
      """
      parameters: {to: X}
      home: ${to}
      stages:
        - name: kernel
          job: gntk
          input: g.txt
          blocks: 2
          mlp: 3
          folds: 4
        - name: scores
          job: predict
          model: ${kernel}/model
          input: g.txt
        - name: degrees
          job: gntk
          input: g.txt
          node-labels: degree
          task: none
          after: scores
      """;

  @TempDir static Path folder;
  @AutoClose private OneJvm jvm;
  private String undisturbed;
  private int files;

  private static String[] words(String home, String... more) {
    // A killed Spark leaves its scratch files; here they go with the folder.
    String scratch = "spark.local.dir=" + folder.resolve("scratch");
    return Stream.concat(
            Stream.of("pipeline", "run", "p.yaml", "-q", "--set", "to=" + home, "--conf", scratch),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static JsonNode line(Launcher.Finished finished) throws Exception {
    assertThat(finished.out().lines()).as(finished.err()).hasSize(1);
    return new ObjectMapper().readTree(finished.out());
  }

  private static List<String> statuses(JsonNode line) {
    List<String> statuses = new ArrayList<>();
    line.path("stages").forEach(stage -> statuses.add(stage.path("status").asText()));
    return statuses;
  }

  /** Every stage's tables and the model's weights. */
  private static String bytes(String home) throws Exception {
    StringBuilder all = new StringBuilder();
    for (String stage : List.of("kernel", "scores", "degrees")) {
      Path run = folder.resolve(home).resolve(stage);
      assertThat(run.resolve("_SUCCESS")).exists();
      assertThat(Folder.names(run)).doesNotContain("resume.json", "work/");
      all.append(Folder.sha256(run.resolve("tables"))).append('\n');
    }
    Path model = folder.resolve(home).resolve("kernel/model");
    all.append(Folder.sha256(model.resolve("colors")))
        .append(Folder.sha256(model.resolve("model")));
    return all.toString();
  }

  @BeforeAll
  void aPipelineThatNobodyDisturbs() throws Exception {
    jvm = OneJvm.in(folder);
    RandomGraphs.write(folder.resolve("g.txt"), SEED, 120, 16, 4);
    Files.writeString(folder.resolve("p.yaml"), TEXT);
    try (Launcher run = Launcher.start(folder, words("whole"))) {
      run.until(
          () -> {
            files = Math.max(files, Folder.finishedFiles(folder.resolve("whole")));
            return false;
          });
      assertThat(statuses(line(run.end().succeeded()))).containsExactly("done", "done", "done");
    }
    files = Math.max(files, Folder.finishedFiles(folder.resolve("whole")));
    assertThat(files).isGreaterThan(KILLS);
    undisturbed = bytes("whole");
  }

  @Test
  void theExampleRunsAndTheSecondTimeSkipsEverything() throws Exception {
    String example = Launcher.script().resolveSibling(EXAMPLE).toString();
    JsonNode first = line(jvm.run("pipeline", "run", example).succeeded());
    assertThat(statuses(first)).containsExactly("done", "done", "done", "done");
    Path home = folder.resolve("kindling-runs/molecules");
    assertThat(home.resolve("report/report.html")).isRegularFile();
    String before = Folder.sha256(home.resolve("model"));
    JsonNode second = line(jvm.run("pipeline", "run", example).succeeded());
    assertThat(statuses(second)).containsExactly("skipped", "skipped", "skipped", "skipped");
    assertThat(Folder.sha256(home.resolve("model"))).isEqualTo(before);
  }

  @Test
  void theSecondRunSkipsEverything() throws Exception {
    JsonNode line = line(jvm.run(words("whole")).succeeded());
    assertThat(statuses(line)).containsExactly("skipped", "skipped", "skipped");
    assertThat(line.path("status").asText()).isEqualTo("done");
    assertThat(line.path("exit").asInt(-1)).isZero();
    assertThat(bytes("whole")).isEqualTo(undisturbed);
  }

  @Test
  void ofTwoAtOnceOneRunsAndTheOtherIsToldWhoDoes() throws Exception {
    try (Launcher one = Launcher.start(folder, words("twice"));
        Launcher two = Launcher.start(folder, words("twice"))) {
      List<Launcher.Finished> both = List.of(one.end(), two.end());
      assertThat(both).extracting(Launcher.Finished::exit).containsExactlyInAnyOrder(0, 3);
      Launcher.Finished refused = both.get(both.get(0).exit() == 3 ? 0 : 1);
      assertThat(refused.err().lines()).hasSize(1);
      assertThat(refused.err())
          .contains(System.getProperty("user.name") + "@", ", process ", "is under way since");
      assertThat(line(refused).path("status").asText()).isEqualTo("locked");
      assertThat(line(refused).path("exit").asInt()).isEqualTo(3);
    }
    assertThat(bytes("twice")).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @MethodSource("signals")
  void aStoppedPipelineReleasesTheLockAndGoesOn(String signal, int exit) throws Exception {
    Path home = folder.resolve("stopped-" + signal);
    try (Launcher run = Launcher.start(folder, words("stopped-" + signal))) {
      run.until(() -> Folder.finishedFiles(home.resolve(".kernel.unfinished")) > 3);
      run.signal(signal);
      Launcher.Finished stopped = run.end();
      assertThat(stopped.exit()).as(stopped.err()).isEqualTo(exit);
      assertThat(line(stopped).path("status").asText()).isEqualTo("stopped");
      assertThat(line(stopped).path("exit").asInt()).isEqualTo(exit);
    }
    assertThat(Folder.names(home)).noneMatch(name -> name.startsWith(".lock-"));
    jvm.run(words("stopped-" + signal)).succeeded();
    assertThat(bytes("stopped-" + signal)).isEqualTo(undisturbed);
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> signals() {
    return Stream.of(
        org.junit.jupiter.params.provider.Arguments.of("INT", 130),
        org.junit.jupiter.params.provider.Arguments.of("TERM", 143));
  }

  static IntStream chains() {
    return IntStream.range(0, CHAINS);
  }

  /** Killed again and again, each time later. */
  @ParameterizedTest
  @MethodSource("chains")
  void aKilledPipelineRunsAgainToTheSameBytes(int chain) throws Exception {
    String home = "killed-" + chain;
    for (int kill = chain; kill < KILLS; kill += CHAINS) {
      // The moment: so many finished files, one draw from each twentieth of the run.
      Random random = new Random(SEED + kill);
      int after = (int) ((kill + random.nextDouble()) / KILLS * files);
      int more = random.nextInt(60);
      try (Launcher run = Launcher.start(folder, words(home))) {
        run.until(() -> Folder.finishedFiles(folder.resolve(home)) >= after);
        new CountDownLatch(1).await(more, TimeUnit.MILLISECONDS);
        run.kill();
      }
      System.out.printf(
          "seed %d: killed %d ms after %d of %d files, %d found%n",
          SEED + kill, more, after, files, Folder.finishedFiles(folder.resolve(home)));
    }
    jvm.run(words(home)).succeeded();
    assertThat(bytes(home)).isEqualTo(undisturbed);
    assertThat(folder.resolve(home).toFile().list())
        .containsExactlyInAnyOrder("kernel", "scores", "degrees", "history", "history.jsonl");
  }
}
