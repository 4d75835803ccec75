package dev.kindling.spark.train;

import dev.kindling.Words;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.TrainingStep;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.job.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a training came to.
 *
 * @param classes their names; none where a number is predicted
 * @param steps batches in all
 * @param bestStep after which the weights were kept
 * @param train over the rows that were learnt from
 * @param validation over the others, or null
 * @param targetUnit standard deviation of the target, in which losses of numbers are
 * @param weighted whether rows, or classes, have weights, by which all figures are means
 * @param baseline accuracy of the largest class for every row; RMSE of the mean for every row
 */
record TrainResult(
    List<String> classes,
    long trainRows,
    long validationRows,
    long steps,
    long bestStep,
    int batch,
    LossSum train,
    LossSum validation,
    double targetUnit,
    double baseline,
    boolean weighted) {
  boolean classify() {
    return !classes.isEmpty();
  }

  /** Accuracy, or root mean squared error in the target's own units. */
  double score(LossSum sum) {
    return classify() ? sum.accuracy() : Math.sqrt(2 * sum.meanLoss()) * targetUnit;
  }

  /** "87.3 %" or "1.24". */
  String scored(LossSum sum) {
    return classify() ? Words.of("%.2f %%", 100 * score(sum)) : Words.of("%.4g", score(sum));
  }

  String scoreName() {
    return classify() ? "accuracy" : "RMSE";
  }

  /**
   * @param peers that were trained beside it
   */
  Outcome outcome(ScheduleKind schedule, long regrets, List<Peer> peers) {
    Outcome outcome =
        Outcome.of(
            Words.of(
                "%s, %,d steps of %,d rows",
                classify() ? classes.size() + " classes" : "a number", steps, batch));
    if (validation != null) {
      losses(outcome, "validation", validation, kept());
    }
    losses(outcome, "train", train, "");
    String constant = "baseline_" + scoreName().toLowerCase(Locale.ROOT);
    if (classify()) {
      outcome.percent(
          constant,
          baseline,
          "predicting the largest class for every row"
              + (weighted ? "; all by the rows' weights" : ""));
    } else {
      outcome.figure(constant, baseline, "%.4g", "predicting the mean for every row");
    }
    outcome
        .record("train_rows", trainRows)
        .record("validation_rows", validationRows)
        .record("steps", steps)
        .record("best_step", bestStep)
        .record("batch", batch)
        .record("regrets", regrets);
    if (!peers.isEmpty()) {
      outcome.line("beside it, on the validation rows");
      outcome.line(beside(schedule, validation));
    }
    for (Peer peer : peers) {
      outcome.line(
          peer.best() == null
              ? Words.of("  %-13s diverged at %s", peer.kind(), peer.why())
              : beside(peer.kind(), peer.best()));
    }
    return outcome;
  }

  private void losses(Outcome outcome, String rows, LossSum sum, String note) {
    String metric = rows + "_" + scoreName().toLowerCase(Locale.ROOT);
    if (classify()) {
      outcome.percent(metric, score(sum), note);
    } else {
      outcome.figure(metric, score(sum), "%.4g", note);
    }
    outcome.figure(rows + "_loss", sum.meanLoss(), "%.4g");
  }

  private String kept() {
    return bestStep == steps
        ? ""
        : Words.of("with the weights of step %,d, which are the best and are kept", bestStep);
  }

  private String beside(ScheduleKind schedule, LossSum sum) {
    return Words.of(
        "  %-13s %s %-9s loss %.4g", schedule, scoreName(), scored(sum), sum.meanLoss());
  }

  /** For {@code metrics.jsonl}. */
  static Map<String, Object> line(TrainingStep step) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step.step());
    line.put("epoch", step.epoch());
    line.put("loss", step.loss());
    line.put("learning_rate", step.learningRate());
    line.put("validation_loss", step.validation().meanLoss());
    return line;
  }
}
