package dev.kindling.spark.train;

import dev.kindling.Words;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import dev.kindling.spark.report.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The page of a {@code train} run. */
record TrainReport(
    String set, FitOptions fit, TrainResult result, TrainCurves curves, List<Peer> peers) {
  Report page() {
    Report report = Report.titled("Training on " + set).summary(sentence());
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
    report.section("Loss", foundOfLoss(), loss);
    if (curves.hasAccuracy()) {
      report.section(
          "Accuracy",
          Words.of(
              "%s of the validation rows are classified correctly; always predicting the largest class would be right for %.2f %%.",
              result.scored(result.validation()), 100 * result.baseline()),
          LinePlot.of(
                  "Accuracy on the validation rows", Axis.linear("step"), Axis.linear("accuracy"))
              .series("validation", curves.looks(0), curves.looks(2)));
    }
    rates(report);
    beside(report);
    return report;
  }

  private String foundOfLoss() {
    if (result.validation() == null) {
      return Words.of(
          "The training loss ended at %.4g. No rows were held out, so nothing tells how the model does on others.",
          result.train().meanLoss());
    }
    double ratio = result.validation().meanLoss() / result.train().meanLoss();
    return Words.of(
        "The validation loss was lowest after step %,d of %,d: %.4g, %s the training loss of the same weights%s.",
        result.bestStep(),
        result.steps(),
        result.validation().meanLoss(),
        ratio >= 1.05 ? Words.of("%.3g times", ratio) : ratio <= 0.95 ? "below" : "close to",
        ratio > 2 ? ", a sign of overfitting: more rows, a larger --l2 or --dropout may help" : "");
  }

  private void rates(Report report) {
    double[] all = curves.steps(2);
    LinePlot rate =
        LinePlot.of("Learning rate", Axis.linear("step"), Axis.log("learning rate"))
            .series("learning rate", curves.steps(0), all);
    if (curves.regretted() > 0) {
      rate.dots(
          curves.hasAllRegrets() ? "regrets" : "regrets, some",
          curves.regrets(0),
          curves.regrets(1));
    }
    report.section(
        "Learning rate",
        Words.of(
            "Under %s the learning rate went from %.3g to %.3g%s.",
            fit.schedule(),
            all[0],
            all[all.length - 1],
            curves.regretted() == 0
                ? ""
                : Words.of("; %,d adjustments were taken back (regrets)", curves.regretted())),
        rate);
    if (curves.hasCosine()) {
      double[] cosines = curves.steps(3);
      double positive = Arrays.stream(cosines).filter(c -> c > 0).count();
      double known = Arrays.stream(cosines).filter(c -> !Double.isNaN(c)).count();
      report.section(
          "Cosine",
          Words.of(
              "The gradient agreed with the average of earlier directions, a cosine above 0, in %.0f %% of the steps; agreement raises the rate, disagreement lowers it.",
              100 * positive / Math.max(1, known)),
          LinePlot.of(
                  "Cosine of the gradient and the average of directions before it",
                  Axis.linear("step"),
                  Axis.linear("cosine"))
              .series("cosine", curves.steps(0), cosines));
    }
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
    report.section("Peers", foundOfPeers(), table, loss, rate);
  }

  private String foundOfPeers() {
    double mine = result.validation().meanLoss();
    Peer best =
        peers.stream()
            .filter(peer -> peer.best() != null)
            .min(Comparator.comparingDouble(peer -> peer.best().meanLoss()))
            .orElse(null);
    if (best == null) {
      return "All peers diverged.";
    }
    boolean ours = mine <= best.best().meanLoss();
    return Words.of(
        ours
            ? "%1$s had the lowest validation loss, %2$.4g; the best peer, %3$s, had %4$.4g."
            : "%3$s had the lowest validation loss, %4$.4g; %1$s had %2$.4g.",
        fit.schedule(),
        mine,
        best.kind(),
        best.best().meanLoss());
  }

  private String sentence() {
    return Words.of(
        "A perceptron (%s) was trained on %,d rows by %s under the schedule %s, %,d rows a batch. %s",
        fit.hidden().isEmpty() ? "no hidden layer" : "hidden layers " + fit.hidden(),
        result.trainRows(),
        fit.optimizer(),
        fit.schedule(),
        result.batch(),
        result.validation() == null
            ? "The last weights are kept."
            : Words.of(
                "The weights of step %,d had the lowest validation loss and are kept.",
                result.bestStep()));
  }
}
