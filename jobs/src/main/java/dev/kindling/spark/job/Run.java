package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.InputPath;
import dev.kindling.linalg.Blas;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A run of a job, from its options to its directory under its final name. */
public final class Run {
  /** Rounds whose figures are written at once, and between two writes later on. */
  private static final int OFTEN = 100;

  private final Job job;
  private final Errand errand;
  private final SparkConf sparkConf;
  private final Configuration hadoop;
  private final Progress progress;
  private final String id;
  private final RunRecord record = new RunRecord();
  private final List<Table> tables = new ArrayList<>();
  private final ResolvedOptions options;
  private RunDirectory directory;
  private Watchdog watchdog;
  private SparkSession spark;
  private boolean ownsSpark;
  private String fingerprint = "";
  private Supplier<Report> report;
  private final List<Outcome> outcomes = new ArrayList<>();
  private boolean planned;
  private String failedCheck;
  private boolean stopped;
  private long rounds;

  /** Thrown out of a job's run by {@link #explain} under --plan. */
  private static final class PlanShown extends RuntimeException {
    PlanShown() {
      super("the plan is shown", null, false, false);
    }
  }

  private Run(Job job, Errand errand) {
    this.job = job;
    this.errand = errand;
    this.sparkConf = Sessions.conf(job.name());
    this.hadoop = Sessions.hadoop(sparkConf);
    this.progress =
        new Progress(
            System.err, job.name(), job.common.quiet, Integer.getInteger("kindling.terminal", 0));
    this.options = new ResolvedOptions(job.spec);
    this.id = RunName.id(job);
  }

  /**
   * @param errand null where a person started the job
   */
  static Run of(Job job, Errand errand) {
    return new Run(job, errand);
  }

  int execute() {
    CommonOptions common = job.common;
    common.check();
    if (!common.plan) {
      directory =
          RunDirectory.open(
              errand == null ? RunName.output(job, hadoop) : errand.output(),
              common.overwrite || errand != null,
              common.resume && errand == null,
              hadoop);
    }
    Interruption interruption =
        new Interruption(progress, errand == null ? directory : null, job.name());
    boolean done = false;
    try {
      begin();
      job.run(this);
      finish();
      done = failedCheck == null;
    } catch (PlanShown shown) {
      return ExitCode.DONE;
    } catch (Throwable e) { // Scala throws checked exceptions that no signature names
      interruption.disarm();
      if (watchdog != null && watchdog.verdict() != null) {
        Thread.interrupted(); // what follows may wait for a file system
        throw failure(new JobFailure(watchdog.verdict(), e));
      }
      BadInput bad =
          Failures.badInput(e, directory == null ? null : directory.path("work").getParent());
      RuntimeException unbegun = bad == null ? Failures.cause(e, ClusterUnreachable.class) : bad;
      if (unbegun != null) {
        if (directory != null) {
          directory.discard();
        }
        throw unbegun;
      }
      throw failure(e);
    } finally {
      interruption.disarm();
      progress.close();
      leaveSpark();
      if (common.prometheus != null && !common.plan) {
        PrometheusText.write(common.prometheus, prometheus(done));
      }
    }
    if (failedCheck != null) {
      throw new CheckFailed(failedCheck);
    }
    return stopped ? ExitCode.STOPPED : ExitCode.DONE;
  }

  private String prometheus(boolean done) {
    return PrometheusText.of(
        job.name(), id, done, record.timings(), record.metrics(), progress.taskFailures());
  }

  /** A session that was there before stays as it was. */
  private void leaveSpark() {
    Application.shows(Progress.none());
    if (watchdog != null) {
      watchdog.close();
    }
    if (spark != null) {
      spark.sparkContext().removeSparkListener(progress);
      if (ownsSpark) {
        spark.stop();
      }
    }
  }

  private RuntimeException failure(Throwable e) {
    progress.accept();
    flushMetrics();
    String rest = directory == null || errand != null ? "" : "; " + job.goesOn(directory.shown());
    return Failures.of(e, rest);
  }

  private void begin() {
    progress.start("start");
    Logging.runs(job.name(), id, "start");
    Application.shows(progress);
    record.put("run", id);
    record.put("job", job.name());
    record.put("version", Version.text());
    record.put("build", Version.build());
    record.put("options", options.values());
    record.put("seed", job.common.seed());
    record.put("input", job.input());
    record.put("input_fingerprint", "");
    if (errand != null && !errand.fingerprint().isEmpty()) {
      record.put("fingerprint", errand.fingerprint());
      record.put("fingerprint_parts", errand.parts());
    }
    if (job.startsSpark()) {
      if (!sparkConf.get("spark.master").startsWith("local")) {
        requireInput();
      }
      startSpark(Blas.use(job.common.blas));
    }
    record.put("java", System.getProperty("java.version"));
    endStage("start", null);
  }

  /** Says what is not there before a busy cluster is waited for. */
  private void requireInput() {
    for (String path : job.reads()) {
      try {
        InputPath.require(path, hadoop);
      } catch (IOException e) {
        return; // the job meets it again, and has more to say
      }
    }
  }

