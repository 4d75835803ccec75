package dev.kindling.ade;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Learns a metric from one constraint on a pair of points after the other, each a change of rank
 * one.
 *
 * <p>Deterministic: the same constraints in the same order make the same bits. Not for two threads.
 */
public interface OnlineMetricLearner {
  /** The metric before the first constraint. */
  Metric start(int dimension);

  /**
   * What this constraint changes.
   *
   * @param metric the current one: {@link #start} plus every change returned so far
   * @param constraint its number, from 0; a constraint that comes again has the same number, v and
   *     target
   * @param v x − y, d numbers. Not modified
   * @param target what the points are to be: a squared distance, or +1 for similar and −1 for not;
   *     see the learner
   * @return the change, or nothing where the metric stays as it is
   * @throws dev.kindling.BadInput if the target is not one of those
   * @throws IllegalArgumentException if v is not of length d
   */
  Optional<RankOne> learn(Metric metric, int constraint, double[] v, double target);

  /** Writes the state, not the settings and not the metric. */
  void write(DataOutput out) throws IOException;

  /**
   * Takes over a state that one of the same settings has written; goes on bit for bit.
   *
   * @throws IOException if what is read cannot be such a state
   */
  void read(DataInput in) throws IOException;
}
