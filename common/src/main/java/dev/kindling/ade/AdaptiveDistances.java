package dev.kindling.ade;

/**
 * Answers queries over points in memory by sketches: the structure that {@link AdaptivePlan} sizes.
 * With one sketch and one draw it is the fixed one, whose answers an adversary can use against it.
 */
public final class AdaptiveDistances {
  private final Sketches sketches;
  private final SketchedPoints points;
  private final KeyedDraws draws;
  private long asked;

  public AdaptiveDistances(Sketches sketches, SketchedPoints points, KeyedDraws draws) {
    this.sketches = sketches;
    this.points = points;
    this.draws = draws;
  }

  /**
   * QueryAll: estimates of the distances from a query to all points.
   *
   * @param image U q. Not modified
   */
  public double[] all(double[] image) {
    int[] drawn = draws.of(asked++);
    double[] estimates = new double[points.count()];
    points.estimate(drawn, sketches.apply(drawn, image), estimates);
    return estimates;
  }

  /** QueryPair. */
  public double pair(int a, int b) {
    return points.pair(draws.of(asked++), a, b);
  }
}
