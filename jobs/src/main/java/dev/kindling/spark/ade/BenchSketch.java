package dev.kindling.spark.ade;

import dev.kindling.ade.BatchSearch;
import dev.kindling.ade.Metric;
import dev.kindling.ade.Nearest;
import dev.kindling.ade.PointTile;
import dev.kindling.ade.QueryBatch;
import dev.kindling.ade.SketchSearch;
import dev.kindling.ade.SketchedBatch;
import dev.kindling.ade.SketchedPoints;
import dev.kindling.ade.Sketches;
import dev.kindling.block.Moments;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.sketch.ChiSquareLaw;
import dev.kindling.sketch.SketchKind;
import dev.kindling.spark.bench.BenchTable.Line;
import dev.kindling.spark.bench.Contest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A batch of 64 queries over made points of 16,384 features in as many units, under the inverse of
 * their variances, on one core: all distances exactly, and by one sketch, whose candidates are then
 * measured. Points lie near a subspace of 16 dimensions, so that some are nearer than others.
 */
final class BenchSketch {
  private static final String SET = "made-16384";
  private static final int D = 16_384;
  private static final int LATENT = 16;
  private static final int K = 10;
  private static final int QUERIES = 64;
  private static final double EPSILON = 0.2;
  private static final double DELTA = 1e-3;

  /** Of the pairs whose estimates are compared with the distances, one of so many points. */
  private static final int EVERY = 20;

  private static final String ESTIMATES = ", all estimates";
  private static final String MEASURED = ", neighbors measured";

  private final int rounds;
  private final List<PointTile> tiles = new ArrayList<>();
  private final Matrix queries;
  private final Sketching[] sketchings = new Sketching[2];
  private final List<List<SketchedPoints>> sketched = new ArrayList<>();
  private final Sketches[] maps = new Sketches[2];

  BenchSketch(int points, int rounds, long seed) {
    this.rounds = rounds;
    for (int s = 0; s < sketchings.length; s++) {
      SketchKind kind = s == 0 ? SketchKind.GAUSSIAN : SketchKind.SRHT;
      sketchings[s] =
          new Sketching(
              kind,
              Sketching.fixed(EPSILON, DELTA, points),
              EPSILON,
              DELTA,
              Sketching.candidates(K),
              seed,
              null);
      maps[s] = sketchings[s].sketches(D);
      sketched.add(new ArrayList<>());
    }
    MadePoints made = new MadePoints(seed);
    Metric metric = made.metric();
    for (int from = 0; from < points; from += PointBlock.ROWS) {
      int end = Math.min(points, from + PointBlock.ROWS);
      Matrix images = metric.apply(made.rows(from, end));
      long[] ids = new long[end - from];
      int first = from;
      Arrays.setAll(ids, i -> first + i);
      tiles.add(new PointTile(ids, images));
      for (int s = 0; s < sketchings.length; s++) {
        sketched.get(s).add(new SketchedPoints(maps[s], images));
      }
    }
    queries = metric.apply(made.rows(points, points + QUERIES));
  }

  /** Points whose numbers are decided by a seed and their rows. */
  private static final class MadePoints {
    private final long seed;
    private final Matrix directions;
    private final double[] units = new double[D];

    MadePoints(long seed) {
      this.seed = seed;
      SplittableRandom random = new SplittableRandom(seed);
      directions = Matrix.of(D, LATENT, random.doubles((long) D * LATENT, -1, 1).toArray());
      Arrays.setAll(units, j -> Math.pow(10, random.nextDouble(-2, 2)));
    }

    Matrix rows(int from, int end) {
      Matrix latent = Matrix.zeros(LATENT, end - from);
      Matrix rows = Matrix.zeros(D, end - from);
      for (int i = 0; i < end - from; i++) {
        SplittableRandom random = new SplittableRandom(seed + 1 + from + i);
        for (int l = 0; l < LATENT; l++) {
          latent.set(l, i, random.nextDouble(-1, 1));
        }
        for (int j = 0; j < D; j++) {
          rows.set(j, i, random.nextDouble(-0.2, 0.2));
        }
      }
      Blas.gemm(false, false, 1, directions, latent, 1, rows);
      double[] values = rows.values();
      for (int i = 0; i < values.length; i++) {
        values[i] *= units[i % D];
      }
      return rows;
    }

    /** The inverse of the variances of the first thousand. */
    Metric metric() {
      Matrix rows = rows(0, PointBlock.ROWS);
      Moments moments = new Moments(D);
      for (int i = 0; i < rows.cols(); i++) {
        moments.add(rows.values(), i * D);
      }
      double[] roots = new double[D];
      Arrays.setAll(roots, j -> 1 / moments.standardDeviation(j));
      return Metric.factor(roots);
    }
  }

