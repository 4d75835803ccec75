package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.Audit;
import dev.kindling.spark.ade.Attacked.Attack;
import dev.kindling.spark.ade.Attacked.Structure;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The page of an {@code ade audit} run. */
record AuditReport(AuditResult result) {
  Report page() {
    Report report =
        Report.titled("Audit of distances by sketches")
            .summary(
                Words.of(
                    "%s. The adaptive structure %s%s.",
                    result.options().structure(result.plan()),
                    result.holds() ? "holds: " : "does not hold: ",
                    result.verdict()));
    Audit.Reached seen = result.last(Structure.adaptive, Attack.answers);
    report.section(
        "By answers alone",
        Words.of(
            "After %,d answers the estimates of the adaptive structure are %.4f to %.4f of the true distance in the directions that answers give away; those of one fixed sketch %.4f to %.4f.",
            seen.answers(),
            seen.low(),
            seen.high(),
            result.last(Structure.fixed, Attack.answers).low(),
            result.last(Structure.fixed, Attack.answers).high()),
        drift());
    report.section("Both attacks", note(), table());
    return report;
  }

  private LinePlot drift() {
    LinePlot plot =
        LinePlot.of(
            "Estimate/true in the directions that the answers give away",
            Axis.log("answers"),
            Axis.linear("estimate/true"));
    for (Structure structure : Structure.values()) {
      List<Attacked> looks = result.of(structure, Attack.answers);
      double[] answers = column(looks, Audit.Reached::answers);
      plot.series(structure + ", too small", answers, column(looks, Audit.Reached::low));
      plot.series(structure + ", too large", answers, column(looks, Audit.Reached::high));
    }
    double[] answers =
        column(result.of(Structure.adaptive, Attack.answers), Audit.Reached::answers);
    double epsilon = result.options().epsilon();
    plot.series("1 − ε", answers, level(answers, 1 - epsilon));
    return plot.series("1 + ε", answers, level(answers, 1 + epsilon));
  }

  private static double[] column(List<Attacked> looks, ToDoubleFunction<Audit.Reached> of) {
    return looks.stream().mapToDouble(look -> of.applyAsDouble(look.reached())).toArray();
  }

  private static double[] level(double[] x, double y) {
    double[] level = new double[x.length];
    Arrays.fill(level, y);
    return level;
  }

  private Table table() {
    Table table =
        Table.of(
            "Estimate/true of the median answer, and the share of answers off by more than ε",
            "structure",
            "attack",
            "answers",
            "low",
            "high",
            "wrong");
    for (Attacked row : result.rows()) {
      Audit.Reached reached = row.reached();
      table.row(
          row.structure(),
          row.attack(),
          reached.answers(),
          reached.low(),
          reached.high(),
          AuditResult.percent(reached.wrong()));
    }
    return table;
  }

  private String note() {
    return Words.of(
        "Two attacks were tried; that others fail is not shown. Beside the exact distance, which nobody can attack: %s.",
        result.options().reads(result.plan()));
  }
}
