package dev.kindling.optim;

import java.util.Locale;

/** What {@code --optimizer} says. */
public enum OptimizerKind {
  SGD(0.1),
  /** μ = 0.9. */
  MOMENTUM(0.05),
  /** μ = 0.9. */
  NESTEROV(0.05),
  ADAGRAD(0.01),
  /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
  ADAM(1e-3),
  /** Adam with a decay that is decoupled from the gradient, 0.01 unless given. */
  ADAMW(1e-3);

  private final double defaultRate;

  OptimizerKind(double defaultRate) {
    this.defaultRate = defaultRate;
  }

  /** A learning rate to start from where none is given. */
  public double defaultRate() {
    return defaultRate;
  }

  /** The greatest learning rate that a rule may come to where no other is given. */
  public double mostRate() {
    return this == ADAM || this == ADAMW ? 1 : 10;
  }

  /**
   * A new optimizer before its first step.
   *
   * @param size number of weights, at least 1
   * @param decay λ of AdamW; NaN for the default, which is 0 for all others
   * @throws IllegalArgumentException if the decay is negative or not finite, or not 0 for another
   *     than AdamW
   */
  public Optimizer create(int size, double decay) {
    if (size < 1) {
      throw new IllegalArgumentException("size " + size + ": must be at least 1");
    }
    if (decay < 0 || Double.isInfinite(decay) || (decay > 0 && this != ADAMW)) {
      throw new IllegalArgumentException(
          "weight-decay " + decay + ": must be finite and not negative, and is for adamw alone");
    }
    return switch (this) {
      case SGD -> new Sgd(size);
      case MOMENTUM, NESTEROV -> new Momentum(size, Momentum.MU, this == NESTEROV);
      case ADAGRAD -> new AdaGrad(size);
      case ADAM -> new Adam(size, Adam.BETA1, 0);
      case ADAMW -> new Adam(size, Adam.BETA1, Double.isNaN(decay) ? Adam.DECAY : decay);
    };
  }

  /** As the option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
