package dev.kindling.nn;

import java.util.Locale;

/** What a hidden unit does to its input. */
public enum Activation {
  /** max(0, z). */
  RELU,
  TANH,
  /** ½z(1 + tanh(√(2/π)(z + 0.044715z³))), Hendrycks and Gimpel 2016. */
  GELU;

  /** As an option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
