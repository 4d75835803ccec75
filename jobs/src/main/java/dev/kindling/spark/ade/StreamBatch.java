package dev.kindling.spark.ade;

import dev.kindling.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a micro-batch.
 *
 * @param number from 0
 * @param rows lines by kind, as they came
 * @param changes what they made of the index
 * @param answers of queries
 */
record StreamBatch(
    long number,
    Map<StreamKind, Integer> rows,
    StreamChanges.Outcome changes,
    SearchTally answers) {
  long lines() {
    return rows.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** For the progress line. */
  String words() {
    return Words.of(
        "%,d: %,d lines, epoch %,d%s, %,d answers%s",
        number,
        lines(),
        changes.epoch().epoch(),
        changes.before() ? " (applied before)" : "",
        answers.found(),
        changes.rejected() == 0 ? "" : Words.of(", %,d rejected", changes.rejected()));
  }

  /** For metrics.jsonl. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("batch", number);
    figures.put("epoch", changes.epoch().epoch());
    rows.forEach((kind, count) -> figures.put(kind.word().replace('-', '_'), count));
    figures.put("answers", answers.found());
    figures.put("rejected", changes.rejected());
    return figures;
  }
}
