package dev.kindling.spark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.BadInput;
import dev.kindling.data.InputPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The run directory of an earlier run, through its {@code run.json}. Nothing in it is trusted. */
public final class FinishedRun {
  private static final int MOST_BYTES = 16 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String given;
  private final Path folder;
  private final FileSystem fs;
  private final String text;
  private final JsonNode root;

  private FinishedRun(String given, Path folder, FileSystem fs, String text, JsonNode root) {
    this.given = given;
    this.folder = folder;
    this.fs = fs;
    this.text = text;
    this.root = root;
  }

  /**
   * Reads the record of a run.
   *
   * @param option the option that names the directory, for messages
   * @throws BadInput if it is no finished run directory, or {@code run.json} is longer than 16 MiB
   *     or not what a run writes
   */
  public static FinishedRun open(String option, String directory, Configuration conf) {
    String given = option + " " + directory;
    try {
      FileStatus status = InputPath.require(directory, conf);
      Path folder = status.getPath();
      FileSystem fs = folder.getFileSystem(conf);
      Path file = new Path(folder, RunRecord.FILE);
      if (!status.isDirectory() || !fs.exists(file)) {
        throw BadInput.of(
            "%s: not a run directory (it has no run.json); give the --output of a finished run",
            given);
      }
      if (!fs.exists(new Path(folder, "_SUCCESS"))) {
        throw BadInput.of(
            "%s: the run is not finished (it has no _SUCCESS); run it again, or --resume it",
            given);
      }
      byte[] bytes = read(fs, file, given);
      JsonNode root = JSON.readTree(bytes);
      FinishedRun run =
          new FinishedRun(
              given, folder, fs, new String(bytes, java.nio.charset.StandardCharsets.UTF_8), root);
      run.check();
      return run;
    } catch (JsonProcessingException e) {
      throw BadInput.of(
          e, "%s/run.json is no JSON: %s; run the job again", given, e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadInput(given + ": cannot be read: " + RunDirectory.firstLine(e), e);
    }
  }

  private static byte[] read(FileSystem fs, Path file, String given) throws IOException {
    try (InputStream in = fs.open(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new BadInput(given + "/run.json is longer than 16 MiB; no run writes such a one");
      }
      return bytes;
    }
  }

  private void check() {
    require(root != null && root.isObject(), "is not an object");
    for (String field : new String[] {"job", "version", "input", "input_fingerprint"}) {
      require(root.path(field).isTextual(), "has no text " + field);
    }
    require(root.path("options").isObject(), "has no options");
    require(root.path("metrics").isObject(), "has no metrics");
    require(root.path("timings").isArray(), "has no timings");
    for (JsonNode timing : root.path("timings")) {
      double seconds = timing.path("seconds").asDouble(-1);
      require(
          timing.path("stage").isTextual()
              && timing.path("seconds").isNumber()
              && seconds >= 0
              && Double.isFinite(seconds),
          "has a timing without stage or seconds");
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new BadInput(given + "/run.json " + otherwise + "; run the job again");
    }
  }

  /** The option and the directory as the user gave them, to begin a message with. */
  public String given() {
    return given;
  }

  /** The directory. */
  public Path folder() {
    return folder;
  }

  /** Whether a file or folder is in it. */
  public boolean has(String name) {
    try {
      return fs.exists(new Path(folder, name));
    } catch (IOException e) {
      throw new BadInput(given + ": cannot be read: " + RunDirectory.firstLine(e), e);
    }
  }

  /** The whole of {@code run.json}. */
  public String text() {
    return text;
  }

  public String job() {
    return root.path("job").asText();
  }

  public String version() {
    return root.path("version").asText();
  }

  /** What it read, as its user named it. */
  public String input() {
    return root.path("input").asText();
  }

  public String inputFingerprint() {
    return root.path("input_fingerprint").asText();
  }

  /** Its options by name without dashes; null where one was not given and has no default. */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    root.path("options")
        .properties()
        .forEach(
            o -> options.put(o.getKey(), o.getValue().isNull() ? null : o.getValue().asText()));
    return options;
  }

  /** Its metrics that are a number, a text or a truth value: Long, Double, String, Boolean. */
  public Map<String, Object> scalars() {
    Map<String, Object> scalars = new LinkedHashMap<>();
    root.path("metrics")
        .properties()
        .forEach(
            metric -> {
              JsonNode value = metric.getValue();
              if (value.isIntegralNumber() && value.canConvertToLong()) {
                scalars.put(metric.getKey(), value.asLong());
              } else if (value.isNumber()) {
                scalars.put(metric.getKey(), value.asDouble());
              } else if (value.isTextual()) {
                scalars.put(metric.getKey(), value.asText());
              } else if (value.isBoolean()) {
                scalars.put(metric.getKey(), value.asBoolean());
              }
            });
    return scalars;
  }

  /** Seconds of its stages, in order; of stages of one name the sum. */
  public Map<String, Double> timings() {
    Map<String, Double> timings = new LinkedHashMap<>();
    root.path("timings")
        .forEach(
            t ->
                timings.merge(t.path("stage").asText(), t.path("seconds").asDouble(), Double::sum));
    return timings;
  }
}
