package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.spark.job.CheckFailed;
import dev.kindling.spark.job.Errand;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Screen;
import dev.kindling.spark.pipeline.StageOutcome.Status;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Runs a stage; tries again, after a wait that doubles, when it failed while running. */
final class StageRunner {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Runs a stage once, and returns its exit code. */
  interface Attempt {
    int run(Stage stage, Errand errand);
  }

  private final Attempt attempt;
  private final Waiting waiting;
  private final BooleanSupplier mayGoOn;
  private final PrintStream err;

  /**
   * @param mayGoOn false once the pipeline is to stop
   */
  StageRunner(Attempt attempt, Waiting waiting, BooleanSupplier mayGoOn, PrintStream err) {
    this.attempt = attempt;
    this.waiting = waiting;
    this.mayGoOn = mayGoOn;
    this.err = err;
  }

  /**
   * Runs a stage to its end.
   *
   * @param outcomes takes what came of it, also where this method throws
   * @throws BadInput if what the user gave turns out bad
   * @throws JobFailure if the last attempt failed, or a check did not hold
   */
  void run(Decision decision, Outcomes outcomes) {
    Stage stage = decision.stage();
    Errand errand =
        new Errand(
            err, stage.output(), decision.fingerprint().text(), decision.fingerprint().parts());
    long begun = System.nanoTime();
    int attempts = 0;
    Status status = Status.FAILED;
    try {
      while (status != Status.DONE) {
        attempts++;
        try {
          once(stage, errand);
          status = Status.DONE;
        } catch (BadInput e) {
          throw new BadInput("stage " + stage.name() + ": " + e.getMessage(), e);
        } catch (CheckFailed e) { // the same again would come to the same
          throw new JobFailure("stage " + stage.name() + ": " + e.getMessage(), e);
        } catch (JobFailure e) {
          if (!mayGoOn.getAsBoolean() || attempts > stage.retries()) {
            throw new JobFailure("stage " + stage.name() + ": " + e.getMessage(), e);
          }
          pause(stage, attempts, e.getMessage());
        }
      }
    } finally {
      double seconds = (System.nanoTime() - begun) / 1e9;
      outcomes.put(StageOutcome.of(decision, status, seconds, attempts));
    }
  }

  private void once(Stage stage, Errand errand) {
    int exit = attempt.run(stage, errand);
    if (exit != ExitCode.DONE) {
      throw new JobFailure("it ended with exit code " + exit, null);
    }
  }

  private void pause(Stage stage, int attempts, String why) {
    Duration wait = stage.backoff();
    for (int i = 1; i < attempts && wait.compareTo(LONGEST) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    wait = wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    Screen.line(
        err,
        Words.of(
            "stage %s: attempt %s of %s failed: %s; again in %s s",
            stage.name(),
            attempts,
            stage.retries() + 1,
            why.replaceAll("\\s*[\\r\\n]+\\s*", " "),
            wait.toMillis() / 1000.0));
    try {
      waiting.pause(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailure("stage " + stage.name() + ": stopped while waiting", e);
    }
  }
}