  /** Bytes that it holds. */
  static double bytes(int points) {
    int rows = Sketching.fixed(EPSILON, DELTA, points).rows();
    return points * (IndexTile.bytes(D) + 8.0 * rows)
        + 8.0 * rows * D
        + 3.0 * 8 * D * PointBlock.ROWS;
  }

  private List<Nearest> exact() {
    BatchSearch search = new BatchSearch(new QueryBatch(queries), K);
    float[] products = BatchSearch.room(QUERIES);
    tiles.forEach(tile -> search.scan(tile, products));
    return search.nearest();
  }

  private List<Nearest> estimates(int s, SketchedPoints.Room room) {
    SketchedBatch batch = sketchings[s].batch(maps[s], 0, queries);
    SketchSearch search =
        new SketchSearch(batch, sketchings[s].candidates(), Double.POSITIVE_INFINITY);
    for (int t = 0; t < tiles.size(); t++) {
      search.scan(sketched.get(s).get(t), (long) t * PointBlock.ROWS, room);
    }
    return search.candidates();
  }

  private List<Nearest> measured(int s, SketchedPoints.Room room) {
    List<Nearest> candidates = estimates(s, room);
    List<Nearest> nearest = new ArrayList<>();
    for (int q = 0; q < QUERIES; q++) {
      Nearest of = new Nearest(K);
      long[] rows = candidates.get(q).ids();
      Arrays.sort(rows);
      for (long row : rows) {
        PointTile tile = tiles.get((int) (row / PointBlock.ROWS));
        of.offer(tile.squared((int) (row % PointBlock.ROWS), queries.values(), q * D), row);
      }
      nearest.add(of);
    }
    return nearest;
  }

  List<Line> lines() {
    SketchedPoints.Room room = new SketchedPoints.Room(PointBlock.ROWS, QUERIES, 1);
    Contest<Answer> contest =
        new Contest<Answer>(rounds).system("exact", warm -> timed(this::exact));
    for (int s = 0; s < sketchings.length; s++) {
      int of = s;
      contest
          .system(name(s) + ESTIMATES, warm -> timed(() -> estimates(of, room)))
          .system(name(s) + MEASURED, warm -> timed(() -> measured(of, room)));
    }
    contest.hold();
    List<Line> lines = new ArrayList<>();
    lines.add(line(contest, "exact", 1, "recall_at_10"));
    List<Nearest> exact = contest.last("exact").nearest;
    for (int s = 0; s < sketchings.length; s++) {
      lines.add(line(contest, name(s) + ESTIMATES, outside(s), "share_outside_0.2"));
      List<Nearest> found = contest.last(name(s) + MEASURED).nearest;
      lines.add(line(contest, name(s) + MEASURED, recall(found, exact), "recall_at_10"));
    }
    lines.add(
        new Line(
            SET,
            "the law of one gaussian sketch",
            Double.NaN,
            Double.NaN,
            ChiSquareLaw.failure(sketchings[0].plan().rows(), EPSILON),
            "share_outside_0.2"));
    return lines;
  }

  /**
   * What a batch of queries came to.
   *
   * @param seconds a query
   */
  private record Answer(double seconds, List<Nearest> nearest) {}

  private static Answer timed(Supplier<List<Nearest>> search) {
    long begin = System.nanoTime();
    List<Nearest> nearest = search.get();
    return new Answer((System.nanoTime() - begin) / 1e9 / QUERIES, nearest);
  }

  private String name(int s) {
    return sketchings[s].kind() + " sketch of " + sketchings[s].plan().rows();
  }

  private static Line line(Contest<Answer> contest, String name, double quality, String what) {
    return new Line(
        SET,
        name,
        contest.median(name, Answer::seconds),
        contest.ratio(name, Answer::seconds),
        quality,
        what);
  }

  private double outside(int s) {
    SketchedPoints.Room room = new SketchedPoints.Room(PointBlock.ROWS, QUERIES, 1);
    SketchedBatch batch = sketchings[s].batch(maps[s], 0, queries);
    EstimateTally tally = new EstimateTally(EPSILON);
    for (int t = 0; t < tiles.size(); t++) {
      sketched.get(s).get(t).squares(batch, room);
      int n = tiles.get(t).count();
      for (int q = 0; q < QUERIES; q++) {
        for (int i = q % EVERY; i < n; i += EVERY) {
          tally.add(
              Math.sqrt(room.squares()[q * n + i]),
              Math.sqrt(tiles.get(t).squared(i, queries.values(), q * D)));
        }
      }
    }
    return (double) tally.outside() / tally.pairs();
  }

  private static double recall(List<Nearest> found, List<Nearest> exact) {
    double right = 0;
    for (int q = 0; q < QUERIES; q++) {
      Set<Long> ids = new HashSet<>();
      Arrays.stream(exact.get(q).ids()).forEach(ids::add);
      right += Arrays.stream(found.get(q).ids()).filter(ids::contains).count();
    }
    return right / (QUERIES * K);
  }
}
