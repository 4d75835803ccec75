package dev.kindling.spark.ade;

import dev.kindling.ade.BatchSearch;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Nearest;
import dev.kindling.ade.PointTile;
import dev.kindling.ade.ProgressiveScan;
import dev.kindling.ade.QueryBatch;
import dev.kindling.ade.Rotation;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Contest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Single queries over points in the memory of one core: all coordinates, one product of matrix and
 * vector, and the progressive scan over rotated ones.
 */
final class BenchScan {
  private static final int K = 10;
  private static final int QUERIES = 100;
  private static final String PROGRESSIVE = "progressive scan";

  private final String set;
  private final BenchPoints bench;
  private final Metric metric;
  private final double[] origin;
  private final int rounds;
  private double read;

  BenchScan(String set, BenchPoints bench, PointMetric metric, int rounds, long seed) {
    this.set = set;
    this.bench = bench;
    this.metric = Metric.factor(Rotation.of(metric.metric().factor(), seed));
    this.origin = metric.origin();
    this.rounds = rounds;
  }

  /** Answers one query. */
  private interface Scan {
    Nearest nearest(QueryBatch query);
  }

  List<Line> lines() {
    List<PointTile> tiles = new ArrayList<>();
    for (PointBlock block : sorted(bench.points())) {
      tiles.add(IndexTile.of(block, metric, origin).tile());
    }
    long points = bench.points().rows();
    List<QueryBatch> queries = queries();
    List<Set<Long>> truth = new ArrayList<>();
    Contest<Scanned> contest =
        new Contest<Scanned>(rounds)
            .system(
                "full scan",
                warm ->
                    scanned(
                        queries,
                        truth,
                        query ->
                            scanned(
                                tiles, new ProgressiveScan(query, K, Double.POSITIVE_INFINITY))))
            .system(
                "product with all", warm -> scanned(queries, truth, query -> product(tiles, query)))
            .system(
                PROGRESSIVE,
                warm ->
                    scanned(queries, truth, query -> scanned(tiles, new ProgressiveScan(query, K))))
            .hold();
    List<Line> lines = contest.lines(set, Scanned::seconds, Scanned::recall, "recall_at_10");
    lines.add(
        new Line(
            set,
            PROGRESSIVE,
            contest.median(PROGRESSIVE, Scanned::seconds),
            contest.ratio(PROGRESSIVE, Scanned::seconds),
            contest.median(PROGRESSIVE, Scanned::read) / points,
            "numbers_read_of_each_point"));
    return lines;
  }

  /**
   * Means over the queries.
   *
   * @param read numbers of all points together
   */
  private record Scanned(double seconds, double recall, double read) {}

  /**
   * @param truth what the first scan of all finds; empty before it
   */
  private Scanned scanned(List<QueryBatch> queries, List<Set<Long>> truth, Scan scan) {
    read = 0;
    double found = 0;
    double sum = 0;
    for (int q = 0; q < queries.size(); q++) {
      long begin = System.nanoTime();
      Nearest nearest = scan.nearest(queries.get(q));
      sum += (System.nanoTime() - begin) / 1e9;
      Set<Long> ids = new HashSet<>();
      Arrays.stream(nearest.ids()).forEach(ids::add);
      if (truth.size() == q) {
        truth.add(ids);
      }
      found += ids.stream().filter(truth.get(q)::contains).count();
    }
    int count = queries.size();
    return new Scanned(sum / count, found / (K * (double) count), read / count);
  }

  private Nearest scanned(List<PointTile> tiles, ProgressiveScan scan) {
    tiles.forEach(scan::scan);
    read += scan.read();
    return scan.nearest();
  }

  private static Nearest product(List<PointTile> tiles, QueryBatch query) {
    BatchSearch search = new BatchSearch(query, K);
    float[] products = BatchSearch.room(1);
    tiles.forEach(tile -> search.scan(tile, products));
    return search.nearest().get(0);
  }

  private List<QueryBatch> queries() {
    List<QueryBatch> queries = new ArrayList<>();
    for (PointBlock block : sorted(bench.queries())) {
      PointBlock images = block.under(metric, origin);
      for (int i = 0; i < block.rows() && queries.size() < QUERIES; i++) {
        double[] image = images.point(i);
        queries.add(new QueryBatch(Matrix.of(image.length, 1, image)));
      }
    }
    return queries;
  }

  /** In their order, on the driver. */
  static List<PointBlock> sorted(PointBlocks points) {
    List<PointBlock> blocks = new ArrayList<>(points.blocks().collect());
    blocks.sort(Comparator.comparingInt(PointBlock::number));
    return blocks;
  }
}
