package dev.kindling.spark.gntk;

import dev.kindling.data.graph.GraphRecord;
import dev.kindling.linalg.Blas;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The k graphs that are most similar to each graph: K(g,h)/√(K(g,g) K(h,h)), of equals the one that
 * comes first in the set. A task a block of graphs, which goes through all blocks; the driver holds
 * one name a graph.
 */
final class Neighbors {
  static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("id", Kind.TEXT)
          .with("rank", Kind.LONG)
          .with("neighbor", Kind.TEXT)
          .with("similarity", Kind.DOUBLE);

  private final JavaSparkContext spark;
  private final GraphBlocks blocks;
  private final int count;

  /**
   * @param count k
   */
  Neighbors(JavaSparkContext spark, GraphBlocks blocks, int count) {
    this.spark = spark;
    this.blocks = blocks;
    this.count = count;
  }

  /** Similarities between two blocks of graphs, rows × columns, row-major. */
  interface Similarity extends Serializable {
    double[] tile(int rowBlock, int columnBlock);
  }

  /** By the whole matrix. */
  static Similarity of(GramTable gram, Broadcast<double[]> lengths) {
    GraphBlocks.Layout layout = gram.layout();
    return (rowBlock, columnBlock) -> {
      double[] tile = gram.tile(rowBlock, columnBlock);
      double[] all = lengths.value();
      int width = layout.length(columnBlock);
      for (int k = 0; k < tile.length; k++) {
        double product =
            all[layout.first(rowBlock) + k / width] * all[layout.first(columnBlock) + k % width];
        tile[k] = product > 0 ? tile[k] / product : 0;
      }
      return tile;
    };
  }

  /** By an approximation. */
  static Similarity of(NystromFeatures features) {
    return (rowBlock, columnBlock) -> {
      Matrix rows = unit(features.features(rowBlock));
      Matrix columns = rowBlock == columnBlock ? rows : unit(features.features(columnBlock));
      Matrix products = Matrix.zeros(columns.cols(), rows.cols());
      Blas.gemm(true, false, 1, columns, rows, 0, products);
      return products.values();
    };
  }

  private static Matrix unit(Matrix features) {
    double[] values = features.values();
    int r = features.rows();
    for (int i = 0; i < features.cols(); i++) {
      double square = 0;
      for (int k = 0; k < r; k++) {
        square += values[i * r + k] * values[i * r + k];
      }
      double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
      for (int k = 0; k < r; k++) {
        values[i * r + k] *= scale;
      }
    }
    return features;
  }

  void write(Similarity similarity, Table table) {
    GraphBlocks.Layout layout = blocks.layout();
    String[] ids = new String[layout.graphs()];
    blocks
        .rdd()
        .mapValues(records -> Arrays.stream(records).map(GraphRecord::id).toArray(String[]::new))
        .collect()
        .forEach(
            part -> System.arraycopy(part._2(), 0, ids, layout.first(part._1()), part._2().length));
    Broadcast<String[]> names = spark.broadcast(ids);
    int k = Math.min(count, layout.graphs() - 1);
    spark
        .parallelize(IntStream.range(0, layout.blocks()).boxed().toList(), layout.blocks())
        .foreach(
            block -> {
              Nearest[] nearest = nearest(block, layout, similarity, k);
              table.write(block, rows(nearest, layout.first(block), names.value()));
            });
    names.destroy();
  }

  /** The most similar ones so far, best first. */
  private static final class Nearest {
    final int[] rows;
    final double[] similarities;
    int size;

    Nearest(int most) {
      rows = new int[most];
      similarities = new double[most];
    }

    /** Rows come in ascending order: of equals the first stays in front. */
    void offer(int row, double similarity) {
      if (size == rows.length && (size == 0 || !(similarity > similarities[size - 1]))) {
        return;
      }
      int at = size < rows.length ? size++ : size - 1;
      for (; at > 0 && similarity > similarities[at - 1]; at--) {
        rows[at] = rows[at - 1];
        similarities[at] = similarities[at - 1];
      }
      rows[at] = row;
      similarities[at] = similarity;
    }
  }

  private static Nearest[] nearest(
      int block, GraphBlocks.Layout layout, Similarity similarity, int k) {
    Nearest[] nearest = new Nearest[layout.length(block)];
    Arrays.setAll(nearest, g -> new Nearest(k));
    for (int other = 0; other < layout.blocks(); other++) {
      double[] tile = similarity.tile(block, other);
      int width = layout.length(other);
      for (int g = 0; g < nearest.length; g++) {
        for (int h = 0; h < width; h++) {
          if (block != other || g != h) {
            nearest[g].offer(layout.first(other) + h, Math.min(1, tile[g * width + h]));
          }
        }
      }
    }
    return nearest;
  }

  private static Iterator<Object[]> rows(Nearest[] nearest, int first, String[] ids) {
    return IntStream.range(0, nearest.length)
        .boxed()
        .flatMap(
            g ->
                IntStream.range(0, nearest[g].size)
                    .mapToObj(
                        rank ->
                            new Object[] {
                              ids[first + g],
                              rank + 1L,
                              ids[nearest[g].rows[rank]],
                              nearest[g].similarities[rank]
                            }))
        .iterator();
  }
}
