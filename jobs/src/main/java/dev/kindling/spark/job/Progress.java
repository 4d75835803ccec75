package dev.kindling.spark.job;

import dev.kindling.Words;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * One line on stderr that says what runs: a bar with done, of how much and time left on a terminal;
 * elsewhere a line when a stage ends and every ten seconds in a long one.
 *
 * <p>Lines of ended stages are held back until the input is known to be good, for ten seconds at
 * the most: all that bad input shows is its error.
 */
final class Progress extends SparkListener implements AutoCloseable {
  private static final int BAR = 24;
  private static final long TERMINAL_MILLIS = 200;
  private static final long LOG_MILLIS = 10_000;

  private final PrintStream err;
  private final String job;
  private final boolean quiet;
  private final int columns;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger total = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger stagesEnded = new AtomicInteger();
  private final Thread ticker;
  private final List<Line> heldBack = new ArrayList<>();
  private boolean accepted;
  private volatile Steps steps;
  private volatile String stage;
  private volatile long started;
  private volatile boolean closed;

  private record Line(String stage, String text) {}

  private record Steps(long done, long total, Supplier<String> words) {}

  /**
   * @param columns width of the terminal, 0 where there is none
   */
  Progress(PrintStream err, String job, boolean quiet, int columns) {
    this.err = err;
    this.job = job;
    this.quiet = quiet;
    this.columns = columns;
    this.ticker = new Thread(this::tick, "progress");
    ticker.setDaemon(true);
    if (!quiet) {
      ticker.start();
    }
  }

  /** One that shows nothing and has seen nothing. */
  static Progress none() {
    return new Progress(System.err, "", true, 0);
  }

  void start(String name) {
    done.set(0);
    total.set(0);
    steps = null;
    started = System.nanoTime();
    stage = name;
  }

  /** Counts the stage in steps of its own instead of tasks. */
  void advance(long done, long total, Supplier<String> words) {
    steps = new Steps(done, total, words);
  }

  /** Ends the stage; {@code detail} says what came of it, or is null. */
  synchronized void end(String detail) {
    String line =
        Words.of("%s: %s%s, %.1f s", job, stage, detail == null ? "" : " " + detail, seconds());
    String ended = stage;
    stage = null;
    stagesEnded.incrementAndGet();
    heldBack.add(new Line(ended, line));
    if (accepted) {
      accept();
    }
  }

  /** The input is good: shows what was held back, and everything from now on at once. */
  synchronized void accept() {
    accepted = true;
    clear();
    if (!quiet) {
      heldBack.forEach(line -> Logging.line(err, line.stage(), line.text()));
    }
    heldBack.clear();
  }

  /** Removes a bar that is on the screen, before something else is printed. */
  synchronized void clear() {
    if (columns > 0 && !quiet) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  /** Shows what the run waits for; the bar, where there is one, comes back under the line. */
  synchronized void waits(String what) {
    if (quiet || closed) {
      return;
    }
    accept();
    Logging.line(err, stage, job + ": " + what);
  }

  /** Tasks of the stage under way that have ended well. */
  int done() {
    return done.get();
  }

  /** Tasks of the stage under way. */
  int total() {
    return total.get();
  }

  int stagesEnded() {
    return stagesEnded.get();
  }

  /** Seconds since the stage under way began; 0 between stages. */
  double stageSeconds() {
    return stage == null ? 0 : seconds();
  }

  double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** Tasks that had to be run again. */
  int taskFailures() {
    return failures.get();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    submitted(submitted.stageInfo().numTasks());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    ended(end.taskInfo() != null && end.taskInfo().successful());
  }

  void submitted(int tasks) {
    total.addAndGet(tasks);
  }

  void ended(boolean well) {
    (well ? done : failures).incrementAndGet();
  }

  private void tick() {
    long wait = columns > 0 ? TERMINAL_MILLIS : LOG_MILLIS;
    while (!closed) {
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        return;
      }
      draw();
    }
  }

  synchronized void draw() {
    String name = stage;
    if (name == null || closed) {
      return;
    }
    String line = Screen.shown(job + ": " + name + amount());
    if (columns > 0) {
      err.print("\r\u001b[K" + (line.length() < columns ? line : line.substring(0, columns - 1)));
      err.flush();
    } else if (seconds() * 1000 >= LOG_MILLIS) {
      accept();
      Logging.line(err, name, line);
    }
  }

  private String amount() {
    Steps own = steps;
    if (own != null) {
      return amount(own.done, own.total, " steps") + ", " + own.words.get();
    }
    int of = total.get();
    return of <= 1
        ? Words.of(" %.0f s", seconds())
        : amount(Math.min(done.get(), of), of, " tasks");
  }

  private String amount(long now, long of, String what) {
    String left = now == 0 ? "" : Words.of(", %.0f s left", seconds() * (of - now) / now);
    int filled = (int) (BAR * now / of);
    String bar = columns > 0 ? " [" + "#".repeat(filled) + " ".repeat(BAR - filled) + "]" : "";
    return bar + " " + now + "/" + of + what + left;
  }

  @Override
  public void close() {
    closed = true;
    ticker.interrupt();
    clear();
  }
}
