package dev.kindling.spark.ade;

import dev.kindling.ade.PointTile;
import dev.kindling.linalg.Blas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How fast the executors multiply a tile by a batch of queries in single precision, all cores at a
 * time: the limit of an exact search, which is such products.
 */
final class GemmProbe {
  private static final int ROUNDS = 5;

  /** Of products in one round, so that clocks are read rarely. */
  private static final double FLOPS = 4e9;

  private GemmProbe() {}

  /**
   * @param k coordinates of a point
   * @return floating point operations a second, of all cores together; the best of some rounds
   */
  static double flopsPerSecond(JavaSparkContext context, int k) {
    int cores = context.defaultParallelism();
    List<Integer> tasks = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      tasks.add(i);
    }
    return context.parallelize(tasks, cores).map(task -> rate(k)).collect().stream()
        .mapToDouble(rate -> rate)
        .sum();
  }

  private static double rate(int k) {
    int n = PointTile.POINTS;
    int b = QueryRound.BATCH;
    float[] tile = new float[n * k];
    float[] queries = new float[b * k];
    float[] products = new float[n * b];
    Arrays.fill(tile, 0.5f);
    Arrays.fill(queries, 0.25f);
    double flops = 2.0 * n * b * k;
    int times = (int) Math.max(1, FLOPS / flops);
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < times; i++) {
        Blas.gemm(false, false, n, b, k, 1, tile, 0, n, queries, 0, k, 0, products, 0, n);
      }
      best = Math.max(best, flops * times / ((System.nanoTime() - begin) / 1e9));
    }
    return best;
  }
}
