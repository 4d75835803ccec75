package dev.kindling.spark.job;

import dev.kindling.block.FixedTree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Merges one value a block along the {@link FixedTree} over block numbers, on the executors first.
 * The result has the same bits for any partitioning and any order of completion, which
 * treeAggregate does not promise.
 */
public final class BlockMerge {
  /** From this many partitions on, a second round on the executors comes before the driver's. */
  private static final int TWO_ROUNDS = 64;

  private BlockMerge() {}

  /** An operator that travels to executors. */
  public interface Merge<T> extends BinaryOperator<T>, Serializable {}

  /**
   * The merged value, on the driver. Each partition merges what it can; of what is left the
   * executors merge whole subtrees where there are many.
   *
   * @param values each block's value under its number, from 0 to {@code blocks − 1}, in any
   *     partition
   * @param merge combines a left and a right value; may modify and return the left one
   */
  public static <T> T merge(JavaPairRDD<Integer, T> values, int blocks, Merge<T> merge) {
    JavaRDD<FixedTree.Node<T>> nodes =
        values.mapPartitions(
            rows -> {
              FixedTree<T> tree = new FixedTree<>(blocks, merge);
              rows.forEachRemaining(row -> tree.add(row._1(), row._2()));
              return tree.nodes().iterator();
            });
    if (nodes.getNumPartitions() > TWO_ROUNDS) {
      int height = (Integer.SIZE - Integer.numberOfLeadingZeros(blocks)) / 2;
      nodes =
          nodes
              .mapToPair(node -> new Tuple2<>(subtree(node, height), node))
              .groupByKey()
              .flatMap(group -> merged(group._2(), blocks, merge));
    }
    FixedTree<T> tree = new FixedTree<>(blocks, merge);
    nodes.collect().forEach(tree::add);
    return tree.result();
  }

  private static int subtree(FixedTree.Node<?> node, int height) {
    return node.height() >= height ? node.index() : node.index() >> (height - node.height());
  }

  private static <T> Iterator<FixedTree.Node<T>> merged(
      Iterable<FixedTree.Node<T>> nodes, int blocks, Merge<T> merge) {
    FixedTree<T> tree = new FixedTree<>(blocks, merge);
    List<FixedTree.Node<T>> sorted = new ArrayList<>();
    nodes.forEach(sorted::add);
    sorted.forEach(tree::add);
    return tree.nodes().iterator();
  }
}
