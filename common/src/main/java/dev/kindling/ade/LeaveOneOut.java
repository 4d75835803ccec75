package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;

/**
 * How often the k nearest of the other points tell a point's class: the most frequent class among
 * them, of equally frequent ones that of the nearest.
 *
 * <p>2kn² flops by matrix products for a factor of k rows; memory 8n({@value Labelled#BLOCK} + 2d +
 * k) bytes.
 */
public final class LeaveOneOut {
  private LeaveOneOut() {}

  /**
   * @param points d×n, one point a column. Not modified
   * @param labels n class numbers; points of negative ones are left out. Not modified
   * @param neighbours k, at least 1
   * @return from 0 to 1
   * @throws BadInput if there are not two classes
   */
  public static double accuracy(Metric metric, Matrix points, int[] labels, int neighbours) {
    Labelled data = Labelled.of(points, labels);
    Matrix images = metric.apply(data.points());
    double[] norms = Labelled.norms(images);
    double[] squares = data.block();
    int n = data.count();
    int right = 0;
    for (int from = 0; from < n; from += Labelled.BLOCK) {
      int count = Math.min(Labelled.BLOCK, n - from);
      Labelled.squares(images, norms, from, count, squares);
      for (int b = 0; b < count; b++) {
        Nearest nearest = new Nearest(neighbours);
        for (int j = 0; j < n; j++) {
          if (j != from + b) {
            nearest.offer(squares[b * n + j], j);
          }
        }
        right += vote(nearest.ids(), data.labels()) == data.labels()[from + b] ? 1 : 0;
      }
    }
    return (double) right / n;
  }

  private static int vote(long[] nearest, int[] labels) {
    int winner = -1;
    int most = 0;
    for (long candidate : nearest) {
      int votes = 0;
      for (long other : nearest) {
        votes += labels[(int) other] == labels[(int) candidate] ? 1 : 0;
      }
      if (votes > most) {
        most = votes;
        winner = labels[(int) candidate];
      }
    }
    return winner;
  }
}
