package dev.kindling.spark.bench;

import dev.kindling.BadInput;
import picocli.CommandLine.Option;

/** How often a bench times each system. */
public final class Rounds {
  @Option(
      names = "--rounds",
      paramLabel = "n",
      description =
          "Timed rounds of each system, after one that warms up. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  /**
   * How many.
   *
   * @throws BadInput if they are not between 1 and 1000
   */
  public int count() {
    if (rounds < 1 || rounds > 1000) {
      throw new BadInput("--rounds " + rounds + ": must be between 1 and 1000");
    }
    return rounds;
  }
}
