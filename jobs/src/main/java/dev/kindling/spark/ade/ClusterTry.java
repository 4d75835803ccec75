package dev.kindling.spark.ade;

import dev.kindling.ade.Centres;
import dev.kindling.ade.Silhouette;
import dev.kindling.linalg.Matrix;
import java.util.Comparator;
import java.util.List;

/**
 * One number of clusters that was tried.
 *
 * @param asked how many
 * @param sample how many points the silhouette is the mean of
 * @param silhouette NaN where the sample is of one cluster
 */
record ClusterTry(int asked, ClusterState state, int sample, double silhouette) {
  /**
   * @param sample images of some points, k×n
   */
  static ClusterTry of(int asked, ClusterState state, Matrix sample) {
    int[] which = new int[sample.cols()];
    new Centres(state.centres()).nearest(sample, which, new double[which.length]);
    return new ClusterTry(asked, state, which.length, Silhouette.mean(sample, which));
  }

  /** The one with the highest silhouette, of several the first. */
  static ClusterTry best(List<ClusterTry> tries) {
    Comparator<ClusterTry> bySilhouette =
        Comparator.comparingDouble(t -> Double.isNaN(t.silhouette) ? -2 : t.silhouette);
    return tries.stream().reduce((a, b) -> bySilhouette.compare(b, a) > 0 ? b : a).orElseThrow();
  }
}
