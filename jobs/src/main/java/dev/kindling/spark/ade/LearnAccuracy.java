package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.ade.NeighborAccuracy;
import dev.kindling.ade.Scatter;
import dev.kindling.data.table.NumericTable;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Outcome;
import dev.kindling.validation.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How often the classes of a row's three nearest others tell its own, under a metric that was
 * learned and under those that anyone has.
 *
 * @param judged how many rows
 * @param known among how many the nearest are looked for
 * @param unknown how many of the judged rows have a class that none of those has
 * @param heldOut whether the metric was not learned from the rows that are judged
 * @param learned share of the judged rows, under the metric
 * @param euclidean under the Euclidean distance
 * @param whitening under the inverse covariance of the known rows, shrunk by Ledoit and Wolf; NaN
 *     where it cannot be inverted, or there are too many features
 */
record LearnAccuracy(
    int judged,
    int known,
    int unknown,
    boolean heldOut,
    double learned,
    double euclidean,
    double whitening) {
  static final int NEIGHBORS = 3;
  private static final int MOST_JUDGED = 2000;
  private static final int MOST_KNOWN = 5000;

  /** Of rows that come to the driver: 128 MB. Wide rows are fewer. */
  private static final int MOST_NUMBERS = 1 << 24;

  private static final int LEAST_ROWS = 100;

  /** Beyond it an inverse covariance takes longer than it tells. */
  private static final int MOST_WHITENED = 2000;

  /** So that what is drawn for one purpose says nothing about what is drawn for another. */
  private static final long JUDGES = 0x4A554447L;

  private static final long KNOWN = 0x4B4E4F57L;

  /**
   * Measures it on held-out rows; where there are none on those that were learned from, each
   * without itself.
   *
   * @param named ids of rows that were learned from all the same
   * @return empty if the rows left are of one class, or there are none
   */
  static Optional<LearnAccuracy> of(
      JavaSparkContext context,
      NumericTable table,
      HeldOut held,
      Set<Object> named,
      Metric metric,
      long seed) {
    int fitting = Math.max(LEAST_ROWS, MOST_NUMBERS / table.numFeatures());
    int most = Math.min(MOST_JUDGED, fitting);
    if (held.isNone()) {
      PointSet all = pick(context, table, held.drawLearned(most, seed ^ JUDGES));
      return ofTwoClasses(all.labels())
          ? Optional.of(measured(all.points(), all.labels(), 0, metric))
          : Optional.empty();
    }
    PointSet known =
        pick(context, table, held.drawLearned(Math.min(MOST_KNOWN, fitting), seed ^ KNOWN));
    PointSet judged = without(named, pick(context, table, held.drawHeld(most, seed ^ JUDGES)));
    int[] labels = Arrays.copyOf(known.labels(), known.count() + judged.count());
    System.arraycopy(judged.labels(), 0, labels, known.count(), judged.count());
    if (judged.count() == 0 || !ofTwoClasses(labels)) {
      return Optional.empty();
    }
    int d = table.numFeatures();
    PointSet.requireRoom(d, labels.length);
    double[] values = Arrays.copyOf(known.points().values(), d * labels.length);
    System.arraycopy(judged.points().values(), 0, values, d * known.count(), d * judged.count());
    return Optional.of(
        measured(Matrix.of(d, labels.length, values), labels, known.count(), metric));
  }

  private static PointSet pick(JavaSparkContext context, NumericTable table, long[] rows) {
    return PointPick.rows(context, table, rows);
  }

  private static boolean ofTwoClasses(int[] labels) {
    return Arrays.stream(labels).distinct().count() > 1;
  }

  private static PointSet without(Set<Object> named, PointSet points) {
    List<Integer> kept = new ArrayList<>();
    for (int j = 0; j < points.count(); j++) {
      if (!named.contains(points.names().get(j))) {
        kept.add(j);
      }
    }
    return points.of(kept.stream().mapToInt(j -> j).toArray());
  }

  /**
   * @param known how many of the points judge those after them; 0: all judge each other
   */
  private static LearnAccuracy measured(Matrix points, int[] labels, int known, Metric metric) {
    int d = points.rows();
    int all = labels.length;
    double whitening = Double.NaN;
    if (d <= MOST_WHITENED) {
      Scatter scatter =
          Scatter.of(
              known == 0 ? points : Matrix.of(d, known, Arrays.copyOf(points.values(), d * known)));
      whitening = whitened(scatter, points, labels, known);
    }
    return new LearnAccuracy(
        known == 0 ? all : all - known,
        known == 0 ? all - 1 : known,
        unknown(labels, known),
        known > 0,
        accuracy(metric, points, labels, known),
        accuracy(Metric.identity(d), points, labels, known),
        whitening);
  }

  /** Rows that no others tell right, whatever the metric. */
  private static int unknown(int[] labels, int known) {
    return (int)
        IntStream.range(known, labels.length)
            .filter(
                j ->
                    IntStream.range(0, known == 0 ? labels.length : known)
                        .allMatch(i -> i == j || labels[i] != labels[j]))
            .count();
  }

  private static double whitened(Scatter scatter, Matrix points, int[] labels, int known) {
    Metric metric;
    try {
      metric = Metric.covariance(scatter.ledoitWolf().covariance());
    } catch (BadInput e) {
      return Double.NaN; // a figure to compare with, of points that have none
    }
    return accuracy(metric, points, labels, known);
  }

  private static double accuracy(Metric metric, Matrix points, int[] labels, int known) {
    return known == 0
        ? NeighborAccuracy.leaveOneOut(metric, points, labels, NEIGHBORS)
        : NeighborAccuracy.heldOut(metric, points, labels, known, NEIGHBORS);
  }

  /** Whether the metric is worse than none. */
  boolean harms() {
    return learned < euclidean;
  }

  /** Adds the figures. */
  void state(Outcome outcome) {
    outcome
        .percent(heldOut ? "validation_accuracy" : "train_accuracy", learned, rows())
        .percent("euclidean_accuracy", euclidean, "the same under the Euclidean distance");
    if (!Double.isNaN(whitening)) {
      outcome.percent(
          "whitening_accuracy", whitening, "under the inverse covariance, by Ledoit and Wolf");
    }
    if (judged == 1) {
      outcome.line("accuracies are of one row, which is right or wrong: give more rows");
    }
    if (unknown > 0) {
      outcome
          .record("unknown_classes", unknown)
          .line(
              Words.of(
                  "%,d of the %,d rows that judge have a class that no row they are compared with has, and count as wrong: give more rows of each class",
                  unknown, judged));
    }
    outcome.record(heldOut ? "validation_rows" : "judged_rows", judged);
  }

  /** Which rows are judged by which, with the interval of the share. */
  private String rows() {
    Proportion.Interval likely = Proportion.wilson(learned, judged);
    return Words.of(
        heldOut
            ? "%,d held-out rows, each by its three nearest of %,d; 95 %% interval %.1f to %.1f %%"
            : "%,d of the rows it learned from, each by its three nearest of %,d others; says too much of new rows",
        judged,
        known,
        100 * likely.low(),
        100 * likely.high());
  }
}
