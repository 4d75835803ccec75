package dev.kindling.optim;

import java.io.Serializable;

/**
 * Settings of {@link DeltaBarDelta}. Messages about them begin with the option's name, without its
 * dashes.
 *
 * @param signal what is made of a gradient
 * @param theta θ of ū ← θū + (1−θ)u. A short average makes the cosine slightly negative on average
 *     once noise dominates, and η decays without end; hence 0.99. {@link Signal#RAW} has none
 * @param kappa κ, the greatest change of log η in a step; for {@link Signal#JACOBS} what is added
 *     to η
 * @param beta β of {@link Signal#RAW}
 * @param phi φ, the share of η that {@link Signal#JACOBS} takes off at a disagreement and loss
 *     regret at a step taken back
 * @param minRate least η; −∞ for none
 * @param maxRate greatest η; ∞ for none
 * @param delayed whether a gradient decides on the rate of the step after its own only. With SGD
 *     and min, max = lo, hi ≤ 1/L, for an L-smooth F and unbiased gradients of variance σ²/b, then
 *     min over t of E|∇F|² ≤ 2(F₀ − F*)/(lo·T) + Lσ²hi²/(lo·b). Nothing of the kind is claimed
 *     without it: there η depends on the noise of the gradient that it multiplies
 */
public record DbdSettings(
    Signal signal,
    double theta,
    double kappa,
    double beta,
    double phi,
    double minRate,
    double maxRate,
    boolean delayed)
    implements Serializable {
  public static final double LEAST_RATE = 1e-8;

  public static final DbdSettings DEFAULT =
      new DbdSettings(Signal.COSINE, 0.99, 0.02, 1e-3, 0.1, LEAST_RATE, 10, false);

  /**
   * @throws IllegalArgumentException if θ or φ is not in [0, 1), κ or β is negative or not finite,
   *     or the least rate is not below the greatest; the least must be positive or −∞
   */
  public DbdSettings {
    share("theta", theta);
    share("phi", phi);
    notNegative("kappa", kappa);
    notNegative("beta", beta);
    if (!(minRate > 0 || minRate == Double.NEGATIVE_INFINITY)) {
      throw new IllegalArgumentException("lr-min " + minRate + ": must be positive");
    }
    if (!(minRate < maxRate)) {
      throw new IllegalArgumentException(
          "lr-max " + maxRate + ": must be greater than lr-min " + minRate);
    }
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " " + value + ": must be at least 0 and below 1");
    }
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " " + value + ": must be finite and not negative");
    }
  }

  public DbdSettings withSignal(Signal value) {
    return new DbdSettings(value, theta, kappa, beta, phi, minRate, maxRate, delayed);
  }

  public DbdSettings withTheta(double value) {
    return new DbdSettings(signal, value, kappa, beta, phi, minRate, maxRate, delayed);
  }

  public DbdSettings withKappa(double value) {
    return new DbdSettings(signal, theta, value, beta, phi, minRate, maxRate, delayed);
  }

  public DbdSettings withBeta(double value) {
    return new DbdSettings(signal, theta, kappa, value, phi, minRate, maxRate, delayed);
  }

  public DbdSettings withPhi(double value) {
    return new DbdSettings(signal, theta, kappa, beta, value, minRate, maxRate, delayed);
  }

  public DbdSettings withRates(double min, double max) {
    return new DbdSettings(signal, theta, kappa, beta, phi, min, max, delayed);
  }

  /** η may become whatever it becomes, for {@link Signal#RAW} negative and NaN, too. */
  public DbdSettings unclamped() {
    return withRates(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  public DbdSettings withDelayed(boolean value) {
    return new DbdSettings(signal, theta, kappa, beta, phi, minRate, maxRate, value);
  }

  /** Whether η is kept within anything. */
  boolean clamped() {
    return minRate > Double.NEGATIVE_INFINITY || maxRate < Double.POSITIVE_INFINITY;
  }
}
