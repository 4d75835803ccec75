package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.block.ArrayIo;
import dev.kindling.linalg.Blas;
import dev.kindling.spark.job.JobFailure;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A metric on its way through constraints, in their order, as often as was asked for. On the
 * driver: a constraint takes some 10kd flops, and what its learner says.
 */
final class OnlineFit {
  private final OnlineMetric online;
  private final PointSet points;
  private final Constraints constraints;
  private final double scale;
  private final long steps;
  private long step;

  OnlineFit(OnlineMetric online, PointSet points, Constraints constraints, LearnOptions options) {
    this.online = online;
    this.points = points;
    this.constraints = constraints;
    this.scale = options.divisor();
    this.steps = (long) options.timesThrough() * constraints.count();
  }

  /** How many there are in all. */
  long steps() {
    return steps;
  }

  /** How many are done. */
  long step() {
    return step;
  }

  Judge judge() {
    return online.judge();
  }

  /** How many points there are. */
  int points() {
    return points.count();
  }

  /** The metric so far, for differences divided by the scale. */
  Metric metric() {
    return online.metric();
  }

  /**
   * Goes on to the end.
   *
   * @param stepped called after each constraint
   * @throws BadInput naming the constraint that cannot be learnt from
   * @throws JobFailure if numbers are no longer finite
   */
  void run(Consumer<LearnStep> stepped) {
    while (step < steps) {
      stepped.accept(next());
    }
  }

  private LearnStep next() {
    int c = (int) (step % constraints.count());
    double[] v = difference(points, constraints.first()[c], constraints.second()[c], scale);
    LearnStep next = online.learn(step + 1, c, v, constraints.targets()[c]);
    requireFinite(c, next.loss());
    requireFinite(c, next.after());
    step++;
    return next;
  }

  private static void requireFinite(int constraint, double value) {
    if (!Double.isFinite(value)) {
      throw new JobFailure(
          Words.of(
              "constraint %s, counted from 0: the squared distance of its points, or its loss, is %s; divide differences by a larger scale (--scale, setScale)",
              constraint, value),
          null);
    }
  }

  /** (x_i − x_j)/scale, new. */
  static double[] difference(PointSet points, int i, int j, double scale) {
    double[] v = points.point(i);
    double[] y = points.points().values();
    int d = v.length;
    for (int k = 0; k < d; k++) {
      v[k] = (v[k] - y[j * d + k]) / scale;
    }
    return v;
  }

  static double squared(Metric metric, double[] v) {
    double[] w = metric.apply(v);
    return Blas.dot(w, w);
  }

  /** How the constraints stand under the metric so far. */
  Standing standing() {
    long violated = 0;
    double squares = 0;
    for (int c = 0; c < constraints.count(); c++) {
      double[] v = difference(points, constraints.first()[c], constraints.second()[c], scale);
      double squared = squared(online.metric(), v);
      double target = constraints.targets()[c];
      violated += online.judge().violates(squared, target) ? 1 : 0;
      squares += (squared - target) * (squared - target) / constraints.count();
    }
    return new Standing(violated, Math.sqrt(squares));
  }

  /**
   * How constraints stand.
   *
   * @param violated how many do not hold; 0 for lego
   * @param error root of the mean of (d² − target)², which says something for lego alone
   */
  record Standing(long violated, double error) {}

  /** Writes where it stands, not the constraints and options. */
  void write(DataOutput out) throws IOException {
    out.writeLong(step);
    online.write(out);
  }

  /**
   * Goes on, bit for bit, from where one of the same constraints and options stood.
   *
   * @throws IOException if what is read cannot be that
   */
  void read(DataInput in) throws IOException {
    long at = in.readLong();
    ArrayIo.check(at >= 0 && at <= steps, "constraint", at);
    online.read(in);
    step = at;
  }
}
