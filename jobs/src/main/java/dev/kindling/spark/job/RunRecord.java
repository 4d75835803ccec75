package dev.kindling.spark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code run.json} and {@code metrics.jsonl} say of a run. Values are text, numbers, truth
 * values, lists and maps of these.
 */
final class RunRecord {
  static final String FILE = "run.json";

  /** The field of a check that was asked for and did not hold. */
  static final String FAILED_CHECK = "failed_check";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper LINE = new ObjectMapper();

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> metrics = new LinkedHashMap<>();
  private final List<Map<String, Object>> timings = new ArrayList<>();

  /** Of lines of which there is no end. */
  private static final int RECENT = 10_000;

  private final Deque<String> recent = new ArrayDeque<>();
  private final StringBuilder lines = new StringBuilder();

  void put(String field, Object value) {
    fields.put(field, value);
  }

  void metric(String name, Object value) {
    metrics.put(name, value);
  }

  void timing(String stage, double seconds) {
    timings.add(Map.of("stage", stage, "seconds", Math.round(seconds * 1000) / 1000.0));
    line(Map.of("stage", stage, "seconds", Math.round(seconds * 1000) / 1000.0));
  }

  /** Adds a line to {@code metrics.jsonl}. */
  void line(Map<String, ?> values) {
    lines.append(text(LINE, new java.util.TreeMap<>(values))).append('\n');
  }

  /** Adds a line of which the last {@value #RECENT} are kept, after all others. */
  void recent(Map<String, ?> values) {
    if (recent.size() == RECENT) {
      recent.removeFirst();
    }
    recent.addLast(text(LINE, new java.util.TreeMap<>(values)));
  }

  Map<String, Object> metrics() {
    return metrics;
  }

  List<Map<String, Object>> timings() {
    return timings;
  }

  String metricLines() {
    StringBuilder all = new StringBuilder(lines);
    recent.forEach(line -> all.append(line).append('\n'));
    return all.toString();
  }

  String json() {
    ObjectNode root = JSON.valueToTree(fields);
    ArrayNode stages = root.putArray("timings");
    timings.forEach(
        t ->
            stages
                .addObject()
                .put("stage", (String) t.get("stage"))
                .put("seconds", (Double) t.get("seconds")));
    root.set("metrics", JSON.valueToTree(metrics));
    return text(JSON, root) + "\n";
  }

  private static String text(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
