package dev.kindling.spark.ade;

import dev.kindling.spark.ade.IndexManifest.Segment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Where in an index some ids are.
 *
 * @param hits the files that hold one
 * @param found ids that are there, once or more
 * @param repeated ids that are there more than once
 */
record IndexHits(List<Hit> hits, Set<Object> found, Set<Object> repeated) {
  /** A file, and which of the ids it holds. */
  record Hit(Segment segment, List<Object> ids) implements Serializable {}

  /** Looks them up; one pass over the ids of the index. */
  static IndexHits of(
      JavaSparkContext context, IndexSegments files, IndexManifest index, Set<Object> wanted) {
    if (wanted.isEmpty()) {
      return new IndexHits(List.of(), Set.of(), Set.of());
    }
    Broadcast<Set<Object>> shared = context.broadcast(wanted);
    try {
      List<Hit> hits =
          context
              .parallelize(index.segments(), Math.max(1, index.segments().size()))
              .map(segment -> new Hit(segment, files.ids(segment, shared.value())))
              .filter(hit -> !hit.ids().isEmpty())
              .collect();
      Set<Object> found = new HashSet<>();
      Set<Object> repeated = new LinkedHashSet<>();
      for (Hit hit : hits) {
        hit.ids().stream().filter(id -> !found.add(id)).forEach(repeated::add);
      }
      return new IndexHits(hits, found, repeated);
    } finally {
      shared.destroy();
    }
  }

  /** Files that hold one of these. */
  List<Segment> segments(Set<Object> ids) {
    return hits.stream()
        .filter(hit -> !Collections.disjoint(hit.ids(), ids))
        .map(Hit::segment)
        .toList();
  }

  /** Why an id names no point, or null where it names one. */
  String fault(Object id) {
    if (repeated.contains(id)) {
      return "the index holds several points " + id;
    }
    return found.contains(id) ? null : "there is no point " + id;
  }

  /** Points by their ids, of several of one id any; one pass over the files that hold them. */
  Map<Object, double[]> points(JavaSparkContext context, IndexSegments files, Set<Object> ids) {
    List<Segment> concerned = segments(ids);
    Map<Object, double[]> points = new HashMap<>();
    if (concerned.isEmpty()) {
      return points;
    }
    Broadcast<Set<Object>> shared = context.broadcast(ids);
    try {
      context
          .parallelize(concerned, concerned.size())
          .flatMap(
              segment -> {
                List<Tuple2<Object, double[]>> some = new ArrayList<>();
                for (PointBlock block : files.read(segment)) {
                  for (int i = 0; i < block.rows(); i++) {
                    if (shared.value().contains(block.names().get(i))) {
                      some.add(new Tuple2<>(block.names().get(i), block.point(i)));
                    }
                  }
                }
                return some.iterator();
              })
          .collect()
          .forEach(point -> points.put(point._1(), point._2()));
      return points;
    } finally {
      shared.destroy();
    }
  }
}
