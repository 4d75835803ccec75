package dev.kindling.validation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of a score: the share of either class at or above each
 * threshold (Fawcett 2006, algorithm 1), equal scores in one step.
 *
 * @param thresholds descending; the first is infinite
 * @param falsePositiveRate share of the negatives at or above each, ascending from 0 to 1
 * @param truePositiveRate share of the positives at or above each, ascending from 0 to 1
 * @param auc the area below: the chance that a positive scores higher than a negative, equals
 *     counted half
 */
public record Roc(
    double[] thresholds, double[] falsePositiveRate, double[] truePositiveRate, double auc) {
  /**
   * @param scores finite. Not modified
   * @param positive of the same length. Not modified
   * @return empty if there are no positives or no negatives
   */
  public static Optional<Roc> of(double[] scores, boolean[] positive) {
    int n = scores.length;
    long positives = IntStream.range(0, n).filter(i -> positive[i]).count();
    long negatives = n - positives;
    if (positives == 0 || negatives == 0) {
      return Optional.empty();
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] thresholds = new double[n + 1];
    double[] fpr = new double[n + 1];
    double[] tpr = new double[n + 1];
    thresholds[0] = Double.POSITIVE_INFINITY;
    int points = 1;
    long above = 0;
    double area = 0;
    for (int k = 0; k < n; k++) {
      above += positive[order[k]] ? 1 : 0;
      if (k + 1 < n && scores[order[k + 1]] == scores[order[k]]) {
        continue;
      }
      thresholds[points] = scores[order[k]];
      tpr[points] = (double) above / positives;
      fpr[points] = (double) (k + 1 - above) / negatives;
      area += (fpr[points] - fpr[points - 1]) * (tpr[points] + tpr[points - 1]) / 2;
      points++;
    }
    return Optional.of(
        new Roc(
            Arrays.copyOf(thresholds, points),
            Arrays.copyOf(fpr, points),
            Arrays.copyOf(tpr, points),
            area));
  }
}
