package dev.kindling.spark.job;

import dev.kindling.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run came to. Each figure is stated once, and stands on stdout, in {@code run.json} and at
 * the top of the report.
 */
public final class Outcome {
  private final String sentence;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Object> metrics = new LinkedHashMap<>();

  /**
   * A line of stdout.
   *
   * @param isFigure whether it also stands at the top of the report
   */
  private record Line(String label, String value, String note, boolean isFigure) {}

  private Outcome(String sentence) {
    this.sentence = sentence;
  }

  /**
   * @param sentence what was found, without a full stop: the first line of stdout, and the summary
   *     of the report
   */
  public static Outcome of(String sentence) {
    return new Outcome(sentence);
  }

  /**
   * A figure with its own format.
   *
   * @param metric its name in {@code run.json}; with spaces for underscores its label elsewhere
   * @param value NaN is recorded as null
   * @param format of the value, {@code "%.4g"}
   */
  public Outcome figure(String metric, double value, String format) {
    return figure(metric, value, format, "");
  }

  /**
   * @param note a few words behind the figure on stdout
   */
  public Outcome figure(String metric, double value, String format, String note) {
    record(metric, Double.isFinite(value) ? value : null);
    return text(label(metric), Words.of(format, value), note);
  }

  /** A number of something, with thousands separators. */
  public Outcome count(String metric, long value) {
    return count(metric, value, "");
  }

  public Outcome count(String metric, long value, String note) {
    record(metric, value);
    return text(label(metric), Words.of("%,d", value), note);
  }

  /** A share as a percentage with two decimals. */
  public Outcome percent(String metric, double share) {
    return percent(metric, share, "");
  }

  public Outcome percent(String metric, double share, String note) {
    record(metric, Double.isFinite(share) ? share : null);
    return text(label(metric), Words.of("%.2f %%", 100 * share), note);
  }

  /** A figure whose text is no single number: a mean with its error. Record its parts. */
  public Outcome text(String label, String value, String note) {
    lines.add(new Line(label, value, note, true));
    return this;
  }

  /** A line of stdout alone. */
  public Outcome line(String text) {
    lines.add(new Line(null, text, "", false));
    return this;
  }

  /** A value of {@code run.json} alone. */
  public Outcome record(String metric, Object value) {
    metrics.put(metric, value);
    return this;
  }

  private static String label(String metric) {
    return metric.replace('_', ' ');
  }

  String sentence() {
    return sentence;
  }

  Map<String, Object> metrics() {
    return metrics;
  }

  /** For stdout: the sentence, and the figures below each other. */
  List<String> shown() {
    int wide =
        lines.stream().filter(l -> l.isFigure).mapToInt(l -> l.label.length()).max().orElse(0);
    int values =
        lines.stream().filter(l -> l.isFigure).mapToInt(l -> l.value.length()).max().orElse(0);
    String row = "  %-" + Math.max(1, wide) + "s  %-" + Math.max(1, values) + "s  %s";
    List<String> shown = new ArrayList<>(List.of(sentence));
    for (Line l : lines) {
      shown.add(
          l.isFigure ? Words.of(row, l.label, l.value, l.note).stripTrailing() : "  " + l.value);
    }
    return shown;
  }

  /** For the top of the report. */
  Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    lines.stream().filter(l -> l.isFigure).forEach(l -> figures.put(l.label, l.value));
    return figures;
  }
}
