package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;

/** The page of an {@code ade learn} run. */
record LearnReport(String set, LearnResult result) {
  Report page() {
    Report report = Report.titled("A metric for " + set);
    if (result.online() != null) {
      online(report, result.online());
    }
    LearnAccuracy accuracy = result.accuracy();
    if (accuracy != null) {
      BarChart bars =
          BarChart.of(
                  "Rows whose class their three nearest others tell",
                  Axis.linear("share of rows").covering(0, 1))
              .bar("Euclidean", accuracy.euclidean());
      if (!Double.isNaN(accuracy.whitening())) {
        bars.bar("whitening", accuracy.whitening());
      }
      report.section(
          "Neighbors",
          Words.of(
              "The class of %.2f %% of %,d rows %s is that of most of their three nearest others; under the Euclidean distance it is %.2f %%%s.",
              100 * accuracy.learned(),
              accuracy.judged(),
              accuracy.heldOut()
                  ? "that were held out"
                  : "that the metric was learned from, which says too much of new rows,",
              100 * accuracy.euclidean(),
              accuracy.harms() ? ", so neighbors are worse: " + result.advice() : ""),
          bars.bar(result.learner().name(), accuracy.learned()));
    }
    return report;
  }

  private void online(Report report, LearnResult.Online online) {
    boolean lego = result.learner() == Learner.lego;
    LearnHistory history = online.history();
    String mean =
        history.group() == 1 ? "" : Words.of(", means of %,d constraints", history.group());
    report.section(
        "Constraints",
        lego
            ? Words.of(
                "Learning from %,d constraints took the root mean square error of d² from %.4g to %.4g.",
                online.constraints(), online.before().error(), online.after().error())
            : Words.of(
                "Of %,d constraints %,d do not hold under the metric; before there were %,d.",
                online.constraints(), online.after().violated(), online.before().violated()),
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
}
