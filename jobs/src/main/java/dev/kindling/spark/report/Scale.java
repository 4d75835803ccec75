package dev.kindling.spark.report;

import dev.kindling.spark.report.Ticks.Tick;
import java.util.List;

/**
 * An axis with its range: maps values to 0…1.
 *
 * @param min the value at 0
 * @param max the value at 1, above min
 */
record Scale(Axis axis, double min, double max, List<Tick> ticks) {
  /** Collects the range of what is to be plotted. */
  static final class Range {
    private final Axis axis;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    Range(Axis axis) {
      this.axis = axis;
    }

    Range add(double value) {
      if (axis.isPlottable(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      return this;
    }

    /** Whether anything can be plotted. */
    boolean isEmpty() {
      return min > max;
    }

    /** The axis exactly as wide as the values. */
    Scale tight(int ticks) {
      return scale(ticks, false);
    }

    /** The axis wide enough to begin and end with a round number. */
    Scale round(int ticks) {
      return scale(ticks, true);
    }

    private Scale scale(int count, boolean isRound) {
      double low = Double.isNaN(axis.from()) ? min : Math.min(min, axis.from());
      double high = Double.isNaN(axis.to()) ? max : Math.max(max, axis.to());
      return axis.isLog() ? logScale(low, high, count, isRound) : linear(low, high, count, isRound);
    }

    private Scale linear(double low, double high, int count, boolean isRound) {
      double size = Math.max(Math.abs(low), Math.abs(high));
      if (high - low <= 1e-9 * size || high - low < 1e-300) {
        double half = size == 0 ? 1 : 0.1 * size;
        low -= half;
        high += half;
      }
      if (isRound) {
        double step = Ticks.step(high - low, count);
        low = Math.floor(low / step + 1e-6) * step;
        high = Math.ceil(high / step - 1e-6) * step;
      }
      return new Scale(axis, low, high, Ticks.linear(low, high, count));
    }

    private Scale logScale(double low, double high, int count, boolean isRound) {
      if (high <= low * (1 + 1e-9)) {
        low /= 2;
        high *= 2;
      }
      if (isRound) {
        low = Ticks.below(low);
        high = Ticks.above(high);
      }
      return new Scale(axis, low, high, Ticks.log(low, high, count));
    }
  }

  double fraction(double value) {
    return axis.isLog()
        ? (Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min))
        : (value - min) / (max - min);
  }
}
