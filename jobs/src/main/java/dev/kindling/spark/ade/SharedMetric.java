package dev.kindling.spark.ade;

import dev.kindling.ade.LiveMetric;
import dev.kindling.ade.Metric;
import dev.kindling.ade.MetricBatch;
import dev.kindling.ade.MetricHistory;
import dev.kindling.ade.RankOne;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A metric on the executors, with its history where it changes. The history travels in chapters of
 * a megabyte or so, each once; only the last is sent anew when batches are added.
 */
final class SharedMetric implements AutoCloseable {
  /** Of the history, in times of U's: what a lost tile has to follow beyond its images' making. */
  private static final long HISTORY = 4;

  /** Bytes of history that are always kept. */
  private static final long LEAST_HISTORY = 1L << 18;

  private static final long CHAPTER = 1L << 20;

  private final JavaSparkContext context;

  /** Null where nothing changes. */
  private final LiveMetric live;

  private final Metric fixed;
  private final Slot now = new Slot();
  private final Slot base = new Slot();
  private final List<Broadcast<MetricBatch[]>> chapters = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();

  private SharedMetric(JavaSparkContext context, Metric metric, LiveMetric live) {
    this.context = context;
    this.live = live;
    this.fixed = metric;
  }

  /** Room for a metric on the executors. */
  private final class Slot {
    private Metric metric;
    private Broadcast<Metric> sent;

    Broadcast<Metric> send(Metric wanted) {
      if (metric != wanted) {
        clear();
        sent = context.broadcast(wanted);
        metric = wanted;
      }
      return sent;
    }

    void clear() {
      if (sent != null) {
        sent.destroy();
        sent = null;
        metric = null;
      }
    }
  }

  /** One that stays as it is. */
  static SharedMetric fixed(JavaSparkContext context, Metric metric) {
    return new SharedMetric(context, metric, null);
  }

  /** One that changes. */
  static SharedMetric changing(JavaSparkContext context, Metric metric) {
    long most =
        Math.max(LEAST_HISTORY, HISTORY * Double.BYTES * metric.rows() * metric.dimension());
    return new SharedMetric(context, metric, new LiveMetric(metric, most));
  }

  boolean changes() {
    return live != null;
  }

  /**
   * Changes it; sends nothing yet.
   *
   * @throws IllegalArgumentException if a change does not fit
   */
  void update(List<RankOne> batch) {
    if (live == null) {
      throw new IllegalStateException("an index whose metric stays as it is");
    }
    live.update(batch);
  }

  /** The metric of now. */
  Metric now() {
    return live == null ? fixed : live.now();
  }

  /** The metric of now, on the executors. Good until the next one is asked for. */
  Broadcast<Metric> shared() {
    return now.send(now());
  }

  /** What tiles follow; null where nothing changes. Good until the next one is asked for. */
  MetricHistory history() {
    if (live == null) {
      return null;
    }
    if (base.metric != live.metric()) {
      clearChapters();
    }
    Broadcast<Metric> first = base.send(live.metric());
    sendBatches();
    return new Sent(
        live.base(), first, List.copyOf(chapters), ends.stream().mapToInt(end -> end).toArray());
  }

  private void clearChapters() {
    chapters.forEach(Broadcast::destroy);
    chapters.clear();
    ends.clear();
  }

  /** Sends the batches that were added. */
  private void sendBatches() {
    int sent = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    if (sent == live.length()) {
      return;
    }
    int last = ends.size() - 1;
    int from = last < 1 ? 0 : ends.get(last - 1);
    if (last >= 0 && bytes(from, sent) < CHAPTER) {
      chapters.remove(last).destroy();
      ends.remove(last);
    } else {
      from = sent;
    }
    while (from < live.length()) {
      int end = from + 1;
      while (end < live.length() && bytes(from, end) < CHAPTER) {
        end++;
      }
      MetricBatch[] chapter = new MetricBatch[end - from];
      for (int i = from; i < end; i++) {
        chapter[i - from] = live.batch(i);
      }
      chapters.add(context.broadcast(chapter));
      ends.add(end);
      from = end;
    }
  }

  private long bytes(int from, int end) {
    long bytes = 0;
    for (int i = from; i < end; i++) {
      bytes += live.batch(i).bytes();
    }
    return bytes;
  }

  /** The history as tasks get it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sent(
      int base, Broadcast<Metric> first, List<Broadcast<MetricBatch[]>> chapters, int[] ends)
      implements MetricHistory, Serializable {
    @Override
    public Metric metric() {
      return first.value();
    }

    @Override
    public int length() {
      return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    @Override
    public MetricBatch batch(int i) {
      int at = Arrays.binarySearch(ends, i + 1);
      int chapter = at < 0 ? -at - 1 : at;
      return chapters.get(chapter).value()[i - (chapter == 0 ? 0 : ends[chapter - 1])];
    }
  }

  @Override
  public void close() {
    clearChapters();
    base.clear();
    now.clear();
  }
}
