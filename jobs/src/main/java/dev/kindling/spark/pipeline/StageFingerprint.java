package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.spark.job.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Of all that decides what a stage leaves: code, job, options, the content of what it reads, and
 * the fingerprints of the stages that it uses.
 *
 * @param parts what went into it, by name, for a reader
 */
record StageFingerprint(String text, Map<String, String> parts) {
  private static final String OPTION = "option ";
  private static final String INPUT = "input ";
  private static final String STAGE = "stage ";

  /**
   * Of each stage, in order.
   *
   * @param content of a path
   * @throws BadInput if a path cannot be read
   */
  static Map<String, StageFingerprint> of(List<Stage> stages, UnaryOperator<String> content) {
    Map<String, StageFingerprint> fingerprints = new LinkedHashMap<>();
    for (Stage stage : stages) {
      fingerprints.put(stage.name(), of(stage, fingerprints, content));
    }
    return fingerprints;
  }

  private static StageFingerprint of(
      Stage stage, Map<String, StageFingerprint> earlier, UnaryOperator<String> content) {
    Map<String, String> parts = new TreeMap<>();
    List<String> hashed = new ArrayList<>();
    parts.put("build", Version.build());
    parts.put("job", stage.jobName());
    hashed.add(Version.build());
    hashed.add(stage.jobName());
    new TreeMap<>(stage.options())
        .forEach(
            (name, value) -> {
              parts.put(OPTION + name, value);
              hashed.add(OPTION + name);
              hashed.add(withoutNames(value, stage.uses(), earlier));
            });
    for (String path : stage.reads()) {
      String hash;
      try {
        hash = content.apply(path);
      } catch (BadInput e) {
        throw new BadInput("stage " + stage.name() + ": " + e.getMessage(), e);
      }
      parts.put(INPUT + path, hash);
      hashed.add(INPUT + hash);
    }
    TreeSet<String> used = new TreeSet<>();
    for (String name : stage.uses()) {
      parts.put(STAGE + name, earlier.get(name).text);
      used.add(earlier.get(name).text);
    }
    hashed.addAll(used);
    return new StageFingerprint(Sha256.of(hashed), parts);
  }

  /** A stage may have another name and place: what it made counts. */
  private static String withoutNames(
      String value, List<String> uses, Map<String, StageFingerprint> earlier) {
    String text = value;
    for (String name : uses) {
      text = text.replace("${" + name + "}", "${" + earlier.get(name).text + "}");
    }
    return text;
  }

  /** The first reason why a run made from {@code before} is not one made from this. */
  String difference(Map<String, String> before) {
    if (!parts.get("build").equals(before.get("build"))) {
      return "code changed";
    }
    for (String name : parts.keySet()) {
      String now = parts.get(name);
      String then = before.get(name);
      if (now.equals(then)) {
        continue;
      }
      if (name.startsWith(OPTION)) {
        return name + " " + (then == null ? "not given" : then) + " → " + now;
      }
      if (name.startsWith(INPUT)) {
        return name + (then == null ? " is new" : " changed");
      }
      if (!name.startsWith(STAGE)) {
        return name + " " + then + " → " + now;
      }
    }
    for (String name : parts.keySet()) {
      if (name.startsWith(STAGE) && !parts.get(name).equals(before.get(name))) {
        return name + " will run";
      }
    }
    return "it reads something else";
  }
}
