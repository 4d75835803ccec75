package dev.kindling.optim;

import dev.kindling.BadInput;
import dev.kindling.SettingName;

/** Whether settings of a schedule go together, and if not, which one to change. */
final class ScheduleCheck {
  private ScheduleCheck() {}

  /**
   * @throws BadInput naming the setting
   */
  static void of(ScheduleSettings given, Groups groups) {
    optimizer(given);
    rate(given);
    if (given.kind().adjusts()) {
      range(given);
    } else {
      belongsToDbd(given, groups);
    }
    if (given.kind() == ScheduleKind.COSINE
        && (given.warmUp() < 0 || given.warmUp() >= given.steps())) {
      throw BadInput.of(
          "%s: its %s of %d steps must be shorter than the run of %d",
          schedule(given), new SettingName("warmUp"), given.warmUp(), given.steps());
    }
  }

  private static void optimizer(ScheduleSettings given) {
    OptimizerKind optimizer = given.optimizer();
    if (!given.kind().takes(optimizer)) {
      throw BadInput.of(
          "%s: %s %s",
          named("optimizer", optimizer),
          schedule(given),
          switch (given.kind()) {
            case DOG -> "is an SGD of its own; leave it out or give sgd";
            case PRODIGY -> "is an Adam of its own; leave it out or give adam";
            default -> "goes with sgd or adam; give one of them";
          });
    }
    double decay = given.decay();
    if (decay < 0 || Double.isInfinite(decay)) {
      throw BadInput.of("%s: must be finite and at least 0", named("weightDecay", decay));
    }
    if (decay > 0 && optimizer != OptimizerKind.ADAMW) {
      throw BadInput.of(
          "%s: is for %s; leave it out or give that",
          named("weightDecay", decay), named("optimizer", OptimizerKind.ADAMW));
    }
  }

  private static void rate(ScheduleSettings given) {
    double rate = given.rate();
    if (!Double.isNaN(rate) && given.kind().needsNoRate()) {
      throw BadInput.of(
          "%s: %s finds its own rate; leave it out", named("stepSize", rate), schedule(given));
    }
    if (rate <= 0 || Double.isInfinite(rate)) {
      throw BadInput.of("%s: must be finite and above 0", named("stepSize", rate));
    }
  }

  private static void range(ScheduleSettings given) {
    double least = given.leastRate();
    double most = given.mostRate();
    SettingName lower = new SettingName("minStepSize");
    SettingName upper = new SettingName("maxStepSize");
    if (!(least > 0 && least < Double.POSITIVE_INFINITY)) {
      throw BadInput.of("%s: must be finite and above 0", named("minStepSize", least));
    }
    if (!(most > least && most < Double.POSITIVE_INFINITY)) {
      throw BadInput.of(
          "%s: must be finite and greater than %s, which is %s",
          named("maxStepSize", most), lower, least);
    }
    double rate = given.startingRate();
    if (rate < least || rate > most) {
      throw BadInput.of(
          "%s: must be between %s, %s, and %s, %s",
          named("stepSize", rate), lower, least, upper, most);
    }
  }

  private static void belongsToDbd(ScheduleSettings given, Groups groups) {
    ScheduleKind kind = given.kind();
    DbdSettings dbd = given.dbd();
    DbdSettings usual = DbdSettings.DEFAULT;
    refuse(given.lossRegret(), named("lossRegret", true), kind);
    refuse(!Double.isNaN(given.minRate()), named("minStepSize", given.minRate()), kind);
    refuse(!Double.isNaN(given.maxRate()), named("maxStepSize", given.maxRate()), kind);
    refuse(dbd.theta() != usual.theta(), named("theta", dbd.theta()), kind);
    refuse(dbd.phi() != usual.phi(), named("phi", dbd.phi()), kind);
    if (kind == ScheduleKind.HD) {
      if (dbd.signal() == Signal.SIGN || dbd.signal() == Signal.JACOBS) {
        throw BadInput.of(
            "%s: %s has cosine and raw", named("signal", dbd.signal()), schedule(given));
      }
      if (dbd.signal() == Signal.COSINE && dbd.kappa() >= 1) {
        throw BadInput.of(
            "%s: must be below 1 for %s", named("kappa", dbd.kappa()), schedule(given));
      }
    } else {
      refuse(dbd.kappa() != usual.kappa(), named("kappa", dbd.kappa()), kind);
      refuse(dbd.signal() != usual.signal(), named("signal", dbd.signal()), kind);
      if (groups.count() > 1) {
        throw BadInput.of(
            "%s: %s has one rate for the whole model; leave it out",
            new SettingName("group"), schedule(given));
      }
    }
  }

  private static void refuse(boolean isGiven, SettingName named, ScheduleKind kind) {
    if (isGiven) {
      throw BadInput.of(
          "%s: is for %s or rdbd, not %s; leave it out or give one of those",
          named, named("schedule", ScheduleKind.DBD), kind);
    }
  }

  private static SettingName named(String setting, Object value) {
    return new SettingName(setting, value.toString());
  }

  private static SettingName schedule(ScheduleSettings given) {
    return named("schedule", given.kind());
  }
}
