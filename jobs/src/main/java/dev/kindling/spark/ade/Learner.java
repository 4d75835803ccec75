package dev.kindling.spark.ade;

/** What learns a metric. */
enum Learner {
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

  /** Whether labels alone will do. */
  boolean learnsFromLabels() {
    return this != lego;
  }
}
