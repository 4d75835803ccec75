package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.report.Axis;
import dev.kindling.spark.report.LinePlot;
import dev.kindling.spark.report.Report;
import java.util.Arrays;

/**
 * What a stream adds up to. Of the micro-batches it keeps lines and seconds, of more than {@value
 * #MOST} the means of as many in a row as it takes.
 */
final class StreamTotals {
  private static final int MOST = 1024;

  private final double[] lines = new double[MOST];
  private final double[] seconds = new double[MOST];
  private long group = 1;
  private long batches;
  private long epochs;
  private long metricUpdates;
  private long constraints;
  private long changed;
  private long inserted;
  private long deleted;
  private long queries;
  private long answers;
  private long rejected;
  private IndexManifest index;

  /**
   * @param index before the first
   */
  StreamTotals(IndexManifest index) {
    this.index = index;
  }

  /** Adds the next micro-batch. */
  synchronized void add(StreamBatch batch, double took) {
    if (batches == MOST * group) {
      halve();
    }
    int at = (int) (batches / group);
    lines[at] += batch.lines();
    seconds[at] += took;
    batches++;
    StreamChanges.Outcome changes = batch.changes();
    epochs += changes.made() ? 1 : 0;
    metricUpdates += changes.metricUpdates();
    constraints += changes.constraints();
    changed += changes.changed();
    inserted += changes.inserted();
    deleted += changes.deleted();
    rejected += changes.rejected();
    queries += batch.answers().queries();
    answers += batch.answers().found();
    if (changes.epoch().epoch() >= index.epoch()) {
      index = changes.epoch();
    }
  }

  private void halve() {
    for (double[] sums : new double[][] {lines, seconds}) {
      for (int i = 0; i < MOST / 2; i++) {
        sums[i] = sums[2 * i] + sums[2 * i + 1];
      }
      Arrays.fill(sums, MOST / 2, MOST, 0);
    }
    group *= 2;
  }

  /** How many sums there are. */
  private int count() {
    return (int) ((batches + group - 1) / group);
  }

  /** Means of a group of micro-batches each, the last of which may be smaller. */
  private double[] means(double[] sums) {
    double[] means = Arrays.copyOf(sums, count());
    for (int i = 0; i < means.length; i++) {
      means[i] /= Math.min(group, batches - i * group);
    }
    return means;
  }

  private String sentence() {
    return Words.of(
        "micro-batches %,d, epochs made %,d; the index is at epoch %,d, %,d points",
        batches, epochs, index.epoch(), index.points());
  }

  private String changes() {
    return Words.of(
        "%,d changes of the metric, %,d constraints; %,d points changed, %,d came, %,d went",
        metricUpdates, constraints, changed, inserted, deleted);
  }

  /**
   * @param answersIn the folder of the answers
   * @param rejectedIn that of the rejected lines
   */
  synchronized Outcome outcome(String answersIn, String rejectedIn) {
    Outcome outcome =
        Outcome.of(sentence())
            .line(changes())
            .record("batches", batches)
            .record("epochs", epochs)
            .record("epoch", index.epoch())
            .record("points", index.points())
            .record("metric_updates", metricUpdates)
            .record("constraints", constraints)
            .record("points_changed", changed)
            .record("points_inserted", inserted)
            .record("points_deleted", deleted)
            .record("queries", queries)
            .record("answers", answers)
            .record("rejected", rejected);
    if (queries > 0) {
      outcome.line(Words.of("%,d answers to %,d queries in %s", answers, queries, answersIn));
    }
    return rejected == 0
        ? outcome
        : outcome.line(Words.of("%,d lines rejected, in %s", rejected, rejectedIn));
  }

  synchronized Report page() {
    double[] batch = new double[count()];
    Arrays.setAll(batch, i -> (double) i * group);
    String each = group == 1 ? "" : ", means of " + group;
    return Report.titled("Stream into the index of " + index.source())
        .section(
            "Micro-batches",
            Words.of(
                "%s, in %,d micro-batches of %.3g s on average.",
                changes(), batches, Arrays.stream(seconds).sum() / Math.max(1, batches)),
            LinePlot.of(
                    "Lines of each micro-batch" + each,
                    Axis.linear("micro-batch"),
                    Axis.linear("lines"))
                .series("lines", batch, means(lines)),
            LinePlot.of(
                    "Seconds for each micro-batch" + each,
                    Axis.linear("micro-batch"),
                    Axis.linear("seconds"))
                .series("seconds", batch, means(seconds)));
  }
}
