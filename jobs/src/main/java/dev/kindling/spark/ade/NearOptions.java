package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import picocli.CommandLine.Option;

/** How many neighbours, and how far away. */
final class NearOptions {
  private static final int K = 10;

  @Option(
      names = "--k",
      paramLabel = "k",
      description = "Neighbours of each query. Default: 10; with --radius all within it.")
  Integer k;

  @Option(
      names = "--radius",
      paramLabel = "r",
      description = "None beyond this distance. Default: no limit.")
  Double radius;

  /**
   * Checks the options.
   *
   * @throws BadInput naming the option, its value and what it may be
   */
  void check() {
    if (k != null && k < 1) {
      throw new BadInput("--k " + k + ": must be at least 1");
    }
    if (radius != null && !(radius >= 0 && radius < Double.POSITIVE_INFINITY)) {
      throw new BadInput("--radius " + radius + ": must be finite and not negative");
    }
  }

  /** k where it was given, and the default. */
  int neighbours() {
    return k == null ? K : k;
  }

  /** For sentences. */
  String words() {
    String most = k != null || radius == null ? "the nearest " + (k == null ? K : k) : "all";
    return radius == null ? most : most + " within " + radius;
  }

  /**
   * @param self whether queries are the points themselves
   */
  TileScan.Question question(boolean self) {
    int most = k != null ? k : radius != null ? Integer.MAX_VALUE : K;
    return new TileScan.Question(most, radius == null ? Double.POSITIVE_INFINITY : radius, self);
  }
}
