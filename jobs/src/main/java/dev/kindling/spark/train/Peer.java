package dev.kindling.spark.train;

import dev.kindling.nn.Diverged;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.Training;
import dev.kindling.optim.ScheduleKind;

/**
 * Another schedule on the same rows, for as many steps and from the same weights.
 *
 * @param best losses of its best weights over the validation rows; null if it diverged
 * @param bestStep after which they were found
 * @param why it diverged, or null
 */
record Peer(ScheduleKind kind, LossSum best, long bestStep, String why, TrainCurves curves) {
  static Peer of(ScheduleKind kind, PerceptronFit fit, Training training, HistoryTable history) {
    return new Peer(kind, fit.validationLoss(), training.bestStep(), null, TrainCurves.of(history));
  }

  static Peer of(ScheduleKind kind, Diverged why, HistoryTable history) {
    return new Peer(kind, null, why.step(), why.getMessage(), TrainCurves.of(history));
  }
}
