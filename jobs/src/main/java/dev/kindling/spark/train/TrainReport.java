package dev.kindling.spark.train;

import dev.kindling.spark.job.Run;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.BarChart;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.List;
import java.util.Locale;

/** The page of a {@code train} run. */
record TrainReport(
    String set, FitOptions fit, TrainResult result, TrainCurves curves, List<Peer> peers) {
  String html(Run run) {
    Report report =
        Report.titled("Training on " + set)
            .summary(sentence())
            .figure("rows", String.format(Locale.ROOT, "%,d", result.rows()))
            .figure("steps", String.format(Locale.ROOT, "%,d", result.steps()))
            .figure("training " + result.scoreName(), result.scored(result.train()));
    if (result.validation() != null) {
      report
          .figure("validation " + result.scoreName(), result.scored(result.validation()))
          .figure("validation loss", result.validation().meanLoss());
    }
    report.figure("regrets", String.format(Locale.ROOT, "%,d", curves.regretted()));
    LinePlot loss =
        LinePlot.of(
                "Loss of the batch, and of the validation rows",
                Axis.linear("step"),
                Axis.log("loss"))
            .series("batch", curves.steps(0), curves.steps(1));
    if (curves.looks(0).length > 0) {
      loss.series("validation", curves.looks(0), curves.looks(1));
      loss.mark(result.bestStep(), "kept");
    }
    report.section("Loss", loss);
    if (curves.hasAccuracy()) {
      report.section(
          "Accuracy",
          LinePlot.of(
                  "Accuracy on the validation rows", Axis.linear("step"), Axis.linear("accuracy"))
              .series("validation", curves.looks(0), curves.looks(2)));
    }
    LinePlot rate =
        LinePlot.of("Learning rate", Axis.linear("step"), Axis.log("learning rate"))
            .series("learning rate", curves.steps(0), curves.steps(2));
    if (curves.regretted() > 0) {
      rate.dots(
          curves.hasAllRegrets() ? "regrets" : "regrets, some",
          curves.regrets(0),
          curves.regrets(1));
    }
    report.section("Learning rate", rate);
    if (curves.hasCosine()) {
      report.section(
          "Cosine",
          LinePlot.of(
                  "Cosine of the gradient and the average of directions before it",
                  Axis.linear("step"),
                  Axis.linear("cosine"))
              .series("cosine", curves.steps(0), curves.steps(3)));
    }
    beside(report);
    BarChart times = BarChart.of("Seconds for each stage", Axis.linear("seconds"));
    run.timings().forEach(times::bar);
    return report.section("Time", times).provenance(run.provenance()).html();
  }

  private void beside(Report report) {
    if (peers.isEmpty()) {
      return;
    }
    Table table =
        Table.of(
                "The best weights of each, on the validation rows",
                "schedule",
                "loss",
                result.scoreName(),
                "step")
            .row(
                fit.schedule(),
                result.validation().meanLoss(),
                result.score(result.validation()),
                result.bestStep());
    LinePlot loss =
        LinePlot.of("Loss of the validation rows", Axis.linear("step"), Axis.log("loss"))
            .series(fit.schedule().toString(), curves.looks(0), curves.looks(1));
    LinePlot rate =
        LinePlot.of("Learning rate", Axis.linear("step"), Axis.log("learning rate"))
            .series(fit.schedule().toString(), curves.steps(0), curves.steps(2));
    for (Peer peer : peers) {
      boolean ended = peer.best() != null;
      table.row(
          peer.kind() + (ended ? "" : ", diverged"),
          ended ? (Double) peer.best().meanLoss() : null,
          ended ? (Double) result.score(peer.best()) : null,
          peer.bestStep());
      loss.series(peer.kind().toString(), peer.curves().looks(0), peer.curves().looks(1));
      rate.series(peer.kind().toString(), peer.curves().steps(0), peer.curves().steps(2));
    }
    report.section("Peers", table, loss, rate);
  }

  private String sentence() {
    return String.format(
        Locale.ROOT,
        "A perceptron (%s) was trained on %,d rows by %s under the schedule %s, %,d rows a batch. %s",
        fit.hidden().isEmpty() ? "no hidden layer" : "hidden layers " + fit.hidden(),
        result.rows(),
        fit.optimizer(),
        fit.schedule(),
        result.batch(),
        result.validation() == null
            ? "The last weights are kept."
            : String.format(
                Locale.ROOT,
                "The weights of step %,d had the lowest validation loss and are kept.",
                result.bestStep()));
  }
}
