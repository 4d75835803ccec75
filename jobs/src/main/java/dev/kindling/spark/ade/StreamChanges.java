package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.JobFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Changes of an index by micro-batches: metric updates, then constraints between the points as they
 * were, then changes of points, then deletes; all one epoch, or none where nothing changes.
 */
final class StreamChanges {
  /** Each is lost to another update that was faster. */
  private static final int ATTEMPTS = 100;

  private final JavaSparkContext context;
  private final IndexFolder folder;
  private final String stream;
  private final OnlineSettings learning;
  private final StreamRejects rejects;

  /** The metric of the file of that name, so that it is not read for each micro-batch. */
  private String factor;

  private Metric metric;

  /**
   * @param stream its name
   * @param learning from constraints; null without
   */
  StreamChanges(
      JavaSparkContext context,
      IndexFolder folder,
      String stream,
      OnlineSettings learning,
      StreamRejects rejects) {
    this.context = context;
    this.folder = folder;
    this.stream = stream;
    this.learning = learning;
    this.rejects = rejects;
  }

  /**
   * What became of a micro-batch.
   *
   * @param epoch to be asked: the one made, or the newest
   * @param made whether this made it
   * @param before whether the micro-batch was in the index when it came
   * @param rejected lines; 0 where it was there before
   */
  record Outcome(
      IndexManifest epoch,
      boolean made,
      boolean before,
      int metricUpdates,
      int constraints,
      int changed,
      int inserted,
      int deleted,
      int rejected) {}

  /** An epoch in the making. */
  private final class Draft {
    private final IndexManifest base;
    private final IndexSegments files;
    private final String name;
    private final List<StreamLine> rejected = new ArrayList<>();
    private String newFactor;
    private String newLearner;
    private Metric now;
    private int metricUpdates;
    private int constraints;
    private ChangedSegments points;

    Draft(IndexManifest base, String name) {
      this.base = base;
      this.files = IndexSegments.of(folder, base);
      this.name = name;
      this.newFactor = base.factor();
      this.newLearner = base.learner();
      this.points = ChangedSegments.none(base);
    }

    private String file() {
      return IndexSegments.name(base.epoch() + 1, name, 0);
    }

    /** Goes through the lines in their order. */
    void take(Map<StreamKind, List<StreamLine>> lines) {
      lines
          .values()
          .forEach(some -> some.stream().filter(StreamChanges::isBad).forEach(rejected::add));
      List<StreamLine> pairs = good(lines, StreamKind.CONSTRAINT);
      List<StreamLine> updates = good(lines, StreamKind.POINT_UPDATE);
      List<StreamLine> deletes = good(lines, StreamKind.POINT_DELETE);
      Set<Object> ids = new HashSet<>();
      for (List<StreamLine> some : List.of(pairs, updates, deletes)) {
        some.forEach(line -> ids.add(line.first()));
      }
      pairs.forEach(line -> ids.add(line.second()));
      IndexHits hits = IndexHits.of(context, files, base, ids);
      change(good(lines, StreamKind.METRIC_UPDATE));
      learn(pairs, hits);
      if (metricUpdates + constraints > 0) {
        newFactor = file();
        folder.write(newFactor, now);
      }
      move(updates, deletes, hits);
      rejected.sort(StreamLine.ORDER);
    }

    boolean isEmpty() {
      return newFactor.equals(base.factor()) && points.segments().equals(base.segments());
    }

    private Metric current() {
      return now == null ? StreamChanges.this.metric(base) : now;
    }

    private void change(List<StreamLine> updates) {
      if (updates.isEmpty()) {
        return;
      }
      Matrix u = current().factor();
      for (StreamLine line : updates) {
        String fault = MetricChanges.add(u, (Long) line.first(), line.numbers());
        if (fault == null) {
          metricUpdates++;
        } else {
          rejected.add(line.rejected(fault));
        }
      }
      now = Metric.factor(u);
    }

    private void learn(List<StreamLine> pairs, IndexHits hits) {
      if (pairs.isEmpty()) {
        return;
      }
      Set<Object> ends = new HashSet<>();
      pairs.forEach(line -> ends.addAll(List.of(line.first(), line.second())));
      Map<Object, double[]> at = hits.points(context, files, ends);
      StreamLearner learner = new StreamLearner(learning, current(), base.namedInWords());
      learner.read(folder, base);
      for (StreamLine line : pairs) {
        String fault = hits.fault(line.first());
        fault = fault == null ? hits.fault(line.second()) : fault;
        if (fault == null) {
          fault = learner.learn(line, at.get(line.first()), at.get(line.second()));
        }
        if (fault == null) {
          constraints++;
        } else {
          rejected.add(line.rejected(fault));
        }
      }
      if (constraints > 0) {
        now = learner.metric();
        newLearner = file();
        learner.write(folder, newLearner);
      }
    }

