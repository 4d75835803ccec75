package dev.kindling.spark.gntk;

import dev.kindling.spark.job.BlockMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * The Gram matrix shrunk to a picture: cosine-normalised, rows and columns in a given order,
 * averaged over square cells.
 */
final class GramHeatMap {
  private static final int MOST_CELLS = 96;

  private GramHeatMap() {}

  /**
   * Reads every tile once, on the executors.
   *
   * @param rank the place of each graph in the picture's order
   * @return means over cells, at most 96×96
   */
  static double[][] cells(JavaSparkContext spark, GramTable gram, int[] rank) {
    GraphBlocks.Layout layout = gram.layout();
    int n = layout.graphs();
    int cells = Math.min(MOST_CELLS, n);
    int[] cellOf = new int[n];
    long[] sizes = new long[cells];
    for (int g = 0; g < n; g++) {
      cellOf[g] = (int) ((long) rank[g] * cells / n);
      sizes[cellOf[g]]++;
    }
    Broadcast<int[]> places = spark.broadcast(cellOf);
    Broadcast<double[]> norms = spark.broadcast(gram.lengths(spark));
    List<Tuple2<Integer, Integer>> tiles = new ArrayList<>();
    for (int j = 0; j < layout.blocks(); j++) {
      for (int i = 0; i <= j; i++) {
        tiles.add(new Tuple2<>(i, j));
      }
    }
    int count = tiles.size();
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    double[] sums =
        BlockMerge.merge(
            spark
                .parallelize(numbers, Math.min(count, 4 * spark.defaultParallelism()))
                .mapToPair(
                    t ->
                        new Tuple2<>(
                            t, sums(gram, tiles.get(t), places.value(), norms.value(), cells))),
            count,
            GramHeatMap::add);
    places.destroy();
    norms.destroy();
    double[][] means = new double[cells][cells];
    for (int a = 0; a < cells; a++) {
      for (int b = 0; b < cells; b++) {
        means[a][b] = sums[a * cells + b] / sizes[a] / sizes[b];
      }
    }
    return means;
  }

  private static double[] sums(
      GramTable gram, Tuple2<Integer, Integer> tile, int[] cellOf, double[] norms, int cells) {
    double[] sums = new double[cells * cells];
    gram.read(
        tile._1(),
        tile._2(),
        (row, first, values) -> {
          int a = cellOf[row];
          for (int k = 0; k < values.length; k++) {
            int column = first + k;
            int b = cellOf[column];
            double value = values[k] / (norms[row] * norms[column]);
            sums[a * cells + b] += value;
            if (row != column) {
              sums[b * cells + a] += value;
            }
          }
        });
    return sums;
  }

  private static double[] add(double[] left, double[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }
}
