package dev.kindling.spark.ade;

/** What learns a metric. */
public enum Learner {
  lego,
  itml,
  pola,
  rca,
  nca,
  lmnn;

  /** Whether it learns from one constraint after the other; the others learn from labels. */
  boolean isOnline() {
    return this == lego || this == itml || this == pola;
  }
}
