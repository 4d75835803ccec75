package dev.kindling.ade;

import java.util.ArrayList;
import java.util.List;

/**
 * The points that seem nearest to each query of a batch, by their sketches: candidates whose exact
 * distances remain to be taken.
 *
 * <p>Not for several threads at once.
 */
public final class SketchSearch {
  private final SketchedBatch queries;
  private final List<Nearest> candidates = new ArrayList<>();

  /**
   * @param most candidates of a query
   * @param beyond squared estimate beyond which no point is a candidate
   */
  public SketchSearch(SketchedBatch queries, int most, double beyond) {
    this.queries = queries;
    for (int q = 0; q < queries.count(); q++) {
      candidates.add(new Nearest(most, beyond));
    }
  }

  /**
   * Looks at some points.
   *
   * @param firstId of the points; those of the others follow
   * @param room whose squares are then the estimates of these points
   */
  public void scan(SketchedPoints points, long firstId, SketchedPoints.Room room) {
    int n = points.count();
    points.squares(queries, room);
    float[] squares = room.squares();
    for (int q = 0, at = 0; q < candidates.size(); q++) {
      Nearest nearest = candidates.get(q);
      float limit = limit(nearest);
      for (int i = 0; i < n; i++, at++) {
        if (squares[at] <= limit) {
          nearest.offer(squares[at], firstId + i);
          limit = limit(nearest);
        }
      }
    }
  }

  private static float limit(Nearest nearest) {
    return Math.nextUp((float) nearest.limit());
  }

  /** Of each query, under squared estimates. */
  public List<Nearest> candidates() {
    return candidates;
  }
}
