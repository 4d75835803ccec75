package dev.kindling.spark.job;

import dev.kindling.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Reports each minute in which nothing has moved and what the run waits for; ends the run if that
 * lasts as long as the user's patience, if it is limited. Signs of life: a task that starts or
 * ends; unless tasks wait and none runs, processor time or bytes of files on the driver or on an
 * executor. An executor that joins is none: it may end as it came. A long task is not reported, a
 * cluster without a free core is.
 */
final class Watchdog extends SparkListener implements AutoCloseable {
  private static final long LOOK_MILLIS = 1000;

  /** What a JVM does is averaged over at least so long: a collection of garbage is no work. */
  private static final long SPAN_NANOS = 5_000_000_000L;

  /** A run that was told to stop and does not is ended from here. */
  private static final long GRACE_SECONDS = 60;

  private static final long REPORT_SECONDS = 60;

  private final Long patienceSeconds;
  private final LongSupplier clock;
  private final Consumer<String> report;
  private final Thread main = Thread.currentThread();
  private final Map<String, Seen> last = new HashMap<>();
  private final AtomicLong lastSign = new AtomicLong();
  private final Map<Integer, Integer> waiting = new HashMap<>();
  private long reportedMinutes;
  private int running;
  private int executors;
  private int joined;
  private volatile SparkContext spark;
  private volatile BlasContract blas;
  private volatile String verdict;
  private volatile boolean closed;

  private record Seen(Pulse pulse, long at) {}

  /**
   * @param patienceSeconds how long nothing may move; null: as long as the scheduler allows
   * @param clock nanoseconds
   * @param report called once a minute with what the run waits for, while nothing moves
   */
  Watchdog(Long patienceSeconds, LongSupplier clock, Consumer<String> report) {
    this.patienceSeconds = patienceSeconds;
    this.clock = clock;
    this.report = report;
    lastSign.set(clock.getAsLong());
  }

  /** Watches from a thread of its own until closed. */
  Watchdog start() {
    Thread thread = new Thread(this::watch, "watchdog");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** The session of the run, once there is one, and the BLAS that its executors must have. */
  void guards(SparkContext context, BlasContract contract) {
    spark = context;
    blas = contract;
    context.addSparkListener(this);
  }

  /** Why the run was ended from here, or null. */
  String verdict() {
    return verdict;
  }

  private void watch() {
    while (!closed && verdict == null) {
      pause(LOOK_MILLIS);
      look(Pulse.ofThisJvm("driver"));
      if (blas != null) {
        compare(blas);
      }
    }
    if (closed) {
      return;
    }
    if (spark != null) {
      spark.cancelAllJobs();
    }
    main.interrupt();
    for (long t = 0; t < GRACE_SECONDS * 1000 && !closed; t += LOOK_MILLIS) {
      pause(LOOK_MILLIS);
    }
    if (!closed) {
      Screen.line(System.err, "kindling: " + verdict);
      Runtime.getRuntime().halt(ExitCode.FAILED);
    }
  }

  /** Ends the run, whatever the patience, if an executor computes other bits than the driver. */
  void compare(BlasContract contract) {
    try {
      Application.executors().forEach(contract::requireSame);
    } catch (JobFailure difference) {
      verdict = difference.getMessage();
    }
  }

  /** Compares all pulses with the last ones; reports, or gives up, if nothing has moved. */
  synchronized void look(Pulse driver) {
    long now = clock.getAsLong();
    boolean alive = beats(driver, now);
    for (Pulse executor : Application.pulses()) {
      alive |= beats(executor, now);
    }
    alive &= running > 0 || tasksWaiting() == 0;
    if (alive) {
      lastSign.set(now);
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(now - lastSign.get());
    if (patienceSeconds != null && seconds >= patienceSeconds) {
      verdict = waitsFor(patienceSeconds);
      return;
    }
    long minutes = seconds / REPORT_SECONDS;
    if (minutes > reportedMinutes) {
      report.accept(waitsFor(minutes * REPORT_SECONDS));
    }
    reportedMinutes = minutes;
  }

  private boolean beats(Pulse pulse, long now) {
    Seen before = last.putIfAbsent(pulse.source(), new Seen(pulse, now));
    if (before == null) {
      return true;
    }
    if (pulse.equals(before.pulse) || now - before.at < SPAN_NANOS) {
      return false;
    }
    last.put(pulse.source(), new Seen(pulse, now));
    return pulse.beats(before.pulse, now - before.at);
  }

  private String nobody() {
    if (executors > 0) {
      return "none of " + executors + " executors runs one";
    }
    return joined == 0 ? "no executor has come" : "each of " + joined + " executors has ended";
  }

  private int tasksWaiting() {
    return waiting.values().stream().mapToInt(Integer::intValue).sum();
  }

  private String waitsFor(long seconds) {
    String since = Words.of("for %,d s", seconds);
    int tasks = tasksWaiting();
    if (tasks > 0 && running == 0) {
      return Words.of(
          "nothing has moved %s: %s for a core, and %s; is the cluster up, and does it have a worker with the cores and the memory that the run asks for?",
          since, tasks == 1 ? "1 task waits" : tasks + " tasks wait", nobody());
    }
    if (running > 0) {
      return Words.of(
          "nothing has moved %s: %s; see the logs of the executors",
          since,
          running == 1
              ? "1 task has begun and neither computes nor reads nor writes"
              : running + " tasks have begun and neither compute nor read nor write");
    }
    StackTraceElement[] stack = main.getStackTrace();
    return Words.of(
        "nothing has moved %s: the driver waits%s; is the file system there, and the cluster up?",
        since, stack.length == 0 ? "" : " in " + stack[0]);
  }

  /** A sign of life. */
  synchronized void sign() {
    lastSign.set(clock.getAsLong());
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    waiting.put(stage.stageInfo().stageId(), stage.stageInfo().numTasks());
    sign();
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
    waiting.remove(stage.stageInfo().stageId());
    sign();
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart task) {
    running++;
    waiting.computeIfPresent(task.stageId(), (id, tasks) -> tasks - 1);
    sign();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    running--;
    if (task.taskInfo() != null && !task.taskInfo().successful()) {
      waiting.computeIfPresent(task.stageId(), (id, tasks) -> tasks + 1);
    }
    sign();
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded executor) {
    executors++;
    joined++;
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
    executors--;
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    if (spark != null) {
      spark.removeSparkListener(this);
    }
  }
}
