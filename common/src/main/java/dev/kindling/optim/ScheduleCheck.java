package dev.kindling.optim;

import dev.kindling.BadInput;

/** Whether options of a schedule go together, and if not, which one to change. */
final class ScheduleCheck {
  private ScheduleCheck() {}

  /**
   * @throws BadInput naming the option
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
      throw new BadInput(
          "--schedule cosine: its warm-up of "
              + given.warmUp()
              + " steps must be shorter than the run of "
              + given.steps());
    }
  }

  private static void optimizer(ScheduleSettings given) {
    if (!given.kind().takes(given.optimizer())) {
      throw new BadInput(
          "--optimizer "
              + given.optimizer()
              + ": --schedule "
              + given.kind()
              + switch (given.kind()) {
                case DOG -> " is an SGD of its own; leave it out or give sgd";
                case PRODIGY -> " is an Adam of its own; leave it out or give adam";
                default -> " goes with sgd or adam; give one of them";
              });
    }
    double decay = given.decay();
    if (decay < 0 || Double.isInfinite(decay)) {
      throw new BadInput("--weight-decay " + decay + ": must be finite and not negative");
    }
    if (decay > 0 && given.optimizer() != OptimizerKind.ADAMW) {
      throw new BadInput(
          "--weight-decay " + decay + ": is for --optimizer adamw; leave it out or give that");
    }
  }

  private static void rate(ScheduleSettings given) {
    double rate = given.rate();
    if (!Double.isNaN(rate) && given.kind().needsNoRate()) {
      throw new BadInput(
          "--lr " + rate + ": --schedule " + given.kind() + " finds its own rate; leave it out");
    }
    if (rate <= 0 || Double.isInfinite(rate)) {
      throw new BadInput("--lr " + rate + ": must be finite and positive");
    }
  }

  private static void range(ScheduleSettings given) {
    double least = given.leastRate();
    double most = given.mostRate();
    if (!(least > 0 && least < Double.POSITIVE_INFINITY)) {
      throw new BadInput("--lr-min " + least + ": must be finite and positive");
    }
    if (!(most > least && most < Double.POSITIVE_INFINITY)) {
      throw new BadInput(
          "--lr-max " + most + ": must be finite and greater than --lr-min, which is " + least);
    }
    double rate = given.startingRate();
    if (rate < least || rate > most) {
      throw new BadInput(
          "--lr " + rate + ": must be between --lr-min, " + least + ", and --lr-max, " + most);
    }
  }

  private static void belongsToDbd(ScheduleSettings given, Groups groups) {
    ScheduleKind kind = given.kind();
    boolean hd = kind == ScheduleKind.HD;
    DbdSettings dbd = given.dbd();
    DbdSettings usual = DbdSettings.DEFAULT;
    refuse(given.lossRegret(), "--loss-regret", kind);
    refuse(!Double.isNaN(given.minRate()), "--lr-min " + given.minRate(), kind);
    refuse(!Double.isNaN(given.maxRate()), "--lr-max " + given.maxRate(), kind);
    refuse(dbd.theta() != usual.theta(), "--theta " + dbd.theta(), kind);
    refuse(dbd.phi() != usual.phi(), "--phi " + dbd.phi(), kind);
    if (hd) {
      if (dbd.signal() == Signal.SIGN || dbd.signal() == Signal.JACOBS) {
        throw new BadInput("--signal " + dbd.signal() + ": --schedule hd has cosine and raw");
      }
      if (dbd.signal() == Signal.COSINE && dbd.kappa() >= 1) {
        throw new BadInput("--kappa " + dbd.kappa() + ": must be below 1 for --schedule hd");
      }
    } else {
      refuse(dbd.kappa() != usual.kappa(), "--kappa " + dbd.kappa(), kind);
      refuse(dbd.signal() != usual.signal(), "--signal " + dbd.signal(), kind);
      if (groups.count() > 1) {
        throw new BadInput(
            "--group: --schedule " + kind + " has one rate for the whole model; leave it out");
      }
    }
  }

  private static void refuse(boolean isGiven, String option, ScheduleKind kind) {
    if (isGiven) {
      throw new BadInput(
          option + ": is for --schedule dbd or rdbd, not " + kind + "; leave it out or give those");
    }
  }
}
