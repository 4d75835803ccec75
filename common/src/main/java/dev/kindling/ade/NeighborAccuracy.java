package dev.kindling.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * How often the k nearest of other points tell a point's class: the most frequent class among them,
 * of equally frequent ones that of the nearest.
 *
 * <p>2kn² flops by matrix products for a factor of k rows; memory 8n({@value Labelled#BLOCK} + 2d +
 * k) bytes.
 */
public final class NeighborAccuracy {
  private NeighborAccuracy() {}

  /**
   * Of each point by all the others.
   *
   * @param points d×n, one point a column. Not modified
   * @param labels n class numbers; points of negative ones are left out. Not modified
   * @param neighbors k, at least 1
   * @return from 0 to 1
   * @throws BadInput if there are not two classes
   */
  public static double leaveOneOut(Metric metric, Matrix points, int[] labels, int neighbors) {
    Labelled data = Labelled.of(points, labels);
    return accuracy(metric, data, 0, data.count(), neighbors);
  }

  /**
   * Of the last points by those before them.
   *
   * @param points d×n, one point a column. Not modified
   * @param labels n class numbers; points of negative ones are left out. Not modified
   * @param known how many of the points have a class that is known; the others are told by them
   * @param neighbors k, at least 1
   * @return from 0 to 1
   * @throws BadInput if there are not two classes
   * @throws IllegalArgumentException if none is known, or none is to be told
   */
  public static double heldOut(
      Metric metric, Matrix points, int[] labels, int known, int neighbors) {
    Labelled data = Labelled.of(points, labels);
    int first = (int) Arrays.stream(labels, 0, known).filter(label -> label >= 0).count();
    if (first == 0 || first == data.count()) {
      throw new IllegalArgumentException(first + " known of " + data.count());
    }
    return accuracy(metric, data, first, first, neighbors);
  }

  /** Of the points from {@code from} on, each by the others among the first {@code known}. */
  private static double accuracy(Metric metric, Labelled data, int from, int known, int neighbors) {
    Matrix images = metric.apply(data.points());
    double[] norms = Labelled.norms(images);
    double[] squares = data.block();
    int n = data.count();
    int right = 0;
    for (int first = from; first < n; first += Labelled.BLOCK) {
      int count = Math.min(Labelled.BLOCK, n - first);
      Labelled.squares(images, norms, first, count, squares);
      for (int b = 0; b < count; b++) {
        Nearest nearest = new Nearest(neighbors);
        for (int j = 0; j < known; j++) {
          if (j != first + b) {
            nearest.offer(squares[b * n + j], j);
          }
        }
        right += vote(nearest.ids(), data.labels()) == data.labels()[first + b] ? 1 : 0;
      }
    }
    return (double) right / (n - from);
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
