package dev.kindling.spark.job;

import dev.kindling.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run's figures in Prometheus's text format, for a collector that reads files (node_exporter's
 * textfile collector, a push gateway): a batch job has gone before anybody asks it.
 */
final class PrometheusText {
  private final StringBuilder text = new StringBuilder();
  private final String labels;

  private PrometheusText(String job, String run) {
    labels = label("job", job) + "," + label("run", run);
  }

  static String of(
      String job,
      String run,
      boolean done,
      List<Map<String, Object>> timings,
      Map<String, Object> metrics,
      int taskFailures) {
    PrometheusText text = new PrometheusText(job, run);
    text.family("kindling_run_done", "1 if the run ended well, else 0.");
    text.sample("kindling_run_done", "", done ? 1 : 0);
    text.family("kindling_run_ended_timestamp_seconds", "When the run ended.");
    text.sample("kindling_run_ended_timestamp_seconds", "", Instant.now().toEpochMilli() / 1000.0);
    text.family("kindling_task_failures", "Tasks that had to be run again.");
    text.sample("kindling_task_failures", "", taskFailures);
    text.family("kindling_stage_seconds", "How long each stage took.");
    for (Map<String, Object> timing : timings) {
      text.sample(
          "kindling_stage_seconds",
          "," + label("stage", (String) timing.get("stage")),
          (Double) timing.get("seconds"));
    }
    text.family("kindling_metric", "The figures of run.json.");
    metrics.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            text.sample("kindling_metric", "," + label("name", name), number.doubleValue());
          }
        });
    return text.text.toString();
  }

  private void family(String name, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
  }

  private void sample(String name, String more, double value) {
    text.append(name).append('{').append(labels).append(more).append("} ").append(value);
    text.append('\n');
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }

  /**
   * @throws BadInput if the file's folder is not there
   */
  static void check(String file) {
    Path folder = Path.of(file).toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(Path.of(file))) {
      throw new BadInput("--prometheus " + file + ": not a file in a folder that is there");
    }
  }

  /** A reader sees the old text or the new one, never a part. */
  static void write(String file, String text) {
    Path target = Path.of(file).toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.write(part, text.getBytes(StandardCharsets.UTF_8));
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new JobFailure("--prometheus " + file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
