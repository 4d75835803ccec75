package dev.kindling.spark.job;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
 * Ends a run in which nothing has moved for a while, and says what it waits for. Signs of life: a
 * task that starts or ends; unless tasks wait and none runs, processor time or bytes of files on
 * the driver or on an executor. An executor that comes is none: it may end as it came. A long task
 * is none of its business, a cluster without a free core is.
 */
final class Watchdog extends SparkListener implements AutoCloseable {
  private static final long LOOK_MILLIS = 1000;

  /** What a JVM does is averaged over at least so long: a collection of garbage is no work. */
  private static final long SPAN_NANOS = 5_000_000_000L;

  /** A run that was told to stop and does not is ended from here. */
  private static final long GRACE_SECONDS = 60;

  private final long patienceNanos;
  private final LongSupplier clock;
  private final Thread main = Thread.currentThread();
  private final Map<String, Seen> last = new HashMap<>();
  private final AtomicLong lastSign = new AtomicLong();
  private final Map<Integer, Integer> waiting = new HashMap<>();
  private int running;
  private int executors;
  private int joined;
  private volatile SparkContext spark;
  private volatile BlasContract blas;
  private volatile String verdict;
  private volatile boolean closed;

  private record Seen(Pulse pulse, long at) {}

  /**
   * @param patienceSeconds how long nothing may move
   * @param clock nanoseconds
   */
  Watchdog(long patienceSeconds, LongSupplier clock) {
    this.patienceNanos = TimeUnit.SECONDS.toNanos(patienceSeconds);
    this.clock = clock;
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
        compare();
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
      System.err.println("kindling: " + verdict);
      Runtime.getRuntime().halt(ExitCode.FAILED);
    }
  }

  private void compare() {
    try {
      Application.executors().forEach(blas::requireSame);
    } catch (JobFailure difference) {
      verdict = difference.getMessage();
    }
  }

  /** Looks at all pulses; gives up where there was no sign of life for too long. */
  synchronized void look(Pulse driver) {
    long now = clock.getAsLong();
    boolean alive = beats(driver, now);
    for (Pulse executor : Application.pulses()) {
      alive |= beats(executor, now);
    }
    alive &= running > 0 || tasksWaiting() == 0;
    if (alive) {
      lastSign.set(now);
    } else if (now - lastSign.get() > patienceNanos) {
      verdict = waitsFor();
    }
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

  private String waitsFor() {
    String since = String.format(Locale.ROOT, "for %,d s", patienceNanos / 1_000_000_000L);
    int tasks = tasksWaiting();
    if (tasks > 0 && running == 0) {
      return "nothing has moved "
          + since
          + ": "
          + tasks
          + " tasks wait for a core, and "
          + nobody()
          + "; is the cluster up, and does it have a worker with the cores and the memory that the run asks for?";
    }
    if (running > 0) {
      return "nothing has moved "
          + since
          + ": "
          + running
          + " tasks have begun and neither compute nor read nor write; see the logs of the executors";
    }
    StackTraceElement[] stack = main.getStackTrace();
    return "nothing has moved "
        + since
        + ": the driver waits"
        + (stack.length == 0 ? "" : " in " + stack[0])
        + "; is the file system there, and the cluster up?";
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