    private void move(List<StreamLine> updates, List<StreamLine> deletes, IndexHits hits) {
      Map<Object, double[]> values = new LinkedHashMap<>();
      for (StreamLine line : updates) {
        if (hits.repeated().contains(line.first())) {
          rejected.add(line.rejected(hits.fault(line.first())));
        } else {
          values.put(line.first(), line.numbers());
        }
      }
      Map<Object, double[]> kept = new LinkedHashMap<>(values);
      Set<Object> gone = new LinkedHashSet<>();
      List<StreamLine> went = new ArrayList<>();
      for (StreamLine line : deletes) {
        String fault = values.containsKey(line.first()) ? null : hits.fault(line.first());
        if (fault != null) {
          rejected.add(line.rejected(fault));
          continue;
        }
        kept.remove(line.first());
        went.add(line);
        if (hits.found().contains(line.first())) {
          gone.add(line.first());
        }
      }
      long fresh = kept.keySet().stream().filter(id -> !hits.found().contains(id)).count();
      if (!went.isEmpty() && base.points() + fresh == gone.size()) {
        went.forEach(line -> rejected.add(line.rejected("no point would be left")));
        kept = values;
        gone = Set.of();
      }
      PointChanges changes = new PointChanges(kept, gone);
      if (!changes.isEmpty()) {
        points = ChangedSegments.write(context, files, base, changes, hits, name);
      }
    }

    Outcome outcome(IndexManifest epoch, boolean made) {
      return new Outcome(
          epoch,
          made,
          false,
          metricUpdates,
          constraints,
          points.changed(),
          points.inserted(),
          points.deleted(),
          rejected.size());
    }
  }

  private static boolean isBad(StreamLine line) {
    return line.fault() != null;
  }

  private static List<StreamLine> good(Map<StreamKind, List<StreamLine>> lines, StreamKind kind) {
    return lines.getOrDefault(kind, List.of()).stream().filter(line -> !isBad(line)).toList();
  }

  private Metric metric(IndexManifest index) {
    if (!index.factor().equals(factor)) {
      metric = folder.metric(index);
      factor = index.factor();
    }
    return metric;
  }

  /**
   * Applies a micro-batch, unless it is in the index. Another update that comes first is taken as
   * the base.
   *
   * @param lines in order, by kind
   * @throws BadInput if a line is bad and none may be
   * @throws JobFailure if the index cannot be written, or holds a later micro-batch
   */
  Outcome apply(long batch, Map<StreamKind, List<StreamLine>> lines) {
    String name = UpdateName.ofBatch(stream, batch);
    for (int attempt = 1; ; attempt++) {
      IndexManifest base = folder.newest();
      long last = UpdateName.lastBatch(base, stream);
      if (last == batch) {
        return new Outcome(made(base, name), false, true, 0, 0, 0, 0, 0, 0);
      }
      if (last > batch) {
        throw failure(
            Words.of(
                "the index holds micro-batch %s of this stream, and the checkpoint is at %s: it is older, or another run of the stream is at work; stop that, or give another --checkpoint",
                last, batch));
      }
      Draft draft = new Draft(base, name);
      draft.take(lines);
      rejects.write(batch, draft.rejected);
      if (draft.isEmpty()) {
        return draft.outcome(base, false);
      }
      IndexManifest next =
          base.next(name, draft.newFactor, draft.newLearner, draft.points.segments());
      if (folder.offer(next)) {
        folder.sweep();
        if (draft.now != null) {
          metric = draft.now;
          factor = next.factor();
        }
        return draft.outcome(next, true);
      }
      if (attempt == ATTEMPTS) {
        throw failure(
            Words.of(
                "other updates of the index were faster %s times; the same command goes on",
                ATTEMPTS));
      }
    }
  }

  private static JobFailure failure(String message) {
    return new JobFailure(message, null);
  }

  /** The epoch of that update, where it is the newest or the one before. */
  private IndexManifest made(IndexManifest newest, String name) {
    for (int number = newest.epoch(); number > 0 && number > newest.epoch() - 2; number--) {
      IndexManifest epoch = folder.find(number).orElse(newest);
      if (epoch.state().endsWith("-" + name)) {
        return epoch;
      }
    }
    return newest;
  }
}
