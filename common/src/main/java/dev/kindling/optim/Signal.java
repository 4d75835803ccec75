package dev.kindling.optim;

import java.util.Locale;

/**
 * How {@link DeltaBarDelta} reads a fresh gradient g against the average ū of directions before it:
 * what {@code --signal} says.
 */
public enum Signal {
  /** log η += κ·cos(g, ū). */
  COSINE,
  /** log η += κ·sign⟨g, ū⟩. */
  SIGN,
  /**
   * η += β·⟨g, u⟩ with the last direction instead of the average: hypergradient descent (Baydin et
   * al. 2018, eq. 5). Depends on the scale of the loss.
   */
  RAW,
  /** Agreement adds κ to η, disagreement multiplies it by 1 − φ (Jacobs 1988, eq. 7). */
  JACOBS;

  /** As the option's value. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
