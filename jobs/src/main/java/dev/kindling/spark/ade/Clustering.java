package dev.kindling.spark.ade;

import dev.kindling.ade.Centres;
import dev.kindling.ade.ClusterSums;
import dev.kindling.ade.Metric;
import dev.kindling.block.RowKeys;
import dev.kindling.linalg.Matrix;
import dev.kindling.nystrom.KMeansPlusPlus;
import dev.kindling.nystrom.SparseVector;
import dev.kindling.spark.job.BlockMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * k-means or k-medians under a metric: Lloyd's algorithm over images in the executors' memory,
 * begun with k-means‖ (Bahmani et al. 2012), which is k-means++ in few passes. Sums are merged
 * along a fixed tree, coins are thrown by the number of a row: the same bits for any partitioning.
 */
final class Clustering implements AutoCloseable {
  /** Passes that add candidates. */
  private static final int ROUNDS = 5;

  /** Candidates that a pass adds, for each cluster, on average. */
  private static final double OVERSAMPLING = 2;

  private final JavaSparkContext context;
  private final JavaRDD<PointBlock> images;
  private final ClusterSums.Kind kind;
  private final int blocks;
  private final long rows;

  private Clustering(
      JavaSparkContext context,
      JavaRDD<PointBlock> images,
      ClusterSums.Kind kind,
      PointBlocks points) {
    this.context = context;
    this.images = images;
    this.kind = kind;
    this.blocks = points.count();
    this.rows = points.rows();
  }

  /**
   * Makes the images.
   *
   * @param origin near most points: images are taken from it, for precision's sake alone
   */
  static Clustering of(
      JavaSparkContext context,
      PointBlocks points,
      Broadcast<Metric> metric,
      double[] origin,
      ClusterSums.Kind kind) {
    JavaRDD<PointBlock> images =
        points
            .blocks()
            .map(block -> block.under(metric.value(), origin))
            .persist(StorageLevel.MEMORY_AND_DISK());
    images.count();
    return new Clustering(context, images, kind, points);
  }

  /** A point that may be a centre. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Candidate(long row, double[] image) implements Serializable {}

  /** Where the points of a block belong. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Assigned(int[] which, double[] squares) {
    static Assigned of(PointBlock images, Centres centres) {
      int[] which = new int[images.rows()];
      double[] squares = new double[images.rows()];
      centres.nearest(images.points(), which, squares);
      return new Assigned(which, squares);
    }
  }

  /**
   * The first centres, fewer than asked for where fewer points differ.
   *
   * @return k×K
   */
  Matrix seeded(int clusters, long seed) {
    List<Candidate> candidates = new ArrayList<>();
    long first = (long) (RowKeys.even(seed, -1) * rows);
    candidates.addAll(
        sampled(
            block ->
                first / PointBlock.ROWS == block.number()
                    ? List.of(candidate(block, (int) (first % PointBlock.ROWS)))
                    : List.of()));
    for (int round = 0; round < ROUNDS; round++) {
      Broadcast<Centres> shared = context.broadcast(new Centres(matrix(candidates)));
      double cost = step(shared, Double.POSITIVE_INFINITY).cost();
      if (cost == 0) {
        shared.destroy();
        break;
      }
      double chance = OVERSAMPLING * clusters / cost;
      long key = RowKeys.key(seed, round);
      ClusterSums.Kind by = kind;
      candidates.addAll(sampled(block -> coins(block, shared.value(), by, chance, key)));
      shared.destroy();
    }
    Broadcast<Centres> shared = context.broadcast(new Centres(matrix(candidates)));
    long[] counts = step(shared, Double.POSITIVE_INFINITY).counts();
    shared.destroy();
    double[] weights = LongStream.of(counts).asDoubleStream().toArray();
    List<SparseVector> vectors = candidates.stream().map(c -> sparse(c.image())).toList();
    int[] chosen = KMeansPlusPlus.choose(vectors, weights, clusters, seed, kind::cost);
    List<Candidate> centres = new ArrayList<>();
    for (int c : chosen) {
      centres.add(candidates.get(c));
    }
    return matrix(centres);
  }

  private static SparseVector sparse(double[] image) {
    return SparseVector.of(LongStream.range(0, image.length).toArray(), image);
  }

  private static Candidate candidate(PointBlock block, int i) {
    return new Candidate(block.firstRow() + i, block.point(i));
  }

  /** Each point with a chance proportional to what it costs. */
  private static List<Candidate> coins(
      PointBlock block, Centres centres, ClusterSums.Kind kind, double chance, long key) {
    Assigned assigned = Assigned.of(block, centres);
    List<Candidate> some = new ArrayList<>();
    for (int i = 0; i < block.rows(); i++) {
      if (RowKeys.even(key, block.firstRow() + i) < chance * kind.cost(assigned.squares()[i])) {
        some.add(candidate(block, i));
      }
    }
    return some;
  }

  /** Chooses points of a block. */
  private interface Choice extends Serializable {
    List<Candidate> of(PointBlock block);
  }

  private List<Candidate> sampled(Choice choice) {
    List<Candidate> some =
        new ArrayList<>(images.flatMap(block -> choice.of(block).iterator()).collect());
    some.sort(Comparator.comparingLong(Candidate::row));
    return some;
  }

  private static Matrix matrix(List<Candidate> candidates) {
    int k = candidates.get(0).image().length;
    Matrix matrix = Matrix.zeros(k, candidates.size());
    for (int c = 0; c < candidates.size(); c++) {
      System.arraycopy(candidates.get(c).image(), 0, matrix.values(), c * k, k);
    }
    return matrix;
  }

  /** One pass: where points belong, summed. */
  private ClusterSums step(Broadcast<Centres> centres, double nearest) {
    ClusterSums.Kind by = kind;
    return BlockMerge.merge(
        images.mapToPair(
            block -> {
              Assigned assigned = Assigned.of(block, centres.value());
              return new Tuple2<>(
                  block.number(),
                  ClusterSums.of(
                      block.points(),
                      assigned.which(),
                      assigned.squares(),
                      centres.value().count(),
                      by,
                      nearest));
            }),
        blocks,
        ClusterSums::merge);
  }

  /**
   * One pass for centers that are on the driver.
   *
   * @param nearest of {@link ClusterSums#of}
   */
  ClusterSums step(Matrix centres, double nearest) {
    Broadcast<Centres> shared = context.broadcast(new Centres(centres));
    try {
      return step(shared, nearest);
    } finally {
      shared.destroy();
    }
  }

  /** Images of some points, drawn by a seed, in their order: k×n. */
  Matrix sample(int most, long seed) {
    long[] drawn = PointSet.draw(rows, most, seed);
    return matrix(
        sampled(
            block -> {
              List<Candidate> some = new ArrayList<>();
              int from = Arrays.binarySearch(drawn, block.firstRow());
              for (int at = from < 0 ? -1 - from : from;
                  at < drawn.length && drawn[at] < block.firstRow() + block.rows();
                  at++) {
                some.add(candidate(block, (int) (drawn[at] - block.firstRow())));
              }
              return some;
            }));
  }

  @Override
  public void close() {
    images.unpersist(false);
  }
}
