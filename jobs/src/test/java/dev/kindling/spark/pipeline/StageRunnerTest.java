package dev.kindling.spark.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.BadInput;
import dev.kindling.spark.job.CheckFailed;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.pipeline.StageOutcome.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageRunnerTest {
  private final List<Duration> waits = new ArrayList<>();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Decision decision = decision(9, Duration.ofSeconds(10));
  private final Outcomes outcomes = new Outcomes("p", "r", List.of(decision));
  private int attempts;

  private static Decision decision(int retries, Duration backoff) {
    Stage stage =
        new Stage("a", null, "gntk", "X/a", Map.of(), List.of(), List.of(), retries, backoff);
    StageFingerprint print = new StageFingerprint("f", Map.of());
    return new Decision(stage, print, Decision.State.ABSENT, true, "never ran");
  }

  private StageRunner runner(StageRunner.Attempt attempt, boolean mayGoOn) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new StageRunner(attempt, waits::add, () -> mayGoOn, stream);
  }

  private StageRunner failing(int times, boolean mayGoOn) {
    return runner(
        (stage, errand) -> {
          if (attempts++ < times) {
            throw new JobFailure("no luck", null);
          }
          return 0;
        },
        mayGoOn);
  }

  @Test
  void aFailureIsTriedAgainAfterAWaitThatDoubles() {
    failing(9, true).run(decision, outcomes);
    assertThat(waits.stream().map(Duration::toSeconds))
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
    assertThat(outcomes.stages().get(0).status()).isEqualTo(Status.DONE);
    assertThat(outcomes.stages().get(0).attempts()).isEqualTo(10);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("stage a: attempt 1 of 10 failed: no luck; again in 10.0 s\n");
  }

  @Test
  void theLastFailureEndsIt() {
    Decision twice = decision(1, Duration.ZERO);
    assertThatThrownBy(() -> failing(9, true).run(twice, outcomes))
        .isInstanceOf(JobFailure.class)
        .hasMessage("stage a: no luck");
    assertThat(attempts).isEqualTo(2);
    assertThat(outcomes.stages().get(0).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void badInputAndALostLockAreNotTriedAgain() {
    StageRunner bad =
        runner(
            (stage, errand) -> {
              throw new BadInput("g.txt:1: wrong");
            },
            true);
    assertThatThrownBy(() -> bad.run(decision, outcomes))
        .isInstanceOf(BadInput.class)
        .hasMessage("stage a: g.txt:1: wrong");
    assertThatThrownBy(() -> failing(9, false).run(decision, outcomes))
        .isInstanceOf(JobFailure.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void aCheckThatDoesNotHoldIsAFailureThatIsNotTriedAgain() {
    StageRunner broken =
        runner(
            (stage, errand) -> {
              throw new CheckFailed("it does not hold");
            },
            true);
    assertThatThrownBy(() -> broken.run(decision, outcomes))
        .isInstanceOf(JobFailure.class)
        .hasMessage("stage a: it does not hold");
    assertThat(waits).isEmpty();
    assertThat(outcomes.stages().get(0).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void theErrandNamesTheOutputAndTheFingerprint() {
    runner(
            (stage, errand) -> {
              assertThat(errand.output()).isEqualTo("X/a");
              assertThat(errand.fingerprint()).isEqualTo("f");
              return 0;
            },
            true)
        .run(decision, outcomes);
    assertThat(outcomes.counts()).isEqualTo("1 done");
  }

  @Test
  void theLineForASchedulerHasEveryStage() throws Exception {
    JsonNode before = new ObjectMapper().readTree(outcomes.json("locked", 3, "held"));
    assertThat(before.at("/stages/0/status").asText()).isEqualTo("not run");
    assertThat(before.path("error").asText()).isEqualTo("held");
    failing(1, true).run(decision, outcomes);
    String line = outcomes.json("done", 0, null);
    assertThat(line).doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("pipeline", "run", "status", "exit", "seconds", "stages");
    assertThat(json.at("/stages/0").fieldNames())
        .toIterable()
        .containsExactly("stage", "status", "seconds", "fingerprint", "output", "attempts");
    assertThat(json.at("/stages/0/attempts").asInt()).isEqualTo(2);
  }
}
