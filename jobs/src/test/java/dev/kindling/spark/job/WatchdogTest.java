package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.linalg.Blas;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a run is reported as waiting and when it is given up, by a clock that the test moves. */
class WatchdogTest {
  private static final long PATIENCE = 60;

  private final AtomicLong now = new AtomicLong();
  private final List<String> reports = new ArrayList<>();
  private Watchdog watchdog = new Watchdog(PATIENCE, now::get, reports::add);
  private long cpu;

  @BeforeEach
  @AfterEach
  void noExecutors() {
    Application.begin();
  }

  private void waitForever() {
    watchdog = new Watchdog(null, now::get, reports::add);
  }

  /** Looks once a second; the driver takes that much of a core. */
  private void pass(int seconds, double load) {
    for (int i = 0; i < seconds; i++) {
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      cpu += (long) (load * TimeUnit.SECONDS.toNanos(1));
      watchdog.look(new Pulse("driver", cpu, 0));
    }
  }

  private void submit(int stage, int tasks) {
    watchdog.onStageSubmitted(
        new SparkListenerStageSubmitted(
            new StageInfo(
                stage,
                0,
                "stage",
                tasks,
                new scala.collection.mutable.ArrayBuffer<org.apache.spark.storage.RDDInfo>()
                    .toSeq(),
                new scala.collection.mutable.ArrayBuffer<Object>().toSeq(),
                "",
                new TaskMetrics(),
                new scala.collection.mutable.ArrayBuffer<
                        scala.collection.immutable.Seq<org.apache.spark.scheduler.TaskLocation>>()
                    .toSeq(),
                scala.Option.empty(),
                0,
                false,
                0),
            new java.util.Properties()));
  }

  private void start(int stage) {
    watchdog.onTaskStart(new SparkListenerTaskStart(stage, 0, null));
  }

  private void end(int stage) {
    watchdog.onTaskEnd(
        new SparkListenerTaskEnd(
            stage, 0, "", null, null, new ExecutorMetrics(), new TaskMetrics()));
  }

  @Test
  void aDriverThatComputesIsLeftAlone() {
    pass(1000, 0.9);
    assertThat(watchdog.verdict()).isNull();
  }

  @Test
  void aDriverThatOnlyWaitsIsNot() {
    pass((int) PATIENCE - 10, 0.01);
    assertThat(watchdog.verdict()).isNull();
    pass(30, 0.01);
    assertThat(watchdog.verdict()).startsWith("nothing has moved for 60 s: the driver waits in ");
  }

  @Test
  void tasksThatWaitForAnExecutorAreNamedHoweverBusyTheDriverIs() {
    submit(1, 7);
    pass(90, 0.5);
    assertThat(watchdog.verdict())
        .contains("7 tasks wait for a core, and no executor has come", "is the cluster up");
  }

  @Test
  void aLongTaskIsLeftAloneWhileItsExecutorWorks() {
    submit(1, 1);
    start(1);
    for (int i = 1; i <= 100; i++) {
      Application.pulse(new Pulse("0", TimeUnit.SECONDS.toNanos(9L * i), 0));
      pass(10, 0.01);
    }
    assertThat(watchdog.verdict()).isNull();
  }

  @Test
  void aTaskThatOnlyMovesBytesIsLeftAlone() {
    submit(1, 1);
    start(1);
    for (int i = 1; i <= 100; i++) {
      Application.pulse(new Pulse("0", 0, 100L * i));
      pass(10, 0.01);
    }
    assertThat(watchdog.verdict()).isNull();
  }

  @Test
  void aTaskWhoseExecutorDoesNothingIsNamed() {
    submit(1, 2);
    start(1);
    Application.pulse(new Pulse("0", 0, 0));
    pass(90, 0.01);
    assertThat(watchdog.verdict()).contains("1 task has begun and neither computes nor reads");
    assertThat(reports).isEmpty();
  }

  @Test
  void withoutPatienceARunThatWaitsForACoreIsReportedEachMinuteAndNeverEnded() {
    waitForever();
    submit(1, 7);
    pass(3 * 3600 + 30, 0.5);
    assertThat(watchdog.verdict()).isNull();
    assertThat(reports).hasSize(180);
    assertThat(reports.get(0))
        .startsWith(
            "nothing has moved for 60 s: 7 tasks wait for a core, and no executor has come");
    assertThat(reports.get(179)).startsWith("nothing has moved for 10,800 s: ");
  }

  @Test
  void withoutPatienceAHungDriverIsReportedAndNeverEnded() {
    waitForever();
    pass(190, 0.01);
    assertThat(watchdog.verdict()).isNull();
    assertThat(reports).hasSize(3).allMatch(line -> line.contains(": the driver waits in "));
  }

  @Test
  void withoutPatienceTasksThatDoNothingAreReportedAndNeverEnded() {
    waitForever();
    submit(1, 2);
    start(1);
    Application.pulse(new Pulse("0", 0, 0));
    pass(190, 0.01);
    assertThat(watchdog.verdict()).isNull();
    assertThat(reports).hasSize(3).allMatch(line -> line.contains(": 1 task has begun and "));
  }

  @Test
  void minutesAreCountedFromTheLastSignOfLife() {
    waitForever();
    submit(1, 2);
    pass(90, 0.01);
    start(1);
    end(1);
    pass(50, 0.01);
    assertThat(reports).hasSize(1);
    pass(20, 0.01);
    assertThat(reports).hasSize(2).allMatch(line -> line.startsWith("nothing has moved for 60 s"));
  }

  @Test
  void aLongPatienceIsReportedAsItRunsOut() {
    watchdog = new Watchdog(150L, now::get, reports::add);
    submit(1, 2);
    pass(200, 0.01);
    assertThat(watchdog.verdict()).startsWith("nothing has moved for 150 s: ");
    assertThat(reports).hasSize(2);
  }

  @Test
  void anExecutorWithAnotherBlasEndsTheRunWhateverThePatience() {
    waitForever();
    Blas.Choice here = Blas.choice();
    Application.joined(ExecutorRecord.of("0", "a", here));
    watchdog.compare(new BlasContract(here));
    assertThat(watchdog.verdict()).isNull();
    Application.joined(new ExecutorRecord("1", "b", "other", here.kernel() + "'", ""));
    watchdog.compare(new BlasContract(here));
    assertThat(watchdog.verdict()).contains("executor 1 on b with other", "their bits differ");
  }

  @Test
  void everyTaskThatEndsIsASignOfLife() {
    submit(1, 100);
    for (int i = 0; i < 100; i++) {
      start(1);
      pass(20, 0.01);
      end(1);
      pass(20, 0.01);
    }
    assertThat(watchdog.verdict()).isNull();
  }
}
