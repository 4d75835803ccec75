package dev.kindling.spark.ade;

/**
 * What one constraint did.
 *
 * @param step from 1, on through all sweeps
 * @param before the squared distance of its points when it came
 * @param after the same once it was learnt from
 * @param loss when it came
 */
record LearnStep(long step, double before, double after, double loss) {}
