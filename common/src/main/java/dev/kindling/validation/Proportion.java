package dev.kindling.validation;

/** What a share of some rows says of the share of all. */
public final class Proportion {
  /** Quantile of the normal law for 95 %. */
  private static final double Z = 1.959963984540054;

  private Proportion() {}

  /**
   * A 95 % interval.
   *
   * @param low at least 0
   * @param high at most 1
   */
  public record Interval(double low, double high) {}

  /**
   * Wilson's score interval (1927), which holds for shares near 0 and 1, too.
   *
   * @param share of the rows, 0 to 1
   * @param rows that were drawn independently, at least 1
   * @throws IllegalArgumentException if there is no row
   */
  public static Interval wilson(double share, long rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("a share of no rows");
    }
    double z2 = Z * Z / rows;
    double middle = (share + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(share * (1 - share) / rows + z2 / rows / 4) / (1 + z2);
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
