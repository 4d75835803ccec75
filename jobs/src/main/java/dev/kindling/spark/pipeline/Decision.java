package dev.kindling.spark.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.BadInput;
import dev.kindling.spark.job.PlainFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Whether a stage runs.
 *
 * @param state what stands in its output, whatever was asked for
 * @param runs whether it runs now
 * @param why in a few words
 */
record Decision(Stage stage, StageFingerprint fingerprint, State state, boolean runs, String why) {
  enum State {
    DONE,
    OTHER,
    ABSENT
  }

  /**
   * Decides for each stage.
   *
   * @param from this one and all later ones run, or null
   * @param only nothing but this one runs, or null
   */
  static List<Decision> of(
      List<Stage> stages,
      Map<String, StageFingerprint> fingerprints,
      String from,
      String only,
      Configuration conf) {
    List<Decision> decisions = new java.util.ArrayList<>();
    boolean begun = false;
    for (Stage stage : stages) {
      begun |= stage.name().equals(from);
      Decision natural = natural(stage, fingerprints.get(stage.name()), conf);
      if (begun) {
        natural = natural.with(true, "--from " + from);
      }
      if (only != null) {
        boolean it = only.equals(stage.name());
        natural = natural.with(it, "--only " + only);
      }
      decisions.add(natural);
    }
    return decisions;
  }

  private Decision with(boolean nowRuns, String because) {
    return new Decision(stage, fingerprint, state, nowRuns, because);
  }

  private static Decision natural(Stage stage, StageFingerprint print, Configuration conf) {
    try {
      Path output = new Path(stage.output());
      FileSystem fs = PlainFiles.of(output, conf);
      Path file = new Path(output, "run.json");
      if (!fs.exists(file) || !fs.exists(new Path(output, "_SUCCESS"))) {
        Path unfinished = new Path(output.getParent(), "." + output.getName() + ".unfinished");
        String why = fs.exists(unfinished) ? "its last run did not end" : "never ran";
        return new Decision(stage, print, State.ABSENT, true, why);
      }
      JsonNode record;
      try (InputStream in = fs.open(file)) {
        record = new ObjectMapper().readTree(in);
      }
      if (record.has("failed_check")) {
        return new Decision(stage, print, State.OTHER, true, "its check did not hold");
      }
      if (record.path("fingerprint").asText().equals(print.text())) {
        return new Decision(stage, print, State.DONE, false, "done");
      }
      Map<String, String> parts = new TreeMap<>();
      record
          .path("fingerprint_parts")
          .properties()
          .forEach(e -> parts.put(e.getKey(), e.getValue().asText()));
      String why =
          parts.isEmpty() ? "its output was not made by a pipeline" : print.difference(parts);
      return new Decision(stage, print, State.OTHER, true, why);
    } catch (IOException | IllegalArgumentException e) {
      throw BadInput.of(
          e,
          "stage %s: output %s cannot be read: %s",
          stage.name(),
          stage.output(),
          e.getMessage());
    }
  }

  /**
   * @throws BadInput if {@code --only} needs a stage that is not done
   */
  static void requireInputs(List<Decision> decisions, String only) {
    Map<String, Decision> byName = new LinkedHashMap<>();
    decisions.forEach(d -> byName.put(d.stage().name(), d));
    for (String name : byName.get(only).stage().uses()) {
      if (byName.get(name).state() != State.DONE) {
        throw BadInput.of(
            "--only %s: it needs stage %s, which is not done; give --from %s", only, name, name);
      }
    }
  }

  String line() {
    return stage.name() + ": " + (runs ? "run" : "skip") + ", " + why;
  }
}