  private void startSpark(Blas.Choice blas) {
    ownsSpark = !Sessions.isRunning();
    watchdog = new Watchdog(job.common.patience, System::nanoTime, progress::waits).start();
    spark = Sessions.start(sparkConf);
    spark.sparkContext().addSparkListener(progress);
    watchdog.guards(spark.sparkContext(), blas());
    record.put("master", spark.sparkContext().master());
    record.put("executors", List.of());
    record.put("blas", Map.of("implementation", blas.blas(), "reason", blas.reason()));
    record.put("spark", spark.version());
  }

  /** Runs a stage whose body makes nothing. */
  public void stage(String name, Runnable body) {
    stage(name, body, () -> null);
  }

  /** The same, with a few words on what came of it. */
  public void stage(String name, Runnable body, Supplier<String> detail) {
    stage(
        name,
        () -> {
          body.run();
          return "";
        },
        none -> detail.get());
  }

  /** Runs a stage under its name: progress, time, and Spark's description of its jobs. */
  public <T> T stage(String name, Supplier<T> body) {
    return stage(name, body, result -> null);
  }

  /**
   * Runs a stage under its name.
   *
   * @param detail a few words on what came of it, for the progress line
   */
  public <T> T stage(String name, Supplier<T> body, Function<T, String> detail) {
    context().setJobGroup(name, job.name() + ": " + name, false);
    Logging.runs(job.name(), id, name);
    Logging.runs(spark.sparkContext(), job.name(), id, name);
    progress.start(name);
    T result = body.get();
    endStage(name, detail.apply(result));
    context().clearJobGroup();
    return result;
  }

  /**
   * One of rounds without end: a line of progress, and one of figures, of which the last are kept.
   * From one thread at a time.
   *
   * @param detail what came of it
   * @param figures of {@code metrics.jsonl}, beside {@code seconds}
   */
  public <T> T round(
      String name,
      Supplier<T> body,
      Function<T, String> detail,
      Function<T, Map<String, Object>> figures) {
    progress.start(name);
    T result = body.get();
    Map<String, Object> line = new LinkedHashMap<>(figures.apply(result));
    line.put("seconds", Math.round(progress.seconds() * 1000) / 1000.0);
    record.recent(line);
    progress.end(detail.apply(result));
    rounds++;
    if (rounds <= OFTEN || rounds % OFTEN == 0) {
      flushMetrics();
    }
    return result;
  }

  /** Says that the run waits for something outside, and may do so for ever. */
  public void waits() {
    watchdog.sign();
  }

  /** Ctrl-C as a wish, where a person has started the run. */
  public StopRequest stopRequest() {
    return errand == null ? StopRequest.open() : StopRequest.never();
  }

  /** Says that the run ends because it was asked to: its exit code is 130, and it is complete. */
  public void stopped() {
    stopped = true;
  }

  private void endStage(String name, String detail) {
    record.timing(name, progress.seconds());
    progress.end(detail);
    flushMetrics();
  }

  /** Not before {@link #input}: until then an unfinished run stays as it is. */
  private void flushMetrics() {
    if (directory != null && !fingerprint.isEmpty()) {
      directory.write("metrics.jsonl", record.metricLines());
    }
  }

  public SparkSession spark() {
    return spark;
  }

  public JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  public long seed() {
    return job.common.seed();
  }

  /** For tasks whose results depend on BLAS. */
  public BlasContract blas() {
    return new BlasContract(Blas.choice());
  }

  /**
   * Says what the input holds. A resumed run ends here if it was begun with other input or options.
   *
   * @param contentFingerprint of the input's bytes
   */
  public void input(String contentFingerprint) {
    record.put("input_fingerprint", contentFingerprint);
    if (directory != null) {
      identify(contentFingerprint);
    }
    fingerprint = contentFingerprint;
  }

  private void identify(String contentFingerprint) {
    RunIdentity identity =
        new RunIdentity(options, contentFingerprint, errand == null ? "" : errand.fingerprint());
    boolean goesOn = job.common.resume || errand != null;
    String before = goesOn ? directory.read(RunIdentity.FILE) : null;
    if (errand != null && before != null && identity.isSame(before)) {
      return;
    }
    if (before != null && errand == null) {
      identity.requireSame(before);
    } else {
      directory.clear(); // of files that nothing tells what they were made from
      directory.write(RunIdentity.FILE, identity.json());
    }
  }

  /**
   * Shows the plan under --plan and ends there; refuses the run, with figures, if something in it
   * does not fit.
   *
   * @throws BadInput if it does not fit
   */
  public void explain(Plan plan) {
    planned = true;
    if (job.common.plan) {
      progress.accept();
      plan.lines().forEach(line -> Screen.line(out(), line));
      plan.refusals().forEach(line -> Screen.line(out(), "does not fit: " + line));
      throw new PlanShown();
    }
    if (!plan.refusals().isEmpty()) {
      throw new BadInput(plan.refusals().get(0));
    }
    progress.accept();
    if (job.common.verbose) {
      plan.lines().forEach(line -> Screen.line(System.err, line));
    }
  }

