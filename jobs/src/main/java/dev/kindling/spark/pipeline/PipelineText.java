package dev.kindling.spark.pipeline;

import java.util.List;
import java.util.Map;

/**
 * A pipeline as it stands in its file.
 *
 * @param home folder of the stages' runs, the lock and the history
 * @param parameters their defaults, in order
 */
record PipelineText(
    String name, Template home, Map<String, String> parameters, List<StageText> stages) {}
