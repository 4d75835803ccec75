package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.IndexManifest.Segment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  /** Which segments hold which of the ids that are asked for. */
  private record Hit(Segment segment, List<Object> ids) implements Serializable {}

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
    int epoch = index.epoch() + 1;
    Broadcast<PointChanges> shared = context.broadcast(changes);
    try {
      List<Hit> hits =
          context
              .parallelize(index.segments(), Math.max(1, index.segments().size()))
              .map(segment -> new Hit(segment, files.ids(segment, shared.value())))
              .filter(hit -> !hit.ids().isEmpty())
              .collect();
      Set<Object> found = unique(hits);
      for (Object id : changes.gone()) {
        if (!found.contains(id)) {
          throw new BadInput("--point-deletes: there is no point " + id + "; leave it out");
        }
      }
      Map<Long, Segment> written = new HashMap<>();
      if (!hits.isEmpty()) {
        context
            .parallelize(hits.stream().map(Hit::segment).toList(), hits.size())
            .map(
                segment ->
                    new Tuple2<>(
                        segment.firstRow(),
                        rewritten(files, segment, shared.value(), epoch, update)))
            .collect()
            .forEach(segment -> written.put(segment._1(), segment._2()));
      }
      List<Segment> next = new ArrayList<>();
      for (Segment segment : index.segments()) {
        Segment now = written.getOrDefault(segment.firstRow(), segment);
        if (now != null) {
          next.add(now);
        }
      }
      List<Object> fresh =
          changes.values().keySet().stream().filter(id -> !found.contains(id)).toList();
      next.addAll(inserted(files, index, changes, fresh, epoch, update));
      next.sort(Comparator.comparingLong(Segment::firstRow));
      return new ChangedSegments(
          List.copyOf(next),
          changes.values().size() - fresh.size(),
          fresh.size(),
          changes.gone().size());
    } finally {
      shared.destroy();
    }
  }

  private static Set<Object> unique(List<Hit> hits) {
    Set<Object> found = new HashSet<>();
    for (Hit hit : hits) {
      for (Object id : hit.ids()) {
        if (!found.add(id)) {
          throw new BadInput(
              "the index holds several points " + id + "; none can be changed or deleted alone");
        }
      }
    }
    return found;
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
            blocks(files, rows, segment.firstRow()));
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
          files.write(IndexSegments.name(epoch, update, firstRow), blocks(files, rows, firstRow)));
      firstRow += rowsEach;
    }
    return segments;
  }

  /** Id, label and point of each row, in blocks. */
  private static List<PointBlock> blocks(IndexSegments files, List<Object[]> rows, long firstRow) {
    List<PointBlock> blocks = new ArrayList<>();
    int d = files.dimension();
    for (int from = 0; from < rows.size(); from += PointBlock.ROWS) {
      int count = Math.min(PointBlock.ROWS, rows.size() - from);
      Matrix points = Matrix.zeros(d, count);
      RowNames names = new RowNames(files.inWords(), count);
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        Object[] row = rows.get(from + i);
        names.add(row[0]);
        labels[i] = (Integer) row[1];
        System.arraycopy((double[]) row[2], 0, points.values(), i * d, d);
      }
      blocks.add(
          new PointBlock(
              Math.toIntExact((firstRow + from) / PointBlock.ROWS), points, names, labels));
    }
    return Collections.unmodifiableList(blocks);
  }
}
