package dev.kindling.optim;

import dev.kindling.block.ArrayIo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The exponential average ū of directions, ū ← θū + (1−θ)u from ū = u on, and how a fresh gradient
 * lies to it in each group.
 */
final class Alignment {
  /** Keeps the cosine of nothing at 0. */
  private static final double TINY = 1e-30;

  private static final String TAG = "alig";

  private final Groups groups;
  private final double theta;
  private final double[] average;
  private boolean started;

  Alignment(Groups groups, double theta) {
    this.groups = groups;
    this.theta = theta;
    this.average = new double[groups.size()];
  }

  /** Whether there is an average yet. */
  boolean started() {
    return started;
  }

  /** cos(g, ū) over all weights. */
  double cosine(double[] g) {
    return cosine(g, 0, average.length);
  }

  /** cos(g, ū) in each group. */
  void cosines(double[] g, double[] into) {
    if (groups.count() == average.length) {
      for (int i = 0; i < average.length; i++) {
        double product = g[i] * average[i];
        into[i] = product / (Math.abs(product) + TINY);
      }
    } else {
      for (int k = 0; k < into.length; k++) {
        into[k] = cosine(g, groups.first(k), groups.first(k + 1));
      }
    }
  }

  /** ⟨g, ū⟩ in each group. */
  void products(double[] g, double[] into) {
    if (groups.count() == average.length) {
      for (int i = 0; i < average.length; i++) {
        into[i] = g[i] * average[i];
      }
    } else {
      for (int k = 0; k < into.length; k++) {
        into[k] = Sums.dot(g, average, groups.first(k), groups.first(k + 1));
      }
    }
  }

  private double cosine(double[] g, int from, int to) {
    double lengths =
        Math.sqrt(Sums.dot(g, g, from, to)) * Math.sqrt(Sums.dot(average, average, from, to));
    return Sums.dot(g, average, from, to) / (lengths + TINY);
  }

  void take(double[] u) {
    if (started && theta != 0) {
      double[] average = this.average;
      double theta = this.theta;
      double rest = 1 - theta;
      for (int i = 0; i < average.length; i++) {
        average[i] = theta * average[i] + rest * u[i];
      }
    } else {
      System.arraycopy(u, 0, average, 0, average.length);
      started = true;
    }
  }

  Alignment copy() {
    Alignment copy = new Alignment(groups, theta);
    System.arraycopy(average, 0, copy.average, 0, average.length);
    copy.started = started;
    return copy;
  }

  void write(DataOutput out) throws IOException {
    Tag.write(out, TAG, average.length);
    out.writeBoolean(started);
    ArrayIo.writeDoubles(out, average);
  }

  void read(DataInput in) throws IOException {
    Tag.expect(in, TAG, average.length);
    started = Tag.flag(in);
    ArrayIo.readDoubles(in, average, average.length);
  }
}
