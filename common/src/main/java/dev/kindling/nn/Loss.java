package dev.kindling.nn;

/** Loss of a row. */
public enum Loss {
  /** −log of the softmax probability of the row's class. */
  CROSS_ENTROPY,
  /** ½(y − ŷ)², one output. */
  SQUARED
}
