package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.OnlineMetricLearner;
import dev.kindling.ade.RankOne;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** A metric and the online learner that changes it, for differences divided by the scale. */
final class OnlineMetric {
  private final OnlineMetricLearner learner;
  private final Judge judge;
  private Metric metric;

  /**
   * @param constraints how many there may be
   * @param start for differences divided by the scale
   */
  OnlineMetric(OnlineSettings settings, int constraints, Metric start) {
    this.learner = settings.make(constraints);
    this.judge = settings.judge(learner);
    this.metric = start;
  }

  Metric metric() {
    return metric;
  }

  OnlineMetricLearner learner() {
    return learner;
  }

  Judge judge() {
    return judge;
  }

  /**
   * Learns from a constraint; the metric stays as it is where a number would not be finite.
   *
   * @param step its number among all
   * @param constraint its number, as the learner counts
   * @param v the difference of its points, divided by the scale. Not modified
   * @return with a loss or a distance that is not finite where nothing was learnt for that
   */
  LearnStep learn(long step, int constraint, double[] v, double target) {
    double before = OnlineFit.squared(metric, v);
    double loss = judge.loss(before, target);
    if (!Double.isFinite(loss)) {
      return new LearnStep(step, before, before, loss);
    }
    Optional<RankOne> change = learner.learn(metric, constraint, v, target);
    if (change.isEmpty()) {
      return new LearnStep(step, before, before, loss);
    }
    Metric changed = metric.plus(change.get());
    double after = OnlineFit.squared(changed, v);
    if (Double.isFinite(after)) {
      metric = changed;
    }
    return new LearnStep(step, before, after, loss);
  }

  void write(DataOutput out) throws IOException {
    metric.write(out);
    learner.write(out);
  }

  /**
   * @throws IOException if what is read cannot be one of the same settings
   */
  void read(DataInput in) throws IOException {
    Metric read = Metric.read(in, metric.dimension(), metric.rows());
    learner.read(in);
    metric = read;
  }
}
