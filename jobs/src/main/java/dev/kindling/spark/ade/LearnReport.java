package dev.kindling.spark.ade;

import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import java.util.Locale;

/** The page of an {@code ade learn} run. */
record LearnReport(String set, LearnResult result) {
  Report page() {
    Report report =
        Report.titled("A metric for " + set)
            .summary(sentence())
            .figure("features", String.format(Locale.ROOT, "%,d", result.metric().dimension()))
            .figure("rank", String.format(Locale.ROOT, "%,d", result.rank()));
    LearnResult.Accuracy accuracy = result.accuracy();
    if (accuracy != null) {
      report
          .figure("3-NN accuracy", percent(accuracy.after()))
          .figure("3-NN accuracy, Euclidean", percent(accuracy.before()));
    }
    if (result.online() != null) {
      online(report, result.online());
    }
    if (accuracy != null) {
      report.section(
          "Neighbours",
          BarChart.of(
                  "Rows whose class their three nearest others tell",
                  Axis.linear("share of rows").covering(0, 1))
              .bar("Euclidean", accuracy.before())
              .bar(result.learner().name(), accuracy.after()));
    }
    return report;
  }

  private void online(Report report, LearnResult.Online online) {
    boolean lego = result.learner() == Learner.lego;
    report.figure("constraints", String.format(Locale.ROOT, "%,d", online.constraints()));
    LearnHistory history = online.history();
    String mean =
        history.group() == 1
            ? ""
            : String.format(Locale.ROOT, ", means of %,d constraints", history.group());
    report.section(
        "Constraints",
        LinePlot.of(
                "Loss of each constraint when it came" + mean,
                Axis.linear("constraint"),
                Axis.linear("loss"))
            .dots("loss", history.column(0), history.column(4)),
        LinePlot.of(
                "Squared distance of its points" + mean,
                Axis.linear("constraint"),
                Axis.log("squared distance"))
            .dots("when it came", history.column(0), history.column(2))
            .dots("once it was learned from", history.column(0), history.column(3)),
        lego
            ? BarChart.of("Root mean square error of d²", Axis.linear("error"))
                .bar("before", online.before().error())
                .bar("after", online.after().error())
            : BarChart.of("Constraints that do not hold", Axis.linear("constraints"))
                .bar("before", online.before().violated())
                .bar("after", online.after().violated()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private String sentence() {
    return result.title()
        + "."
        + (result.online() == null
            ? ""
            : " " + result.constraintsLine().replaceAll(" +", " ") + ".")
        + (result.harms() ? " Neighbours are worse than before: " + result.advice() + "." : "");
  }
}
