package dev.kindling.spark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.BadInput;
import dev.kindling.spark.setting.SettingOptions;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an unfinished run was made from: version, input and the options that decide what is
 * computed. It stands in the unfinished directory, so that {@code --resume} never mixes files of
 * two different runs.
 */
final class RunIdentity {
  static final String FILE = "resume.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ResolvedOptions options;
  private final Map<String, String> facts = new TreeMap<>();

  /**
   * @param fingerprint that a pipeline gave, or empty
   */
  RunIdentity(ResolvedOptions options, String inputFingerprint, String fingerprint) {
    this.options = options;
    facts.put("version", Version.text());
    facts.put("build", Version.build());
    if (!fingerprint.isEmpty()) {
      facts.put("fingerprint", fingerprint);
    }
    facts.putAll(options.decisive());
    facts.put("input content", inputFingerprint);
  }

  String json() {
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a run was made from the same. */
  boolean isSame(String json) {
    try {
      return facts.equals(JSON.readValue(json, TreeMap.class));
    } catch (JsonProcessingException damaged) {
      return false;
    }
  }

  /**
   * @param json of the run that is to be resumed
   * @throws BadInput naming the first difference
   */
  void requireSame(String json) {
    Map<?, ?> then;
    try {
      then = JSON.readValue(json, TreeMap.class);
    } catch (JsonProcessingException e) {
      throw new BadInput("--resume: " + FILE + " is damaged; give --overwrite to start again", e);
    }
    facts.forEach(
        (name, value) -> {
          if (!value.equals(then.get(name))) {
            throw BadInput.of(
                "--resume: the unfinished run was begun with %s, this one has %s; give the same, or --overwrite to start again",
                shown(name, String.valueOf(then.get(name))),
                options.values().containsKey(name) ? shown(name, value) : value);
          }
        });
  }

  /** An option as it would be typed; other facts by their names. */
  private String shown(String name, String value) {
    return options.values().containsKey(name)
        ? SettingOptions.typed("--" + name, value)
        : name + " " + value;
  }
}
