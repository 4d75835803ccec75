package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.ade.RankOne;
import dev.kindling.spark.ade.TileScan.Question;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a model of neighbours holds: points, their metric, and their images in memory.
 *
 * @param words what the metric was made from
 */
record NeighborIndex(PointBlocks points, PointMetric metric, String words, PointIndex index) {
  /** Makes the images. */
  static NeighborIndex of(
      SparkSession spark, PointBlocks points, PointMetric metric, String words) {
    return new NeighborIndex(
        points,
        metric,
        words,
        PointIndex.of(context(spark), points, metric.metric(), metric.origin()));
  }

  private static JavaSparkContext context(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** Whether points have classes. */
  boolean labelled() {
    return !points.classes().isEmpty();
  }

  /** Rows with what is found for them, lazily. */
  JavaRDD<Row> join(
      JavaRDD<Row> rows, int features, Question question, NeighborJoin.Answer answer) {
    JavaRDD<IndexTile> tiles = index.tiles();
    int parts =
        PointBlocks.parts(points.rows(), points.dimension(), tiles.context().defaultParallelism());
    // Files of an index are small, and every partition is asked.
    return new NeighborJoin(
            tiles.coalesce(parts), index.shared(), index.origin(), index.scan(question))
        .join(rows, features, answer);
  }

  /** The same points, in memory of their own, under a metric that changes. */
  ChangingNeighbors changing(SparkSession spark) {
    return new ChangingNeighbors(
        PointIndex.following(context(spark), points, metric.metric(), metric.origin()),
        points.dimension());
  }

  /** The same points under a metric that has changed. */
  NeighborIndex updated(SparkSession spark, List<RankOne> changes) {
    Metric changed = metric.metric();
    for (RankOne change : changes) {
      changed = changed.plus(change);
    }
    return of(spark, points, new PointMetric(changed, metric.origin()), words + ", updated");
  }

  /** Writes an index, as {@code ade build} does. */
  void write(String path, Configuration conf) {
    IndexFolder folder = IndexFolder.in(new Path(path), conf);
    int d = points.dimension();
    List<IndexManifest.Segment> segments =
        IndexSegments.of(folder, d, points.namedInWords(), points.classes().size())
            .write(points, 1, "");
    String factor = IndexSegments.name(1, "", 0);
    folder.write(factor, metric.metric());
    folder.commit(
        new IndexManifest(
            1,
            List.of(),
            "a DataFrame",
            words,
            d,
            points.namedInWords(),
            points.classes(),
            List.of(),
            factor,
            null,
            metric.origin(),
            segments));
  }

  /**
   * Reads one.
   *
   * @throws dev.kindling.BadInput if there is none, or it is damaged
   */
  static NeighborIndex read(SparkSession spark, String path) {
    JavaSparkContext context = context(spark);
    IndexFolder folder = IndexFolder.in(new Path(path), context.hadoopConfiguration());
    IndexManifest manifest = folder.newest();
    IndexSegments segments = IndexSegments.of(folder, manifest);
    PointBlocks points = PointBlocks.of(context, segments, manifest);
    PointMetric metric = new PointMetric(folder.metric(manifest), manifest.origin());
    return of(spark, points, metric, manifest.metricWords());
  }

  void close() {
    index.close();
  }
}
