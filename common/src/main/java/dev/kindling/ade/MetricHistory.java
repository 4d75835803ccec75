package dev.kindling.ade;

/**
 * A metric that changes: a base and the batches since. Images of points follow it ({@link
 * LiveTile}); a new base is what they are made from anew.
 */
public interface MetricHistory {
  /** Number of the base, from 0. */
  int base();

  /** The base. */
  Metric metric();

  /** How many batches since the base. */
  int length();

  /** One of them, from 0. */
  MetricBatch batch(int i);
}
