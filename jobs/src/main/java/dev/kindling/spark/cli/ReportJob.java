package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.MemoryFile;
import dev.kindling.spark.job.FinishedRun;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Plan;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One page over earlier runs of any jobs. It reads their {@code run.json} and nothing else. */
@Command(
    name = "report",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "One page over the run directories of earlier runs: what ran, how long, with what result.",
    footer = {
      "",
      "Example: two runs side by side",
      "  submit/kindling gntk --data bzr --output kindling-runs/one",
      "  submit/kindling gntk --data bzr --blocks 3 --output kindling-runs/three",
      "  submit/kindling report --runs kindling-runs/one,kindling-runs/three",
    })
final class ReportJob extends Job {
  private static final TableSchema METRICS =
      TableSchema.empty()
          .with("run", Kind.TEXT)
          .with("job", Kind.TEXT)
          .with("metric", Kind.TEXT)
          .with("value", Kind.DOUBLE);
  private static final TableSchema TIMINGS =
      TableSchema.empty()
          .with("run", Kind.TEXT)
          .with("stage", Kind.TEXT)
          .with("seconds", Kind.DOUBLE);

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      required = true,
      split = ",",
      description = "Run directories, with commas between them.")
  List<String> runs;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      defaultValue = "Runs",
      description = "Title of the page. Default: ${DEFAULT-VALUE}.")
  String title;

  @Override
  protected void check() {
    if (runs.stream().anyMatch(String::isBlank)) {
      throw BadInput.of("--runs %s: an empty name; give directories with commas between", input());
    }
    if (new LinkedHashSet<>(runs).size() < runs.size()) {
      throw new BadInput("--runs " + input() + ": a run is named twice; leave one out");
    }
  }

  @Override
  protected String input() {
    return String.join(",", runs);
  }

  @Override
  protected List<String> reads() {
    return runs;
  }

  @Override
  protected void run(Run run) {
    Map<String, FinishedRun> finished =
        run.stage("read", () -> read(run), read -> read.size() + " runs");
    run.input(fingerprint(finished));
    run.explain(new Plan().say("a page over " + finished.size() + " runs"));
    run.metric("runs", finished.size());
    List<Object[]> metrics = new ArrayList<>();
    List<Object[]> timings = new ArrayList<>();
    finished.forEach(
        (name, of) -> {
          of.scalars()
              .forEach(
                  (metric, value) -> {
                    if (value instanceof Number number) {
                      metrics.add(new Object[] {name, of.job(), metric, number.doubleValue()});
                    }
                  });
          of.timings()
              .forEach((stage, seconds) -> timings.add(new Object[] {name, stage, seconds}));
        });
    run.table("metrics", METRICS, metrics.iterator());
    run.table("timings", TIMINGS, timings.iterator());
    run.report(() -> new RunsPage(title, finished).page(run));
  }

  /** By the last part of the name; by the whole where two would be the same. */
  private Map<String, FinishedRun> read(Run run) {
    List<FinishedRun> read =
        runs.stream().map(name -> FinishedRun.open("--runs", name, run.hadoop())).toList();
    boolean differ = read.stream().map(r -> r.folder().getName()).distinct().count() == read.size();
    Map<String, FinishedRun> byName = new LinkedHashMap<>();
    for (int i = 0; i < read.size(); i++) {
      byName.put(differ ? read.get(i).folder().getName() : runs.get(i), read.get(i));
    }
    return byName;
  }

  private static String fingerprint(Map<String, FinishedRun> runs) {
    return Fingerprint.of(
        runs.values().stream()
            .map(r -> new MemoryFile("run.json", r.text().getBytes(StandardCharsets.UTF_8)))
            .toList());
  }
}
