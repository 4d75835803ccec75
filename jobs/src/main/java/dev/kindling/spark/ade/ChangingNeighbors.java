package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.RankOne;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.TileScan.Question;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;

/**
 * Points in memory under a metric that changes between questions: U ← U + Σ wⱼuⱼᵀ. Images follow in
 * place, in the pass over the points that answers the next question; they are made anew where
 * rounding adds up to more than 1e-9 of a distance's scale. Answers are exact.
 *
 * <p>20 bytes a number and point on the executors, until {@link #close}. For one thread.
 *
 * @see MahalanobisNeighborsModel#changing
 */
public final class ChangingNeighbors implements AutoCloseable {
  private static final int MOST_QUERIES = 1 << 16;

  private final PointIndex index;
  private final int dimension;

  ChangingNeighbors(PointIndex index, int dimension) {
    this.index = index;
    this.dimension = dimension;
  }

  /**
   * A point and how far it is.
   *
   * @param id a Long or a String
   */
  public record Neighbor(Object id, double distance) {}

  /** The metric of now; it stays as it is when this changes. */
  public Metric metric() {
    return index.metric();
  }

  /**
   * Changes the metric, in the order of the list. O(kd) a change on the driver; a batch costs the
   * next question less than as many changes one by one.
   *
   * @throws IllegalArgumentException if a change does not fit, or is not finite
   */
  public void update(List<RankOne> changes) {
    index.update(changes);
  }

  /**
   * The nearest points of each query, the nearest first, of equal ones the earlier row.
   *
   * @param queries of d numbers, at most 65,536
   * @param k at least 1
   * @throws IllegalArgumentException if there are more, or one has another length or is not finite
   */
  public List<List<Neighbor>> nearest(List<? extends Vector> queries, int k) {
    if (k < 1 || queries.size() > MOST_QUERIES) {
      throw new IllegalArgumentException("the nearest " + k + " of " + queries.size() + " queries");
    }
    Matrix points = Matrix.zeros(dimension, queries.size());
    for (int q = 0; q < queries.size(); q++) {
      double[] x = queries.get(q).toArray();
      for (double number : x) {
        if (!Double.isFinite(number)) {
          throw new IllegalArgumentException("query " + q + " has " + number);
        }
      }
      if (x.length != dimension) {
        throw new IllegalArgumentException(
            "query " + q + " has " + x.length + " numbers; the points have " + dimension);
      }
      System.arraycopy(x, 0, points.values(), q * dimension, dimension);
    }
    List<List<Neighbor>> all = new ArrayList<>();
    for (Neighbors found :
        index.nearest(points, new Question(k, Double.POSITIVE_INFINITY, false))) {
      List<Neighbor> near = new ArrayList<>();
      for (int i = 0; i < found.count(); i++) {
        near.add(new Neighbor(found.ids()[i], Math.sqrt(found.squares()[i])));
      }
      all.add(near);
    }
    return all;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    index.close();
  }
}
