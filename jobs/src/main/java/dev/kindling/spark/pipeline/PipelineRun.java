package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.PlainFiles;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Screen;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.pipeline.StageOutcome.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One run of a pipeline around its stages: the lock, the history, and the line for a scheduler,
 * whatever the end.
 */
final class PipelineRun {
  private static final TableSchema STAGES =
      TableSchema.empty()
          .with("stage", Kind.TEXT)
          .with("status", Kind.TEXT)
          .with("seconds", Kind.DOUBLE)
          .with("fingerprint", Kind.TEXT);

  private final String name;
  private final Path home;
  private final SharedSpark spark;
  private final Supplier<List<Decision>> decide;
  private final Configuration conf;
  private final Owner owner;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread main = Thread.currentThread();
  private List<Decision> decisions;
  private Outcomes outcomes;
  private PipelineLock lock;
  private History history;
  private Path unfinished;

  /**
   * @param decide what runs, asked once the lock is held
   */
  PipelineRun(
      String name,
      String run,
      Path home,
      SharedSpark spark,
      Supplier<List<Decision>> decide,
      Configuration conf) {
    this.name = name;
    this.home = home;
    this.spark = spark;
    this.decide = decide;
    this.conf = conf;
    this.owner = Owner.here(run, Instant.now());
    decisions = decide.get();
    outcomes = new Outcomes(name, run, decisions);
  }

  /**
   * Runs under the lock.
   *
   * @param body the pipeline's own run, which calls {@link #stages}
   * @return the exit code
   */
  int execute(IntSupplier body) {
    try {
      lock = PipelineLock.acquire(new LockFiles(home, conf), owner, Waiting.REAL);
    } catch (LockHeld e) {
      System.out.println(outcomes.json("locked", ExitCode.FAILED, e.getMessage()));
      throw new JobFailure("pipeline " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailure("pipeline " + name + ": stopped while it waited for the lock", e);
    } catch (IOException e) {
      throw new BadInput("home " + home + ": cannot be written: " + e.getMessage(), e);
    }
    StopSignal signal = new StopSignal(this::stopped);
    try {
      lock.keep(this::lockLost);
      history = new History(home, conf);
      history.start(owner.run(), owner.since().toString(), owner.shown());
      int exit = body.getAsInt();
      end("done", exit, null);
      return exit;
    } catch (BadInput e) {
      failed(ExitCode.USAGE, e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      String message = lock.isLost() ? "the lock was taken away" : e.getMessage();
      failed(ExitCode.FAILED, message);
      throw new JobFailure("pipeline " + name + ": " + message, e);
    } finally {
      signal.close();
      lock.close();
    }
  }

  private void failed(int exit, String message) {
    discard();
    end("failed", exit, message);
  }

  /** A pipeline that failed leaves its history and its stages' runs. */
  private void discard() {
    if (unfinished != null) {
      try {
        PlainFiles.of(unfinished, conf).delete(unfinished, true);
      } catch (IOException e) {
        Screen.line(System.err, "pipeline " + name + ": " + unfinished + " cannot be removed");
      }
    }
  }

  private void end(String status, int exit, String error) {
    if (ended.compareAndSet(false, true)) {
      try {
        if (!lock.isLost()) {
          history.end(owner.run(), Instant.now().toString(), status, exit, outcomes.statuses());
        }
      } finally {
        System.out.println(outcomes.json(status, exit, error));
      }
    }
  }

  private void stopped(int exit) {
    if (!ended.get()) {
      spark.close();
      Screen.line(System.err, "pipeline " + name + ": stopped; the same command goes on with it");
      discard();
      end("stopped", exit, "stopped by a signal");
      lock.close();
    }
  }

  private void lockLost() {
    spark.cancel();
    main.interrupt();
  }

  /** Of the stages' fingerprints. */
  String fingerprint() {
    return Sha256.of(decisions.stream().map(d -> d.fingerprint().text()).toList());
  }

  /** Runs the stages one after the other, and leaves the table of them. */
  void stages(Run run) {
    unfinished = run.path("x").getParent();
    decisions = decide.get();
    StageRunner runner =
        new StageRunner(
            (stage, errand) -> {
              spark.context();
              try {
                return stage.job().get().run(errand);
              } finally {
                spark.clean();
              }
            },
            Waiting.REAL,
            () -> !lock.isLost(),
            System.err);
    for (Decision decision : decisions) {
      if (lock.isLost()) {
        throw new JobFailure("the lock was taken away", null);
      }
      if (decision.runs()) {
        runner.run(decision, outcomes);
      } else if (decision.state() == Decision.State.DONE) {
        outcomes.put(StageOutcome.of(decision, Status.SKIPPED, 0, 0));
      }
    }
    List<StageOutcome> stages = outcomes.stages();
    run.table(
        "stages",
        STAGES,
        stages.stream()
            .map(s -> new Object[] {s.stage(), s.status().text(), s.seconds(), s.fingerprint()})
            .iterator());
    run.metric("stages", stages.size());
    run.metric("done", count(stages, Status.DONE));
    run.metric("skipped", count(stages, Status.SKIPPED));
    String output = run.target().toString();
    run.report(() -> new PipelineReport(name, outcomes, output).page(run.hadoop()));
  }

  private static long count(List<StageOutcome> stages, Status status) {
    return stages.stream().filter(stage -> stage.status() == status).count();
  }
}
