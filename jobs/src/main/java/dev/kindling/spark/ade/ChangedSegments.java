package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.spark.ade.IndexManifest.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The segments of the next epoch: files in which a point changes or goes are written anew, those of
 * new points are added, all others stay.
 *
 * @param segments of the next epoch
 * @param changed points
 * @param inserted points
 * @param deleted points
 */
record ChangedSegments(List<Segment> segments, int changed, int inserted, int deleted) {
  static ChangedSegments none(IndexManifest index) {
    return new ChangedSegments(index.segments(), 0, 0, 0);
  }

  /**
   * Writes what changes. Two passes over the ids, one over the files that change.
   *
   * @throws BadInput if an id is not unique, or is to be deleted and not there
   */
  static ChangedSegments write(
      JavaSparkContext context,
      IndexSegments files,
      IndexManifest index,
      PointChanges changes,
      String update) {
    IndexHits hits = IndexHits.of(context, files, index, changes.ids());
    if (!hits.repeated().isEmpty()) {
      throw BadInput.of(
          "%s; none can be changed or deleted alone",
          hits.fault(hits.repeated().iterator().next()));
    }
    for (Object id : changes.gone()) {
      if (!hits.found().contains(id)) {
        throw new BadInput("--point-deletes: there is no point " + id + "; leave it out");
      }
    }
    return write(context, files, index, changes, hits, update);
  }

  /**
   * Writes what changes, one pass over the files that do.
   *
   * @param changes none of an id that the index has several times, or does not have and is to go
   * @param hits where all of them are
   */
  static ChangedSegments write(
      JavaSparkContext context,
      IndexSegments files,
      IndexManifest index,
      PointChanges changes,
      IndexHits hits,
      String update) {
    int epoch = index.epoch() + 1;
    List<Segment> concerned = hits.segments(changes.ids());
    Map<Long, Segment> written = new HashMap<>();
    if (!concerned.isEmpty()) {
      Broadcast<PointChanges> shared = context.broadcast(changes);
      try {
        context
            .parallelize(concerned, concerned.size())
            .map(
                segment ->
                    new Tuple2<>(
                        segment.firstRow(),
                        rewritten(files, segment, shared.value(), epoch, update)))
            .collect()
            .forEach(segment -> written.put(segment._1(), segment._2()));
      } finally {
        shared.destroy();
      }
    }
    List<Segment> next = new ArrayList<>();
    for (Segment segment : index.segments()) {
      Segment now = written.getOrDefault(segment.firstRow(), segment);
      if (now != null) {
        next.add(now);
      }
    }
    List<Object> fresh =
        changes.values().keySet().stream().filter(id -> !hits.found().contains(id)).toList();
    next.addAll(inserted(files, index, changes, fresh, epoch, update));
    next.sort(Comparator.comparingLong(Segment::firstRow));
    return new ChangedSegments(
        List.copyOf(next),
        changes.values().size() - fresh.size(),
        fresh.size(),
        changes.gone().size());
  }

  /** Null if no point is left. */
  private static Segment rewritten(
      IndexSegments files, Segment segment, PointChanges changes, int epoch, String update) {
    List<Object[]> rows = new ArrayList<>();
    for (PointBlock block : files.read(segment)) {
      for (int i = 0; i < block.rows(); i++) {
        Object id = block.names().get(i);
        if (!changes.gone().contains(id)) {
          double[] now = changes.values().get(id);
          rows.add(new Object[] {id, block.labels()[i], now == null ? block.point(i) : now});
        }
      }
    }
    return rows.isEmpty()
        ? null
        : files.write(
            IndexSegments.name(epoch, update, segment.firstRow()),
            PointBlock.cut(files.dimension(), files.inWords(), rows, segment.firstRow()));
  }

  private static List<Segment> inserted(
      IndexSegments files,
      IndexManifest index,
      PointChanges changes,
      List<Object> ids,
      int epoch,
      String update) {
    int rowsEach = IndexSegments.blocks(index.dimension()) * PointBlock.ROWS;
    List<Segment> segments = new ArrayList<>();
    long firstRow = index.nextRow();
    for (int from = 0; from < ids.size(); from += rowsEach) {
      List<Object[]> rows = new ArrayList<>();
      for (Object id : ids.subList(from, Math.min(ids.size(), from + rowsEach))) {
        rows.add(new Object[] {id, PointBlock.NO_LABEL, changes.values().get(id)});
      }
      segments.add(
          files.write(
              IndexSegments.name(epoch, update, firstRow),
              PointBlock.cut(files.dimension(), files.inWords(), rows, firstRow)));
      firstRow += rowsEach;
    }
    return segments;
  }
}
