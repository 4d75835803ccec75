package dev.kindling.optim;

import java.util.Locale;

/** What {@code --schedule} says. */
public enum ScheduleKind {
  CONSTANT,
  /** Linear warm-up, then a cosine to 0. */
  COSINE,
  /** Delta-bar-delta. */
  DBD,
  /** Regrettable delta-bar-delta. */
  RDBD,
  /** Hypergradient descent: multiplicative, or additive with {@link Signal#RAW}. */
  HD,
  /** Distance over gradients: an SGD. */
  DOG,
  /** Over SGD or Adam. */
  SCHEDULE_FREE,
  MECHANIC,
  /** An Adam of its own. */
  PRODIGY;

  /** Whether it can go with an optimizer. */
  public boolean takes(OptimizerKind optimizer) {
    return switch (this) {
      case DOG -> optimizer == OptimizerKind.SGD;
      case SCHEDULE_FREE -> optimizer == OptimizerKind.SGD || optimizer == OptimizerKind.ADAM;
      case PRODIGY -> optimizer == OptimizerKind.ADAM;
      default -> true;
    };
  }

  /** The optimizer to take where none is given. */
  public OptimizerKind optimizer() {
    return this == DOG ? OptimizerKind.SGD : OptimizerKind.ADAM;
  }

  /** Whether it finds its rate with none to start from. */
  public boolean needsNoRate() {
    return this == DOG || this == MECHANIC || this == PRODIGY;
  }

  /** Whether it is delta-bar-delta, regrettable or not. */
  boolean adjusts() {
    return this == DBD || this == RDBD;
  }

  /** As the option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
