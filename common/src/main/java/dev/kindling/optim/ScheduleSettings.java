package dev.kindling.optim;

import java.io.Serializable;

/**
 * All that makes a {@link Schedule}, as options give it.
 *
 * @param kind of the schedule
 * @param optimizer that it wraps or is
 * @param decay λ of AdamW; NaN for the default
 * @param rate to start from, or to stay at; NaN for the optimizer's default
 * @param minRate least η of delta-bar-delta; NaN for 1e-8
 * @param maxRate greatest η of delta-bar-delta; NaN for the optimizer's
 * @param dbd of delta-bar-delta; of hypergradient descent the signal ({@link Signal#COSINE} is the
 *     multiplicative one, {@link Signal#RAW} the additive one), κ of the multiplicative and β of
 *     the additive one. Its range of rates is not looked at: {@code minRate} and {@code maxRate}
 *     are
 * @param lossRegret whether steps of delta-bar-delta are taken back that raise the loss of their
 *     own batch
 * @param warmUp steps of {@link ScheduleKind#COSINE} until the rate is reached
 * @param steps of {@link ScheduleKind#COSINE}, all of them
 */
public record ScheduleSettings(
    ScheduleKind kind,
    OptimizerKind optimizer,
    double decay,
    double rate,
    double minRate,
    double maxRate,
    DbdSettings dbd,
    boolean lossRegret,
    long warmUp,
    long steps)
    implements Serializable {

  /** Defaults; the cosine still needs its steps. */
  public static ScheduleSettings of(ScheduleKind kind, OptimizerKind optimizer) {
    return new ScheduleSettings(
        kind,
        optimizer,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        DbdSettings.DEFAULT,
        false,
        0,
        0);
  }

  /**
   * Whether it is an {@link Optimizer} at the rates of a {@link RateRule} and nothing more, so that
   * workers can take several steps between two decisions: {@link #create} makes a {@link
   * RatedOptimizer}.
   */
  public boolean worksLocally() {
    return switch (kind) {
      case CONSTANT, COSINE, DBD, RDBD, HD -> !lossRegret;
      case DOG, SCHEDULE_FREE, MECHANIC, PRODIGY -> false;
    };
  }

  /** The rate to start from. */
  public double startingRate() {
    return Double.isNaN(rate) ? optimizer.defaultRate() : rate;
  }

  /**
   * A new schedule before its first step.
   *
   * @param groups of the weights, which share a rate
   * @throws dev.kindling.BadInput if options do not go together or a number is out of range
   */
  public Schedule create(Groups groups) {
    ScheduleCheck.of(this, groups);
    int size = groups.size();
    return switch (kind) {
      case CONSTANT -> rated(new Constant(groups, startingRate()));
      case COSINE -> rated(new WarmUpCosine(groups, startingRate(), warmUp, steps));
      case DBD, RDBD ->
          rated(
              new DeltaBarDelta(
                  groups,
                  startingRate(),
                  dbd.withRates(leastRate(), mostRate()),
                  kind == ScheduleKind.RDBD));
      case HD ->
          rated(
              dbd.signal() == Signal.RAW
                  ? Hypergradient.additive(groups, startingRate(), dbd.beta())
                  : new Hypergradient(groups, startingRate(), dbd.kappa()));
      case DOG -> new Dog(size);
      case SCHEDULE_FREE ->
          new ScheduleFree(
              optimizer == OptimizerKind.SGD ? new Sgd(size) : new Adam(size, 0, 0),
              size,
              startingRate());
      case MECHANIC -> new Mechanic(optimizer.create(size, decay), size);
      case PRODIGY -> new Prodigy(size);
    };
  }

  private Schedule rated(RateRule rule) {
    return new RatedOptimizer(optimizer.create(rule.groups().size(), decay), rule, lossRegret);
  }

  double leastRate() {
    return Double.isNaN(minRate) ? DbdSettings.LEAST_RATE : minRate;
  }

  double mostRate() {
    return Double.isNaN(maxRate) ? optimizer.mostRate() : maxRate;
  }

  public ScheduleSettings withDecay(double value) {
    return new ScheduleSettings(
        kind, optimizer, value, rate, minRate, maxRate, dbd, lossRegret, warmUp, steps);
  }

  public ScheduleSettings withRate(double value) {
    return new ScheduleSettings(
        kind, optimizer, decay, value, minRate, maxRate, dbd, lossRegret, warmUp, steps);
  }

  public ScheduleSettings withRates(double min, double max) {
    return new ScheduleSettings(
        kind, optimizer, decay, rate, min, max, dbd, lossRegret, warmUp, steps);
  }

  public ScheduleSettings withDbd(DbdSettings value) {
    return new ScheduleSettings(
        kind, optimizer, decay, rate, minRate, maxRate, value, lossRegret, warmUp, steps);
  }

  public ScheduleSettings withLossRegret(boolean value) {
    return new ScheduleSettings(
        kind, optimizer, decay, rate, minRate, maxRate, dbd, value, warmUp, steps);
  }

  /**
   * @param first steps of warm-up
   * @param all steps
   */
  public ScheduleSettings withSteps(long first, long all) {
    return new ScheduleSettings(
        kind, optimizer, decay, rate, minRate, maxRate, dbd, lossRegret, first, all);
  }
}
