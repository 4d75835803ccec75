package dev.kindling.spark.gntk;

import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import dev.kindling.gntk.LiteralKernel;
import dev.kindling.linalg.Lanczos;
import dev.kindling.spark.job.BlockMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Properties that a finished Gram matrix must have. The driver holds vectors of n values and the
 * graphs of the pairs that are drawn; executors the tiles, in memory or on their disks.
 */
final class GramCheck {
  private final JavaSparkContext spark;
  private final GramTable gram;
  private final GraphBlocks.Layout layout;

  GramCheck(JavaSparkContext spark, GramTable gram) {
    this.spark = spark;
    this.gram = gram;
    this.layout = gram.layout();
  }

  /**
   * What recomputing pairs literally gave.
   *
   * @param pairs how many
   * @param error the largest difference to the matrix, relative to √(K(G, G) K(H, H)): K(G, H) may
   *     cancel where attributes are negative
   * @param asymmetry the largest difference of K(G, H) and K(H, G), likewise
   * @param row where the error is largest
   * @param column likewise
   */
  record Literal(int pairs, double error, double asymmetry, int row, int column)
      implements Serializable {
    Literal worse(Literal other) {
      Literal worst = other.error > error ? other : this;
      return new Literal(
          pairs + other.pairs,
          worst.error,
          Math.max(asymmetry, other.asymmetry),
          worst.row,
          worst.column);
    }
  }

  private record Pairs(int rowBlock, int columnBlock, int[] rows, int[] columns)
      implements Serializable {}

  /** Recomputes random pairs, drawn with replacement, from a fixed seed. */
  Literal literal(GraphBlocks blocks, GntkParameters parameters, int pairs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, List<int[]>> byTile = new TreeMap<>();
    Set<Integer> needed = new HashSet<>();
    for (int k = 0; k < pairs; k++) {
      int a = random.nextInt(layout.graphs());
      int b = random.nextInt(layout.graphs());
      int[] pair = {Math.min(a, b), Math.max(a, b)};
      needed.add(a);
      needed.add(b);
      long tile = ((long) (pair[0] / layout.size()) << 32) | (pair[1] / layout.size());
      byTile.computeIfAbsent(tile, t -> new ArrayList<>()).add(pair);
    }
    Map<Integer, Graph> graphs = new HashMap<>();
    blocks.collect(needed).forEach((row, record) -> graphs.put(row, record.graph()));
    List<Pairs> tasks = new ArrayList<>();
    byTile.forEach(
        (tile, list) ->
            tasks.add(
                new Pairs(
                    (int) (tile >> 32),
                    (int) (long) tile,
                    list.stream().mapToInt(p -> p[0]).toArray(),
                    list.stream().mapToInt(p -> p[1]).toArray())));
    Broadcast<Map<Integer, Graph>> shared = spark.broadcast(graphs);
    GramTable from = gram;
    GraphBlocks.Layout of = layout;
    Literal worst =
        spark
            .parallelize(tasks, tasks.size())
            .map(task -> literal(task, from, of, shared.value(), parameters))
            .collect()
            .stream()
            .reduce(Literal::worse)
            .orElseThrow();
    shared.destroy();
    return worst;
  }

  private static Literal literal(
      Pairs task,
      GramTable gram,
      GraphBlocks.Layout layout,
      Map<Integer, Graph> graphs,
      GntkParameters parameters) {
    double[] tile = gram.tile(task.rowBlock, task.columnBlock);
    LiteralKernel kernel = new LiteralKernel(parameters);
    Literal worst = new Literal(0, -1, 0, -1, -1);
    for (int k = 0; k < task.rows.length; k++) {
      int i = task.rows[k];
      int j = task.columns[k];
      Graph g = graphs.get(i);
      Graph h = graphs.get(j);
      double[][] norms = kernel.norms(g);
      double[][] others = kernel.norms(h);
      double value = kernel.value(g, h, norms, others);
      double mirrored = kernel.value(h, g, others, norms);
      double lengths = kernel.value(g, g, norms, norms) * kernel.value(h, h, others, others);
      double scale = Math.max(Math.sqrt(lengths), Double.MIN_NORMAL);
      double found =
          tile[
              (i - layout.first(task.rowBlock)) * layout.length(task.columnBlock)
                  + j
                  - layout.first(task.columnBlock)];
      worst =
          worst.worse(
              new Literal(
                  1, Math.abs(found - value) / scale, Math.abs(mirrored - value) / scale, i, j));
    }
    return worst;
  }

  private record Tile(int rowBlock, int columnBlock, double[] values) implements Serializable {}

  /**
   * The Ritz values of some Lanczos steps; a negative one shows that the matrix is not positive
   * semidefinite.
   */
  Lanczos spectrum(int steps, long seed) {
    List<int[]> all = new ArrayList<>();
    for (int j = 0; j < layout.blocks(); j++) {
      for (int i = 0; i <= j; i++) {
        all.add(new int[] {i, j});
      }
    }
    GramTable from = gram;
    JavaRDD<Tile> tiles =
        spark
            .parallelize(all, Math.min(all.size(), 4 * spark.defaultParallelism()))
            .map(t -> new Tile(t[0], t[1], from.tile(t[0], t[1])))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return Lanczos.of(layout.graphs(), x -> product(tiles, x), steps, seed);
    } finally {
      tiles.unpersist(true);
    }
  }

  private double[] product(JavaRDD<Tile> tiles, double[] x) {
    GraphBlocks.Layout of = layout;
    Broadcast<double[]> shared = spark.broadcast(x);
    JavaPairRDD<Integer, double[]> parts =
        tiles.mapToPair(
            t ->
                new Tuple2<>(
                    t.columnBlock * (t.columnBlock + 1) / 2 + t.rowBlock,
                    product(t, shared.value(), of)));
    double[] y =
        BlockMerge.merge(
            parts,
            Math.toIntExact(layout.tiles()),
            (left, right) -> {
              for (int i = 0; i < left.length; i++) {
                left[i] += right[i];
              }
              return left;
            });
    shared.destroy();
    return y;
  }

  private static double[] product(Tile tile, double[] x, GraphBlocks.Layout layout) {
    int top = layout.first(tile.rowBlock);
    int left = layout.first(tile.columnBlock);
    int width = layout.length(tile.columnBlock);
    double[] y = new double[layout.graphs()];
    for (int i = 0; i < layout.length(tile.rowBlock); i++) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        double value = tile.values[i * width + j];
        sum += value * x[left + j];
        if (tile.rowBlock != tile.columnBlock) {
          y[left + j] += value * x[top + i];
        }
      }
      y[top + i] += sum;
    }
    return y;
  }
}
