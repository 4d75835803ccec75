package dev.kindling.spark.gntk;

import dev.kindling.block.RowKeys;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.TileSide;
import dev.kindling.nystrom.KMeansPlusPlus;
import dev.kindling.nystrom.SparseVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Landmarks by k-means‖ (Bahmani et al. 2012) over the histograms of colours: rounds that add
 * candidates, each graph with a chance proportional to its squared distance to the candidates so
 * far, then k-means++ among the candidates, each for as many graphs as are nearest to it. The
 * driver holds 12 bytes a graph, and the candidates.
 */
final class KMeansLandmarks implements AutoCloseable {
  private static final int ROUNDS = 5;

  private final JavaSparkContext spark;
  private final GraphBlocks.Layout layout;
  private final JavaRDD<Block> histograms;
  private final double[] nearest;
  private final int[] owner;
  private final List<SparseVector> candidates = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();

  /** The histograms of a block of graphs, in order. */
  private record Block(int number, SparseVector[] histograms) implements Serializable {
    static Block of(int number, List<TileSide> sides, int graphs) {
      SparseVector[] histograms = new SparseVector[graphs];
      for (TileSide side : sides) {
        SparseVector[] own = side.histograms();
        for (int g = 0; g < own.length; g++) {
          histograms[side.position(g)] = own[g];
        }
      }
      return new Block(number, histograms);
    }
  }

  /**
   * Keeps the histograms on the executors until closed.
   *
   * @param files with the blocks' sides
   */
  KMeansLandmarks(
      JavaSparkContext spark,
      GntkParameters parameters,
      WorkFiles files,
      GraphBlocks.Layout layout) {
    this.spark = spark;
    this.layout = layout;
    this.nearest = new double[layout.graphs()];
    this.owner = new int[layout.graphs()];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    this.histograms =
        spark
            .parallelize(IntStream.range(0, layout.blocks()).boxed().toList(), layout.blocks())
            .map(block -> Block.of(block, files.readSides(block, parameters), layout.length(block)))
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  @Override
  public void close() {
    histograms.unpersist(true);
  }

  /**
   * @return at most {@code count} rows, ascending; fewer where fewer histograms differ
   */
  int[] choose(int count, long seed) {
    add(new int[] {(int) (RowKeys.even(seed, -1) * layout.graphs())});
    for (int round = 0; round < ROUNDS; round++) {
      double total = Arrays.stream(nearest).sum();
      if (total == 0) {
        break;
      }
      double wanted = 0.5 * count / total;
      long key = RowKeys.key(seed, round);
      add(
          IntStream.range(0, nearest.length)
              .filter(row -> RowKeys.even(key, row) < wanted * nearest[row])
              .toArray());
    }
    double[] weights = new double[candidates.size()];
    for (int each : owner) {
      weights[each]++;
    }
    return Arrays.stream(KMeansPlusPlus.choose(candidates, weights, count, seed, square -> square))
        .map(rows::get)
        .sorted()
        .toArray();
  }

  /** For a block: distance to the nearest of the new candidates, and which. */
  private record Nearest(int block, double[] distances, int[] which) implements Serializable {
    static Nearest of(Block block, KMeansPlusPlus centres) {
      double[] nearest = new double[block.histograms.length];
      int[] which = new int[nearest.length];
      KMeansPlusPlus.Distances from = centres.new Distances();
      for (int g = 0; g < nearest.length; g++) {
        double[] distances = from.to(block.histograms[g]);
        int least = 0;
        for (int c = 1; c < distances.length; c++) {
          least = distances[c] < distances[least] ? c : least;
        }
        nearest[g] = distances[least];
        which[g] = least;
      }
      return new Nearest(block.number, nearest, which);
    }
  }

  private void add(int[] some) {
    if (some.length == 0) {
      return;
    }
    int first = candidates.size();
    Map<Integer, SparseVector> vectors = vectors(some);
    List<SparseVector> added = new ArrayList<>();
    for (int row : some) {
      added.add(vectors.get(row));
      rows.add(row);
    }
    candidates.addAll(added);
    Broadcast<KMeansPlusPlus> centres = spark.broadcast(new KMeansPlusPlus(added));
    List<Nearest> found = histograms.map(block -> Nearest.of(block, centres.value())).collect();
    centres.destroy();
    for (Nearest part : found) {
      for (int g = 0; g < part.distances.length; g++) {
        int row = layout.first(part.block) + g;
        if (part.distances[g] < nearest[row]) {
          nearest[row] = part.distances[g];
          owner[row] = first + part.which[g];
        }
      }
    }
  }

  private record Found(int row, SparseVector vector) implements Serializable {}

  private Map<Integer, SparseVector> vectors(int[] some) {
    GraphBlocks.Layout of = layout;
    Map<Integer, SparseVector> vectors = new HashMap<>();
    histograms
        .flatMap(
            block ->
                Arrays.stream(some)
                    .filter(row -> row / of.size() == block.number)
                    .mapToObj(row -> new Found(row, block.histograms[row - of.first(block.number)]))
                    .iterator())
        .collect()
        .forEach(each -> vectors.put(each.row, each.vector));
    return vectors;
  }
}
