package dev.kindling.spark.cli;

import dev.kindling.Words;
import dev.kindling.data.InputPath;
import dev.kindling.spark.job.FinishedRun;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Element;
import dev.kindling.spark.report.Links;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** The page of a {@code report} run: a column or a chart for each of the runs. */
final class RunsPage {
  private final String title;
  private final Map<String, FinishedRun> runs;

  /**
   * @param runs by the name that the page calls them
   */
  RunsPage(String title, Map<String, FinishedRun> runs) {
    this.title = title;
    this.runs = runs;
  }

  Report page(Run run) {
    double seconds = runs.values().stream().mapToDouble(RunsPage::total).sum();
    Report report =
        Report.titled(title)
            .summary(String.join(", ", runs.keySet()) + ": what ran, how long, and what came out.")
            .figure("runs", Integer.toString(runs.size()))
            .figure("seconds of all runs", Words.of("%.1f", seconds));
    report.section(
        "What ran",
        Words.of(
            "%,d runs of %s.",
            runs.size(),
            runs.values().stream()
                .map(FinishedRun::job)
                .distinct()
                .collect(Collectors.joining(", "))),
        what(),
        links(run));
    report.section(
        "Results",
        "Every figure of every run; a cell is empty where a run does not have the figure.",
        metrics());
    String slowest =
        Collections.max(runs.keySet(), Comparator.comparingDouble(name -> total(runs.get(name))));
    report.section(
        "Time of the runs",
        Words.of("%s took longest, %.1f s.", slowest, total(runs.get(slowest))),
        times());
    Map<String, String> provenance = new LinkedHashMap<>();
    runs.forEach(
        (name, of) ->
            provenance.put(
                name,
                Words.of(
                    "%s: %s %s on %s, input fingerprint %s",
                    InputPath.show(of.folder()),
                    of.job(),
                    of.version(),
                    of.input(),
                    of.inputFingerprint())));
    return report.provenance(provenance);
  }

  private static double total(FinishedRun run) {
    return run.timings().values().stream().mapToDouble(s -> s).sum();
  }

  private Table what() {
    Table table =
        Table.of("The runs and their options", "run", "job", "version", "input", "options");
    runs.forEach((name, of) -> table.row(name, of.job(), of.version(), of.input(), options(of)));
    return table;
  }

  private static String options(FinishedRun run) {
    return run.options().entrySet().stream()
        .filter(o -> o.getValue() != null && !o.getValue().equals("false"))
        .map(o -> o.getValue().equals("true") ? o.getKey() : o.getKey() + " " + o.getValue())
        .collect(Collectors.joining(", "));
  }

  private Links links(Run run) {
    Links links = Links.none();
    runs.forEach(
        (name, of) -> {
          if (of.has("report.html")) {
            links.to("report of " + name, address(run.target(), of.folder()) + "/report.html");
          }
        });
    return links;
  }

  /** Relative on one file system, so that both can be moved together. */
  private static String address(Path from, Path to) {
    boolean together =
        "file".equals(from.toUri().getScheme()) && "file".equals(to.toUri().getScheme());
    if (!together) {
      return to.toUri().toString();
    }
    String relative =
        java.nio.file.Path.of(from.toUri().getPath())
            .relativize(java.nio.file.Path.of(to.toUri().getPath()))
            .toString();
    try {
      return new java.net.URI(null, null, "./" + relative, null).toASCIIString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Table metrics() {
    Set<String> names = new LinkedHashSet<>();
    runs.values().forEach(run -> names.addAll(run.scalars().keySet()));
    List<String> columns = new ArrayList<>(List.of("metric"));
    columns.addAll(runs.keySet());
    Table table = Table.of("Every figure of every run", columns.toArray(String[]::new));
    for (String name : names) {
      List<Object> row = new ArrayList<>(List.of(name));
      runs.values().forEach(run -> row.add(run.scalars().get(name)));
      table.row(row.toArray());
    }
    return table;
  }

  private Element[] times() {
    List<Element> charts = new ArrayList<>();
    runs.forEach(
        (name, of) -> {
          BarChart chart =
              BarChart.of(
                  Words.of("%s: %s, %.1f s", name, of.job(), total(of)), Axis.linear("seconds"));
          of.timings().forEach(chart::bar);
          charts.add(chart);
        });
    return charts.toArray(Element[]::new);
  }
}
