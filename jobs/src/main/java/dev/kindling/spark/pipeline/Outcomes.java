package dev.kindling.spark.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.spark.pipeline.StageOutcome.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of a pipeline so far; the thread that shuts down reads it, too. */
final class Outcomes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String pipeline;
  private final String run;
  private final long begun = System.nanoTime();
  private final Map<String, StageOutcome> stages = new LinkedHashMap<>();

  Outcomes(String pipeline, String run, List<Decision> decisions) {
    this.pipeline = pipeline;
    this.run = run;
    for (Decision decision : decisions) {
      put(StageOutcome.of(decision, Status.NOT_RUN, 0, 0));
    }
  }

  synchronized void put(StageOutcome outcome) {
    stages.put(outcome.stage(), outcome);
  }

  synchronized List<StageOutcome> stages() {
    return List.copyOf(stages.values());
  }

  String run() {
    return run;
  }

  /** How many stages ended so: "2 done, 1 skipped". */
  String counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    stages().forEach(stage -> counts.merge(stage.status().text(), 1, Integer::sum));
    return String.join(
        ", ", counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
  }

  Map<String, String> statuses() {
    Map<String, String> statuses = new LinkedHashMap<>();
    stages().forEach(stage -> statuses.put(stage.stage(), stage.status().text()));
    return statuses;
  }

  /**
   * The line for a scheduler.
   *
   * @param status done, failed, locked or stopped
   * @param error null where there is none
   */
  String json(String status, int exit, String error) {
    ObjectNode root = JSON.createObjectNode();
    root.put("pipeline", pipeline).put("run", run).put("status", status).put("exit", exit);
    root.put("seconds", Math.round((System.nanoTime() - begun) / 1e6) / 1000.0);
    ArrayNode array = root.putArray("stages");
    for (StageOutcome stage : stages()) {
      array
          .addObject()
          .put("stage", stage.stage())
          .put("status", stage.status().text())
          .put("seconds", stage.seconds())
          .put("fingerprint", stage.fingerprint())
          .put("output", stage.output())
          .put("attempts", stage.attempts());
    }
    if (error != null) {
      root.put("error", error);
    }
    return root.toString();
  }
}
