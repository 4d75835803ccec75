package dev.kindling.spark.ade;

import dev.kindling.ade.BatchSearch;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Nearest;
import dev.kindling.ade.PointTile;
import dev.kindling.ade.ProgressiveScan;
import dev.kindling.ade.QueryBatch;
import dev.kindling.ade.Rotation;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.bench.BenchTable;
import dev.kindling.spark.bench.BenchTable.Line;
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

  private final String set;
  private final BenchPoints bench;
  private final Metric metric;
  private final double[] centre;
  private final int rounds;
  private double found;
  private double read;

  BenchScan(String set, BenchPoints bench, PointMetric metric, int rounds, long seed) {
    this.set = set;
    this.bench = bench;
    this.metric = Metric.factor(Rotation.of(metric.metric().factor(), seed));
    this.centre = this.metric.apply(metric.mean());
    this.rounds = rounds;
  }

  /** Answers one query. */
  private interface Scan {
    Nearest nearest(QueryBatch query);
  }

  List<Line> lines() {
    List<PointTile> tiles = new ArrayList<>();
    for (PointBlock block : sorted(bench.points())) {
      tiles.add(IndexTile.of(block, metric, centre).tile());
    }
    long points = bench.points().rows();
    List<QueryBatch> queries = queries();
    List<Set<Long>> truth = new ArrayList<>();
    List<String> names = List.of("full scan", "product with all", "progressive scan");
    List<Scan> scans =
        List.of(
            query -> scanned(tiles, new ProgressiveScan(query, K, Double.POSITIVE_INFINITY)),
            query -> product(tiles, query),
            query -> scanned(tiles, new ProgressiveScan(query, K)));
    double[][] seconds = new double[scans.size()][rounds];
    double[] recall = new double[scans.size()];
    double[] numbers = new double[scans.size()];
    for (int round = -1; round < rounds; round++) {
      for (int s = 0; s < scans.size(); s++) {
        found = 0;
        read = 0;
        double sum = 0;
        for (int q = 0; q < queries.size(); q++) {
          long begin = System.nanoTime();
          Nearest nearest = scans.get(s).nearest(queries.get(q));
          sum += (System.nanoTime() - begin) / 1e9;
          Set<Long> ids = new HashSet<>();
          Arrays.stream(nearest.ids()).forEach(ids::add);
          if (truth.size() == q) {
            truth.add(ids);
          }
          found += ids.stream().filter(truth.get(q)::contains).count();
        }
        recall[s] = found / (K * (double) queries.size());
        numbers[s] = read / queries.size() / points;
        if (round >= 0) {
          seconds[s][round] = sum / queries.size();
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    double peer = BenchTable.median(seconds[0]);
    for (int s = 0; s < scans.size(); s++) {
      double median = BenchTable.median(seconds[s]);
      lines.add(new Line(set, names.get(s), median, peer / median, recall[s], "recall_at_10"));
    }
    double median = BenchTable.median(seconds[2]);
    lines.add(
        new Line(
            set, names.get(2), median, peer / median, numbers[2], "numbers_read_of_each_point"));
    return lines;
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
      for (int i = 0; i < block.rows() && queries.size() < QUERIES; i++) {
        double[] image = metric.apply(block.point(i));
        queries.add(new QueryBatch(Matrix.of(image.length, 1, image), centre));
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
