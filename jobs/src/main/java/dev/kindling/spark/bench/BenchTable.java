package dev.kindling.spark.bench;

import dev.kindling.Words;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a bench measured: one shape for the table, the screen and the report of every bench. */
public final class BenchTable {
  private static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("case", Kind.TEXT)
          .with("system", Kind.TEXT)
          .with("seconds", Kind.DOUBLE)
          .with("ratio", Kind.DOUBLE)
          .with("quality", Kind.DOUBLE)
          .with("quality_name", Kind.TEXT);

  private BenchTable() {}

  /**
   * A system on a case; NaN or null is for what was not measured.
   *
   * @param seconds a median; infinite if the system never came to its end
   * @param ratio what it is compared with, by this
   * @param quality of the result
   * @param qualityName what that is: "test_accuracy"
   */
  public record Line(
      String name,
      String system,
      double seconds,
      double ratio,
      double quality,
      String qualityName) {}

  /** Writes the table {@code bench} and says it. */
  public static void write(Run run, List<Line> lines) {
    run.table(
        "bench",
        SCHEMA,
        lines.stream()
            .map(
                l ->
                    new Object[] {
                      l.name,
                      l.system,
                      finite(l.seconds),
                      finite(ratio(l)),
                      finite(l.quality),
                      l.qualityName
                    })
            .iterator());
    int wide = lines.stream().mapToInt(l -> l.system.length()).max().orElse(0);
    String row = "%-12s %-" + Math.max(wide, 6) + "s %9s %7s  %s";
    run.say(Words.of(row, "case", "system", "seconds", "ratio", "quality"));
    for (Line l : lines) {
      run.say(
          Words.of(
                  row,
                  l.name,
                  l.system,
                  Double.isInfinite(l.seconds) ? "never" : text(l.seconds, "%.4g"),
                  text(ratio(l), l.ratio < 100 ? "%.2f" : "%.0f"),
                  Double.isNaN(l.quality) ? "" : text(l.quality, "%.4g ") + l.qualityName)
              .stripTrailing());
    }
  }

  /** None of what never came to its end. */
  private static double ratio(Line line) {
    return Double.isFinite(line.seconds) ? line.ratio : Double.NaN;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String text(double value, String format) {
    return Double.isFinite(value) ? Words.of(format, value) : "";
  }

  /**
   * Adds the section of all lines to a report: the fastest of each case, the ratios drawn, and the
   * table.
   *
   * @param caption of the table
   */
  public static Report section(Report report, String caption, List<Line> lines) {
    Table table = Table.of(caption, "case", "system", "seconds", "ratio", "quality", "of");
    BarChart ratios =
        BarChart.of("How many times as fast as the first row of its case", Axis.log("ratio"));
    for (Line l : lines) {
      table.row(
          l.name, l.system, finite(l.seconds), finite(ratio(l)), finite(l.quality), l.qualityName);
      if (Double.isFinite(ratio(l))) {
        ratios.bar(l.name + ", " + l.system, ratio(l));
      }
    }
    return report.section("Systems", found(lines), table, ratios);
  }

  private static String found(List<Line> lines) {
    List<String> found = new ArrayList<>();
    for (String name : lines.stream().map(Line::name).distinct().toList()) {
      List<Line> timed =
          lines.stream().filter(l -> l.name.equals(name) && Double.isFinite(l.seconds)).toList();
      if (timed.size() > 1) {
        Line fastest = timed.stream().min(Comparator.comparingDouble(Line::seconds)).orElseThrow();
        found.add(
            Words.of(
                "%s: %s is the fastest, %.3g times as fast as %s",
                name, fastest.system, timed.get(0).seconds / fastest.seconds, timed.get(0).system));
      }
    }
    return found.isEmpty() ? "No two systems were timed." : String.join("; ", found) + ".";
  }
}
