package dev.kindling.spark.ade;

import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.KeyedDraws;
import dev.kindling.ade.SketchedBatch;
import dev.kindling.ade.Sketches;
import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.ChiSquareLaw;
import dev.kindling.sketch.SketchKind;
import java.io.Serializable;

/**
 * How points are sketched, and what is done with the estimates.
 *
 * @param kind of the maps
 * @param plan L, m and r; one sketch and one draw for the fixed one
 * @param epsilon relative error
 * @param delta chance that one of a query's distances is off by more
 * @param candidates of a query whose exact distances are taken
 * @param seed of the maps
 * @param key of the draws; null for the fixed sketch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sketching(
    SketchKind kind,
    AdaptivePlan plan,
    double epsilon,
    double delta,
    int candidates,
    long seed,
    byte[] key)
    implements Serializable {
  /** One sketch for all queries. */
  static AdaptivePlan fixed(double epsilon, double delta, long points) {
    return new AdaptivePlan(1, ChiSquareLaw.rows(epsilon, delta / points), 1, false);
  }

  /** max(5k, 50) candidates for k neighbours. */
  static int candidates(int k) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(5L * k, 50));
  }

  /** The squared estimate up to which a point may lie within a radius. */
  double reach(double radius) {
    double most = radius * (1 + epsilon);
    return most * most;
  }

  /**
   * Whether it reads a third of what an exact search does, at most. The exact distances of
   * candidates count eightfold, since they do not go through BLAS 3.
   *
   * @param rows of the metric
   */
  boolean pays(int rows, long points) {
    return 3 * (numbersRead() + 8.0 * candidates * rows / points) <= rows;
  }

  boolean isAdaptive() {
    return key != null;
  }

  /** Numbers that a query reads of a point. */
  long numbersRead() {
    return (long) plan.draws() * plan.rows();
  }

  /**
   * The maps.
   *
   * @param k rows of the metric
   */
  Sketches sketches(int k) {
    return new Sketches(kind, plan.sketches(), plan.rows(), k, seed);
  }

  /**
   * Sketches a batch of queries.
   *
   * @param first number of its first query among all
   * @param images centred, k×b
   */
  SketchedBatch batch(Sketches sketches, long first, Matrix images) {
    KeyedDraws draws = isAdaptive() ? new KeyedDraws(key, plan.sketches(), plan.draws()) : null;
    int[][] drawn = new int[images.cols()][];
    for (int q = 0; q < drawn.length; q++) {
      drawn[q] = draws == null ? new int[] {0} : draws.of(first + q);
    }
    return SketchedBatch.of(sketches, drawn, images);
  }
}
