package dev.kindling.spark.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.Words;
import dev.kindling.spark.job.PlainFiles;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Element;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The page of a pipeline's run. */
final class PipelineReport {
  private static final int MOST_METRICS = 12;

  private final String pipeline;
  private final Outcomes outcomes;
  private final String output;

  /**
   * @param output the pipeline's own run directory
   */
  PipelineReport(String pipeline, Outcomes outcomes, String output) {
    this.pipeline = pipeline;
    this.outcomes = outcomes;
    this.output = output;
  }

  Report page(Configuration conf) {
    Table table = Table.of("Stages in order", "stage", "status", "seconds", "attempts", "run");
    BarChart bars = BarChart.of("Seconds of each stage", Axis.linear("seconds"));
    Table figures = Table.of("Figures of the stages' runs", "stage", "figure", "value");
    List<Element> pages = new ArrayList<>();
    for (StageOutcome stage : outcomes.stages()) {
      table.row(
          stage.stage(), stage.status().text(), stage.seconds(), stage.attempts(), stage.output());
      bars.bar(stage.stage(), stage.seconds());
      metrics(figures, stage, conf);
      page(stage, conf).ifPresent(pages::add);
    }
    Report report =
        Report.titled("Pipeline " + pipeline)
            .summary("Run " + outcomes.run() + ": " + outcomes.counts() + ".")
            .section("Stages", outcomes.counts() + ".", table, bars)
            .section(
                "Figures",
                Words.of(
                    "What the runs of the stages found, %d figures each at most.", MOST_METRICS),
                figures);
    if (!pages.isEmpty()) {
      report.section("Pages", "The report of each stage.", pages.toArray(Element[]::new));
    }
    return report;
  }

  private static void metrics(Table figures, StageOutcome stage, Configuration conf) {
    Path file = new Path(stage.output(), "run.json");
    try {
      FileSystem fs = PlainFiles.of(file, conf);
      if (!fs.exists(file)) {
        return;
      }
      try (InputStream in = fs.open(file)) {
        int shown = 0;
        for (Map.Entry<String, JsonNode> metric :
            new ObjectMapper().readTree(in).path("metrics").properties()) {
          JsonNode value = metric.getValue();
          if (value.isValueNode() && !value.isNull() && shown++ < MOST_METRICS) {
            figures.row(stage.stage(), metric.getKey(), value.asText());
          }
        }
      }
    } catch (IOException e) {
      figures.row(stage.stage(), "run.json", "cannot be read");
    }
  }

  private java.util.Optional<Element> page(StageOutcome stage, Configuration conf) {
    Path page = new Path(stage.output(), "report.html");
    try {
      FileSystem fs = PlainFiles.of(page, conf);
      if (!fs.exists(page)) {
        return java.util.Optional.empty();
      }
      URI to = fs.makeQualified(page).toUri();
      URI from = fs.makeQualified(new Path(output)).toUri();
      return java.util.Optional.of(Element.link(stage.stage(), relative(from, to)));
    } catch (IOException e) {
      return java.util.Optional.empty();
    }
  }

  /** From a folder to a file, by way of what they share; as it is on another file system. */
  static String relative(URI folder, URI file) {
    if (!String.valueOf(folder.getScheme()).equals(String.valueOf(file.getScheme()))
        || !String.valueOf(folder.getAuthority()).equals(String.valueOf(file.getAuthority()))) {
      return file.toString();
    }
    return java.nio.file.Path.of(folder.getPath())
        .relativize(java.nio.file.Path.of(file.getPath()))
        .toString();
  }
}