  /** Opens a result table, which tasks fill block by block. */
  public Table table(String name, TableSchema schema) {
    if (!planned) {
      throw new IllegalStateException(
          "a table before the plan: what does not fit must be refused first");
    }
    Table table = new Table(name, schema, directory.path("tables/" + name), hadoop());
    tables.add(table);
    return table;
  }

  /** Writes a small result table from the driver. */
  public void table(String name, TableSchema schema, Iterator<Object[]> rows) {
    table(name, schema).write(0, rows);
  }

  /** A folder for what only this run needs; kept for --resume, gone at the end. */
  public Path work() {
    return directory.path("work");
  }

  /** A path in the run directory, while it has its hidden name. */
  public Path path(String name) {
    return directory.path(name);
  }

  /** The run directory under its final name. */
  public Path target() {
    return directory.target();
  }

  public Configuration hadoop() {
    return spark == null ? hadoop : spark.sparkContext().hadoopConfiguration();
  }

  private PrintStream out() {
    return errand == null ? System.out : errand.out();
  }

  /** Adds a figure to {@code run.json}. */
  public void metric(String name, Object value) {
    record.metric(name, value);
  }

  /** Adds a field to {@code run.json} beside the usual ones. */
  public void note(String name, Object value) {
    record.put(name, value);
  }

  /** Adds a line to {@code metrics.jsonl}, beside those of the stages. */
  public void line(Map<String, ?> values) {
    record.line(values);
  }

  /**
   * Says how far the stage under way has come, in steps of its own.
   *
   * @param words a few, asked for when a line is shown
   */
  public void advance(long done, long total, Supplier<String> words) {
    progress.advance(done, total, words);
  }

  /** Prints a line of the result. */
  public void say(String line) {
    progress.clear();
    Screen.line(out(), line);
  }

  /**
   * Says that a check which was asked for did not hold. The run goes on to its end and is complete;
   * then it is a {@link CheckFailed}.
   *
   * @param line what did not hold, with its figures, and what to do
   */
  public void failsCheck(String line) {
    failedCheck = line;
    record.put(RunRecord.FAILED_CHECK, line);
  }

  /** States what the run came to: on stdout, in {@code run.json} and at the top of the report. */
  public void outcome(Outcome what) {
    outcomes.add(what);
    what.metrics().forEach(record::metric);
    what.shown().forEach(this::say);
  }

  /**
   * What will make the report once everything else is known. The outcome stands at its top; the
   * seconds of all stages and where everything comes from are added at its end.
   */
  public void report(Supplier<Report> page) {
    report = page;
  }

  /** Seconds of the stages so far. */
  public Map<String, Double> timings() {
    Map<String, Double> timings = new LinkedHashMap<>();
    record.timings().forEach(t -> timings.put((String) t.get("stage"), (Double) t.get("seconds")));
    return timings;
  }

  /** Where everything comes from, for the report. */
  public Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("job", job.name());
    facts.put("version", Version.text());
    facts.put("input", job.input());
    facts.put("input fingerprint", fingerprint);
    facts.put("options", options.text());
    facts.put("seed", Long.toString(seed()));
    facts.put("Java", System.getProperty("java.version"));
    if (spark != null) {
      facts.put("Spark", spark.version() + " on " + spark.sparkContext().master());
      facts.put("BLAS", Blas.choice().blas());
    }
    return facts;
  }

  private Report page() {
    Report page = report.get();
    outcomes.forEach(outcome -> page.outcome(outcome.sentence() + ".", outcome.figures()));
    Map<String, Double> timings = timings();
    String slowest = Collections.max(timings.keySet(), Comparator.comparingDouble(timings::get));
    BarChart seconds = BarChart.of("Seconds of each stage", Axis.linear("seconds"));
    timings.forEach(seconds::bar);
    return page.section(
            "Time",
            Words.of(
                "The run took %.1f s; %s took longest, %.1f s.",
                timings.values().stream().mapToDouble(s -> s).sum(), slowest, timings.get(slowest)),
            seconds)
        .provenance(provenance());
  }

  private void finish() {
    if (job.common.exportsCsv()) {
      stage("export", () -> CsvExport.tables(tables, directory.path("csv"), hadoop()));
    }
    directory.delete("work");
    directory.delete(RunIdentity.FILE);
    record.put("task_failures", progress.taskFailures());
    if (spark != null) {
      record.put("executors", Application.executors().stream().map(ExecutorRecord::json).toList());
    }
    if (report != null) {
      directory.write("report.html", page().html());
    }
    flushMetrics();
    directory.write(RunRecord.FILE, record.json());
    directory.commit();
    if (report != null) {
      say("report " + directory.shown() + "/report.html");
    } else {
      say("run " + directory.shown());
    }
  }
}
