package dev.kindling.spark.ade;

/**
 * A query's neighbours, the nearest first.
 *
 * @param ids Longs or Strings
 * @param squares squared distances
 * @param labels class numbers, or {@link PointBlock#NO_LABEL}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Neighbors(Object[] ids, double[] squares, int[] labels) {
  int count() {
    return ids.length;
  }

  /**
   * The class of most of them; of several with as many, the one whose first is nearest.
   *
   * @param classes how many there are
   * @return −1 without a neighbour whose class is known
   */
  int vote(int classes) {
    int[] votes = new int[classes];
    for (int label : labels) {
      if (label >= 0) {
        votes[label]++;
      }
    }
    int best = -1;
    for (int label : labels) {
      if (label >= 0 && (best < 0 || votes[label] > votes[best])) {
        best = label;
      }
    }
    return best;
  }
}
