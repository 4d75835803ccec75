package dev.kindling.optim;

import java.util.Random;

/**
 * Two classes that a plane separates but for 5 % of flipped labels: n = 2000, d = 40, features on
 * scales from 2 down to 2·10^−1.5, penalty ½·1e-3·‖w‖².
 */
final class LogisticProblem {
  static final int ROWS = 2000;
  static final int SIZE = 40;
  private static final double L2 = 1e-3;

  private final double[][] x = new double[ROWS][SIZE];
  private final double[] y = new double[ROWS];

  LogisticProblem(long seed) {
    Random random = new Random(seed);
    double[] normal = new double[SIZE];
    for (int j = 0; j < SIZE; j++) {
      normal[j] = random.nextGaussian();
    }
    for (int i = 0; i < ROWS; i++) {
      double z = 0;
      for (int j = 0; j < SIZE; j++) {
        x[i][j] = random.nextGaussian() * 2 * Math.pow(10, -1.5 * j / (SIZE - 1));
        z += x[i][j] * normal[j];
      }
      y[i] = (z > 0) == (random.nextDouble() >= 0.05) ? 1 : -1;
    }
  }

  /** Of the rows from..from+count−1. */
  double loss(double[] w, int from, int count) {
    return gradient(w, from, count, new double[SIZE]);
  }

  /**
   * @param g overwritten
   * @return the loss
   */
  double gradient(double[] w, int from, int count, double[] g) {
    double loss = 0;
    java.util.Arrays.fill(g, 0);
    for (int i = from; i < from + count; i++) {
      double margin = y[i] * Sums.dot(x[i], w);
      loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
      double slope = -y[i] / (1 + Math.exp(margin)) / count;
      for (int j = 0; j < SIZE; j++) {
        g[j] += slope * x[i][j];
      }
    }
    for (int j = 0; j < SIZE; j++) {
      g[j] += L2 * w[j];
    }
    return loss / count + L2 / 2 * Sums.dot(w, w);
  }
}
