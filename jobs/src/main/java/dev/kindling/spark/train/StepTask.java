package dev.kindling.spark.train;

import dev.kindling.block.FixedTree;
import dev.kindling.nn.GradientSum;
import dev.kindling.nn.LossSum;
import dev.kindling.nn.Network;
import dev.kindling.nn.Objective;
import dev.kindling.nn.Piece;
import dev.kindling.nn.PieceWork;
import dev.kindling.spark.job.BlasContract;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * A partition's share of a step. A class of its own, and not a lambda: Spark would look through a
 * lambda's byte code at every step.
 */
final class StepTask extends AbstractFunction2<TaskContext, Iterator<PackedPart>, StepTask.Result>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Objective objective;
  private final int mostRows;
  private final BlasContract blas;
  private final Broadcast<byte[]> weights;
  private final Piece[] batch;
  private final Piece[] again;
  private final long key;

  /** A subtree of gradients, or of losses, in bytes. */
  record Node(int height, int index, byte[] gradient, LossSum loss) implements Serializable {}

  /**
   * What a partition has merged of the batch, and of the other.
   *
   * @param nanos that it took
   */
  record Result(List<Node> gradients, List<Node> losses, long nanos) implements Serializable {}

  /**
   * @param again may be empty
   * @param key of dropout
   */
  StepTask(
      Objective objective,
      int mostRows,
      BlasContract blas,
      Broadcast<byte[]> weights,
      List<Piece> batch,
      List<Piece> again,
      long key) {
    this.objective = objective;
    this.mostRows = mostRows;
    this.blas = blas;
    this.weights = weights;
    this.batch = batch.toArray(Piece[]::new);
    this.again = again.toArray(Piece[]::new);
    this.key = key;
  }

  @Override
  public Result apply(TaskContext context, Iterator<PackedPart> parts) {
    blas.enter();
    long begin = System.nanoTime();
    PackedPart part = parts.next();
    Network network = Networks.of(objective.architecture(), objective.precision(), mostRows);
    network.weights(weights.value());
    PieceWork work = new PieceWork(network, mostRows, part::train);
    List<Node> gradients = new ArrayList<>();
    FixedTree<GradientSum> tree = new FixedTree<>(batch.length, GradientSum::plus);
    for (int leaf = 0; leaf < batch.length; leaf++) {
      if (part.holds(batch[leaf].block())) {
        work.gradient(leaf, batch[leaf], objective.dropout(), key, tree);
      }
    }
    for (FixedTree.Node<GradientSum> node : tree.nodes()) {
      gradients.add(new Node(node.height(), node.index(), node.value().bytes(), null));
    }
    List<Node> losses = new ArrayList<>();
    if (again.length > 0) {
      FixedTree<LossSum> sums = new FixedTree<>(again.length, LossSum::plus);
      for (int leaf = 0; leaf < again.length; leaf++) {
        if (part.holds(again[leaf].block())) {
          work.loss(leaf, again[leaf], sums);
        }
      }
      for (FixedTree.Node<LossSum> node : sums.nodes()) {
        losses.add(new Node(node.height(), node.index(), null, node.value()));
      }
    }
    return new Result(gradients, losses, System.nanoTime() - begin);
  }
}
