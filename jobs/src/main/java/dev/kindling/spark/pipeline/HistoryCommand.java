package dev.kindling.spark.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.Words;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.HelpOption;
import dev.kindling.spark.job.Screen;
import dev.kindling.spark.job.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The runs of a pipeline so far. */
@Command(
    name = "history",
    description = "The last runs of a pipeline, the newest at the end.",
    footer = {"", "Example: submit/kindling pipeline history submit/examples/molecules.yaml"})
final class HistoryCommand implements Callable<Integer> {
  @Mixin PipelineFile file;

  @Option(names = "--json", description = "A JSON object a line.")
  boolean json;

  @Option(names = "-v", description = "More: a stack trace with an error.")
  boolean verbose;

  @Mixin HelpOption help;

  @Override
  public Integer call() {
    Map<String, String> variables = file.variables(file.read(), LocalDate.now(ZoneOffset.UTC));
    List<ObjectNode> runs = new History(new Path(variables.get("home")), Sessions.hadoop()).runs();
    if (json) {
      runs.forEach(System.out::println);
    } else {
      table(runs).forEach(line -> Screen.line(System.out, line));
    }
    return ExitCode.DONE;
  }

  static List<String> table(List<ObjectNode> runs) {
    String format = "%-20s %-8s %4s %9s  %-32s %s";
    List<String> lines = new ArrayList<>();
    lines.add(Words.of(format, "run", "status", "exit", "seconds", "stages", "owner"));
    for (ObjectNode run : runs) {
      Map<String, Integer> counts = new TreeMap<>();
      for (JsonNode status : run.path("stages")) {
        counts.merge(status.asText(), 1, Integer::sum);
      }
      lines.add(
          Words.of(
              format,
              run.path("run").asText(),
              run.path("status").asText(),
              run.path("exit").isNull() ? "" : run.path("exit").asText(),
              seconds(run),
              String.join(
                  ", ",
                  counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList()),
              run.path("owner").asText()));
    }
    return lines;
  }

  private static String seconds(ObjectNode run) {
    if (!run.hasNonNull("ended")) {
      return "";
    }
    Duration lasted =
        Duration.between(
            Instant.parse(run.path("started").asText()), Instant.parse(run.path("ended").asText()));
    return Words.of("%.1f", lasted.toMillis() / 1000.0);
  }
}
