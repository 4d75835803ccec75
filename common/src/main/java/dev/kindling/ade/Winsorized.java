package dev.kindling.ade;

import dev.kindling.linalg.Matrix;
import java.util.Arrays;

/**
 * Mean and variance of each feature, of values that are limited to a range (Winsor's mean, as in
 * Huber 1981, section 3.3): from the (n/8+1)-th smallest to the (n/8+1)-th largest value, widened
 * by {@value #REACH} times its length on both sides. Where nothing is far away, nothing is limited,
 * and they are the ordinary ones; an eighth of the points, at least one, may lie anywhere and moves
 * the mean by some lengths of the range at most. Of fewer than three points nobody is limited.
 *
 * @param mean d numbers
 * @param variance d numbers; divided by n
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Winsorized(double[] mean, double[] variance) {
  private static final int CUT = 8;
  private static final double REACH = 4;

  /**
   * @param points d×n, a point a column, numbers below 1e150. Not modified
   */
  public static Winsorized of(Matrix points) {
    int d = points.rows();
    int n = points.cols();
    double[] mean = new double[d];
    double[] variance = new double[d];
    double[] sorted = new double[n];
    int cut = n < 3 ? 0 : Math.max(1, n / CUT);
    for (int j = 0; j < d && n > 0; j++) {
      for (int i = 0, at = j; i < n; i++, at += d) {
        sorted[i] = points.values()[at];
      }
      Arrays.sort(sorted);
      double low = sorted[cut];
      double reach = REACH * (sorted[n - 1 - cut] - low);
      double most = sorted[n - 1 - cut] - low + reach;
      double sum = 0;
      double squares = 0;
      for (double value : sorted) {
        double beside = cut == 0 ? value - low : Math.max(-reach, Math.min(most, value - low));
        sum += beside;
        squares += beside * beside;
      }
      mean[j] = low + sum / n;
      variance[j] = Math.max(0, squares / n - sum / n * (sum / n));
    }
    return new Winsorized(mean, variance);
  }
}
