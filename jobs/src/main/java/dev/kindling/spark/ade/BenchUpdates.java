package dev.kindling.spark.ade;

import dev.kindling.ade.LiveMetric;
import dev.kindling.ade.LiveTile;
import dev.kindling.ade.RankOne;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Contest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What points in memory take to follow changes of the metric, on all cores: from a change of U to
 * images, in both precisions, beside making them anew.
 */
final class BenchUpdates {
  private static final int BATCH = 64;
  private static final int NONZEROS = 8;

  private final String set;
  private final int rounds;
  private final List<LiveTile> tiles = new ArrayList<>();
  private final LiveMetric metric;
  private final int k;
  private final int d;
  private final SplittableRandom random;

  BenchUpdates(String set, BenchPoints bench, PointMetric metric, int rounds, long seed) {
    this.set = set;
    this.rounds = rounds;
    this.k = metric.metric().rows();
    this.d = metric.metric().dimension();
    this.random = new SplittableRandom(seed);
    this.metric = new LiveMetric(metric.metric(), Long.MAX_VALUE);
    for (PointBlock block : BenchScan.sorted(bench.points())) {
      tiles.add(new LiveTile(block.rowNumbers(), block.points(), metric.origin(), k));
    }
  }

  List<Line> lines() {
    return new Contest<Double>(rounds)
        .system("images anew", warm -> seconds(List.of()))
        .system(BATCH + " dense changes", warm -> seconds(many(BATCH, false, d)))
        .system("one dense change", warm -> seconds(many(1, false, d)))
        .system("one change, " + NONZEROS + " features", warm -> seconds(many(1, false, NONZEROS)))
        .system("one row of U", warm -> seconds(many(1, true, d)))
        .system("one row of U, " + NONZEROS + " features", warm -> seconds(many(1, true, NONZEROS)))
        .hold()
        .lines(set, seconds -> seconds, seconds -> Double.NaN, null);
  }

  /** Changes that leave U about as long as it is. */
  private List<RankOne> many(int count, boolean ofOneRow, int features) {
    List<RankOne> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] w = new double[k];
      double[] u = new double[d];
      for (int r = 0; r < (ofOneRow ? 1 : w.length); r++) {
        w[ofOneRow ? random.nextInt(w.length) : r] = random.nextGaussian() / w.length;
      }
      for (int j = 0; j < features; j++) {
        u[features < u.length ? random.nextInt(u.length) : j] = random.nextGaussian() / u.length;
      }
      some.add(new RankOne(w, u));
    }
    return some;
  }

  private double seconds(List<RankOne> changes) {
    if (changes.isEmpty()) {
      metric.rebase();
    }
    metric.update(changes); // a new base, too, where that is as cheap
    long begin = System.nanoTime();
    tiles.parallelStream().forEach(tile -> tile.follow(metric));
    return (System.nanoTime() - begin) / 1e9;
  }
}
