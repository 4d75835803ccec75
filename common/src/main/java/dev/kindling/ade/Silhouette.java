package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * How well clusters are apart (Rousseeuw 1987): for a point with the mean distance a to the others
 * of its cluster, and b to those of the nearest other cluster, (b − a)/max(a, b); 0 for one that is
 * alone in its cluster. From −1 to 1; the mean over the points is what is given.
 *
 * <p>2kn² flops by matrix products; memory 8n({@value Labelled#BLOCK} + k) bytes.
 */
public final class Silhouette {
  private Silhouette() {}

  /**
   * @param points k×n, one point a column, near the origin. Not modified
   * @param which the cluster of each, from 0. Not modified
   * @return NaN where all points are of one cluster
   */
  public static double mean(Matrix points, int[] which) {
    int n = which.length;
    int clusters = 0;
    for (int cluster : which) {
      clusters = Math.max(clusters, cluster + 1);
    }
    int[] counts = new int[clusters];
    for (int cluster : which) {
      counts[cluster]++;
    }
    double[] norms = Labelled.norms(points);
    double[] squares = new double[Math.multiplyExact(n, Math.min(n, Labelled.BLOCK))];
    double[] sums = new double[clusters];
    double sum = 0;
    boolean apart = false;
    for (int from = 0; from < n; from += Labelled.BLOCK) {
      int count = Math.min(Labelled.BLOCK, n - from);
      Labelled.squares(points, norms, from, count, squares);
      for (int b = 0; b < count; b++) {
        Arrays.fill(sums, 0);
        for (int j = 0; j < n; j++) {
          sums[which[j]] += j == from + b ? 0 : Math.sqrt(squares[b * n + j]);
        }
        int own = which[from + b];
        double other = Double.POSITIVE_INFINITY;
        for (int c = 0; c < clusters; c++) {
          if (c != own && counts[c] > 0) {
            other = Math.min(other, sums[c] / counts[c]);
          }
        }
        apart |= other < Double.POSITIVE_INFINITY;
        double mean = sums[own] / Math.max(1, counts[own] - 1);
        double most = Math.max(mean, other);
        sum += counts[own] == 1 || most == 0 ? 0 : (other - mean) / most;
      }
    }
    return apart ? sum / n : Double.NaN;
  }
}
