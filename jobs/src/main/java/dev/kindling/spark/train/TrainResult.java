package dev.kindling.spark.train;

import dev.kindling.nn.LossSum;
import dev.kindling.nn.TrainingStep;
import dev.kindling.optim.ScheduleKind;
import dev.kindling.spark.job.Run;
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
 */
record TrainResult(
    List<String> classes,
    long rows,
    long steps,
    long bestStep,
    int batch,
    LossSum train,
    LossSum validation,
    double targetUnit) {
  boolean classify() {
    return !classes.isEmpty();
  }

  /** Accuracy, or root mean squared error in the target's own units. */
  double score(LossSum sum) {
    return classify() ? sum.accuracy() : Math.sqrt(2 * sum.meanLoss()) * targetUnit;
  }

  /** "87.3 %" or "1.24". */
  String scored(LossSum sum) {
    return classify()
        ? String.format(Locale.ROOT, "%.2f %%", 100 * score(sum))
        : String.format(Locale.ROOT, "%.4g", score(sum));
  }

  String scoreName() {
    return classify() ? "accuracy" : "RMSE";
  }

  void record(Run run) {
    run.metric("steps", steps);
    run.metric("best_step", bestStep);
    run.metric("batch", batch);
    run.metric("train_loss", train.meanLoss());
    run.metric("train_" + scoreName().toLowerCase(Locale.ROOT), score(train));
    if (validation != null) {
      run.metric("validation_loss", validation.meanLoss());
      run.metric("validation_" + scoreName().toLowerCase(Locale.ROOT), score(validation));
    }
    if (classify()) {
      run.note("classes", classes);
    }
  }

  /**
   * @param peers that were trained beside it
   */
  void say(Run run, ScheduleKind schedule, List<Peer> peers) {
    run.say(
        String.format(
            Locale.ROOT,
            "%s, %,d steps of %,d rows",
            classify() ? classes.size() + " classes" : "a number",
            steps,
            batch));
    if (validation != null) {
      run.say(line("validation", validation) + kept());
    }
    run.say(line("training", train));
    if (peers.isEmpty()) {
      return;
    }
    run.say("beside it, on the validation rows");
    run.say(line(schedule.toString(), validation));
    for (Peer peer : peers) {
      run.say(
          peer.best() == null
              ? String.format(Locale.ROOT, "  %-13s diverged at %s", peer.kind(), peer.why())
              : line(peer.kind().toString(), peer.best()));
    }
  }

  private String kept() {
    return bestStep == steps
        ? ""
        : String.format(Locale.ROOT, "     weights of step %,d, the best, are kept", bestStep);
  }

  private String line(String rows, LossSum sum) {
    return String.format(
        Locale.ROOT, "  %-13s %s %-9s loss %.4g", rows, scoreName(), scored(sum), sum.meanLoss());
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
