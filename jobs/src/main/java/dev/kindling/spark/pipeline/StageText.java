package dev.kindling.spark.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A stage as it stands in the file.
 *
 * @param job words of the command line
 * @param options by name without dashes, in order
 * @param output null: below the home
 * @param after earlier stages that it waits for without reading them
 */
record StageText(
    Place place,
    String name,
    List<String> job,
    Map<String, Option> options,
    Template output,
    int retries,
    Duration backoff,
    List<String> after) {

  /** The value of an option, or its values. */
  record Option(Place place, List<Template> values) {}
}
