package dev.kindling.spark.setting;

import dev.kindling.Words;
import java.io.Serializable;

/**
 * Which numbers a setting may have.
 *
 * @param openBelow whether least itself is left out
 * @param openAbove whether most itself is left out
 */
record Range(double least, boolean openBelow, double most, boolean openAbove, boolean infinite)
    implements Serializable {
  static final Range FINITE =
      new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, false);

  Range atLeast(double bound) {
    return new Range(bound, false, most, openAbove, infinite);
  }

  Range above(double bound) {
    return new Range(bound, true, most, openAbove, infinite);
  }

  Range atMost(double bound) {
    return new Range(least, openBelow, bound, false, infinite);
  }

  Range below(double bound) {
    return new Range(least, openBelow, bound, true, infinite);
  }

  Range orInfinite() {
    return new Range(least, openBelow, most, openAbove, true);
  }

  /** "must be above 0 and below 1" where a value is not in it; null where it is. */
  String wrong(Number number) {
    double value = number.doubleValue();
    boolean above = openBelow ? value > least : value >= least;
    boolean below = openAbove ? value < most : value <= most;
    boolean holds = above && below && (infinite || Double.isFinite(value));
    return holds ? null : "must be " + words(number instanceof Double);
  }

  private String words(boolean fractions) {
    boolean hasLeast = least > Double.NEGATIVE_INFINITY;
    boolean hasMost = most < Double.POSITIVE_INFINITY;
    if (hasLeast && hasMost && !openBelow && !openAbove) {
      return "from " + text(least) + " to " + text(most);
    }
    String from = hasLeast ? (openBelow ? "above " : "at least ") + text(least) : "";
    String to = hasMost ? (openAbove ? "below " : "at most ") + text(most) : "";
    String bounds = from + (hasLeast && hasMost ? " and " : "") + to;
    if (!fractions || infinite || (hasLeast && hasMost)) {
      return bounds.isEmpty() ? "a number" : bounds;
    }
    return "finite" + (bounds.isEmpty() ? "" : " and " + bounds);
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? Words.of("%,d", (long) bound)
        : Double.toString(bound);
  }
}
