package dev.kindling.ade;

import dev.kindling.linalg.Matrix;

/**
 * Three classes that three of twelve coordinates tell apart; the others are noise of a larger
 * spread.
 */
final class NoisyClasses {
  static final int D = 12;

  final Matrix points;
  final int[] labels;

  NoisyClasses(long seed, int n) {
    RandomPoints random = new RandomPoints(seed);
    points = random.matrix(D, n);
    labels = new int[n];
    for (int j = 0; j < n; j++) {
      labels[j] = j % 3;
      for (int i = 0; i < D; i++) {
        double value = points.get(i, j);
        points.set(i, j, i < 3 ? 0.5 * value + (i == labels[j] ? 2 : 0) : 2 * value);
      }
    }
  }

  /** Leave-one-out accuracy of the three nearest neighbours. */
  double accuracy(Metric metric) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] x = RandomPoints.column(points, i);
      int[] nearest = {-1, -1, -1};
      double[] best = {1e300, 1e300, 1e300};
      for (int j = 0; j < labels.length; j++) {
        double distance = j == i ? 1e300 : metric.squared(x, RandomPoints.column(points, j));
        for (int s = 0; s < 3; s++) {
          if (distance < best[s]) {
            System.arraycopy(best, s, best, s + 1, 2 - s);
            System.arraycopy(nearest, s, nearest, s + 1, 2 - s);
            best[s] = distance;
            nearest[s] = j;
            break;
          }
        }
      }
      int[] votes = new int[3];
      for (int j : nearest) {
        votes[labels[j]]++;
      }
      int winner = labels[nearest[0]];
      for (int label = 0; label < 3; label++) {
        winner = votes[label] > 1 ? label : winner;
      }
      right += winner == labels[i] ? 1 : 0;
    }
    return (double) right / labels.length;
  }
}
