package dev.kindling.spark.report;

/**
 * What a direction of a plot shows.
 *
 * @param title with its unit in brackets where there is one
 * @param isLog decades instead of equal steps; points that are not positive are left out
 * @param from the axis begins here at the latest; NaN for where the points begin
 * @param to the axis ends here at the earliest; NaN for where the points end
 */
public record Axis(String title, boolean isLog, double from, double to) {
  public static Axis linear(String title) {
    return new Axis(title, false, Double.NaN, Double.NaN);
  }

  public static Axis log(String title) {
    return new Axis(title, true, Double.NaN, Double.NaN);
  }

  /**
   * At least this range, whatever the points are.
   *
   * @throws IllegalArgumentException unless {@code from < to}, both finite, and positive on a log
   *     axis
   */
  public Axis covering(double from, double to) {
    if (!(from < to && isPlottable(from) && isPlottable(to))) {
      throw new IllegalArgumentException("axis " + title + " cannot cover " + from + " to " + to);
    }
    return new Axis(title, isLog, from, to);
  }

  /** Whether this axis has a place for a value. 1e300 bounds it, so that differences are finite. */
  boolean isPlottable(double value) {
    return Math.abs(value) <= 1e300 && (!isLog || value >= 1e-300);
  }
}
